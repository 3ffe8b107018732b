"""The words that golden cases are written in: plain dicts, as a config would have them."""

from __future__ import annotations

from typing import Any

Case = dict[str, Any]


def take(*shape: int, **fields: Any) -> Case:
    """An Input layer."""
    return {"type": "Input", "shape": list(shape), **fields}


def use(type: str, **fields: Any) -> Case:
    """Any other component."""
    return {"type": type, **fields}


def case(*layers: Case, rows: int = 3, **fields: Any) -> Case:
    """Layers to run forward and backward.

    `values` says how inputs are made (see make.py: normal, ties, constant, tokens, gaps);
    `training` is what the layers are told; left out where it makes no difference to them.
    """
    return {"layers": list(layers), "rows": rows, **fields}
