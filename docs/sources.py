"""What documents take from the sources: the text behind each attribute, and examples from tests."""

from __future__ import annotations

import ast
import inspect
from typing import Any

from tests.golden.cases import LAYERS
from tests.golden.function_cases import ACTIVATIONS
from tests.golden.metric_cases import METRICS
from tests.golden.optimizer_cases import SCHEDULES
from tests.golden.rule_cases import CALLBACKS


def descriptions(cls: type[Any]) -> dict[str, str]:
    """Return the text that follows each attribute, as it stands in the source."""
    texts: dict[str, str] = {}
    for owner in reversed(cls.__mro__[:-1]):
        (body,) = ast.parse(inspect.cleandoc("\n" + inspect.getsource(owner))).body
        assert isinstance(body, ast.ClassDef)
        for field, after in zip(body.body, body.body[1:], strict=False):
            match field, after:
                case (
                    ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str(text))),
                ):
                    texts[name] = " ".join(text.split())
    return texts


def example(name: str) -> dict[str, Any]:
    """Return a member as a config may have it: one whose numbers are compared with Keras's."""
    if name in ACTIVATIONS:
        return dict(ACTIVATIONS[name])
    if name in SCHEDULES:
        return {"type": name, **SCHEDULES[name]}
    if name in METRICS:
        return dict(METRICS[name]["component"])
    if name in CALLBACKS:
        return dict(CALLBACKS[name]["callbacks"][0])
    return dict(next(layer for layer in LAYERS[name]["layers"] if layer["type"] == name))
