"""Weights as safetensors: named arrays that every framework opens, and that can't run code.

A file is checked against the network before an array is read, from its header alone, so that
neither another network's weights nor a header that lies costs more than a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from nncli.engine.types import Array, Shape
from nncli.errors import RunError
from nncli.runs.arrays import has_checksum, opened, refuse_changed, write_arrays

DTYPES = {"F16": "float16", "F32": "float32", "F64": "float64", "I32": "int32", "I64": "int64"}
"""numpy's names for those of safetensors; others are never a network's."""

_NUMBERS = frozenset(DTYPES.values())

SHOWN_DIFFERENCES = 3

Header = dict[str, tuple[str, Shape]]
"""Of each array its dtype and shape."""


def save_weights(path: Path, weights: Mapping[str, Array]) -> None:
    """Write named arrays atomically; equal arrays give equal bytes.

    Raises:
        RunError: the file can't be written.
    """
    write_arrays(path, weights)


def load_weights(path: Path, expected: Mapping[str, Array]) -> dict[str, Array]:
    """Return the arrays of a file, which must have the names, shapes and dtypes of `expected`.

    Raises:
        RunError: the file is missing, damaged, or holds the weights of another network; says
            what differs.
    """
    with opened(path) as file:
        if differences := _differences(_header(file), expected):
            raise RunError(_another_network(path, differences))
        weights = {name: file.get_tensor(name) for name in expected}
        refuse_changed(file, weights, path)
    _refuse_spoiled(weights, path)
    return weights


def load_foreign_weights(path: Path, expected: Mapping[str, Array]) -> dict[str, Array]:
    """Return the arrays of a file as `load_weights` does, but from numbers of any precision.

    Raises:
        RunError: as there.
    """
    with opened(path) as file:
        found = {
            name: (_cast(dtype, expected.get(name)), shape)
            for name, (dtype, shape) in _header(file).items()
        }
        if differences := _differences(found, expected):
            raise RunError(_another_network(path, differences))
        weights = {name: file.get_tensor(name) for name in expected}
        if has_checksum(file):
            refuse_changed(file, weights, path)
    _refuse_spoiled(weights, path)
    return {name: array.astype(expected[name].dtype) for name, array in weights.items()}


def _cast(dtype: str, wanted: Array | None) -> str:
    """Return the dtype that numbers are cast to, where they are numbers and wanted."""
    return dtype if wanted is None or dtype not in _NUMBERS else wanted.dtype.name


def _refuse_spoiled(weights: Mapping[str, Array], path: Path) -> None:
    spoiled = [name for name, array in weights.items() if not np.isfinite(array).all()]
    if spoiled:
        raise RunError(
            f"the weights {path} hold NaN or infinity, in {spoiled[0]}: the training went astray, "
            "or the file is damaged"
        )


def _header(file: Any) -> Header:
    names = file.keys()
    slices = {name: file.get_slice(name) for name in names}
    return {
        name: (DTYPES.get(part.get_dtype(), part.get_dtype()), tuple(part.get_shape()))
        for name, part in slices.items()
    }


def _differences(found: Header, expected: Mapping[str, Array]) -> list[str]:
    differences = [f"{name} is missing" for name in expected if name not in found]
    differences += [f"{name} is not in the network" for name in found if name not in expected]
    for name in (name for name in expected if name in found):
        dtype, shape = found[name]
        if shape != expected[name].shape:
            differences.append(f"{name} has shape {shape}, the network's {expected[name].shape}")
        elif dtype != expected[name].dtype:
            differences.append(f"{name} is {dtype}, the network's {expected[name].dtype}")
    return differences


def _another_network(path: Path, differences: list[str]) -> str:
    shown = "; ".join(differences[:SHOWN_DIFFERENCES])
    more = len(differences) - SHOWN_DIFFERENCES
    return f"the weights {path} are another network's: {shown}{f'; and {more} more' * (more > 0)}"
