"""What the batteries share: components from plain dicts, golden values, the measure of error."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from nncli.engine.component import Component
from nncli.engine.context import Context
from nncli.engine.initializers import Zeros
from nncli.engine.layers import Input, Layer
from nncli.engine.model import Model
from nncli.engine.types import Array, Arrays, Shape
from tests.golden.words import Case

EXACT, ROUNDED = 1e-9, 5e-6
NUMPYS_OWN_BYTES = 200_000  # ufuncs that cast or reduce work through 64 KB for each operand
GOLDEN = Path(__file__).parent.parent / "golden" / "values"


def error(ours: Any, truth: Any) -> float:
    """Return max|a - b| / max(1e-3, max|b|)."""
    ours, truth = np.asarray(ours), np.asarray(truth)
    assert ours.shape == truth.shape, f"shape {ours.shape}, not {truth.shape}"
    if not truth.size:
        return 0.0
    return float(np.max(np.abs(ours - truth)) / max(1e-3, np.max(np.abs(truth))))


def tolerance(case: Case) -> float:
    """Return how near Keras a case must come."""
    return ROUNDED if case.get("rounded") else EXACT


def assert_close(ours: Mapping[str, Any], truth: Mapping[str, Any], within: float) -> None:
    """Compare named arrays, and say all that differ."""
    assert ours.keys() == truth.keys()
    errors = {name: error(ours[name], truth[name]) for name in truth}
    assert not {name: size for name, size in errors.items() if not size <= within}


class Golden(dict[str, Array]):
    """The stored arrays of one case, by name; `under` gives those of one group."""

    def under(self, group: str) -> dict[str, Array]:
        return {name[len(group) + 1 :]: self[name] for name in self if name.startswith(f"{group}/")}

    def listed(self, group: str) -> Arrays:
        return tuple(self.under(group)[str(number)] for number in range(len(self.under(group))))


@cache
def golden(family: str) -> dict[str, Golden]:
    """Return the golden arrays of a family by case."""
    found: dict[str, Golden] = {}
    for path in sorted((GOLDEN / family).glob("*.npz")):
        with np.load(path) as arrays:
            for name in arrays.files:
                key, _, what = name.partition("/")
                found.setdefault(key, Golden())[what] = arrays[name]
    return found


def make(family: type[Any], plain: str | Case) -> Any:
    """Return the member of a family that a config's plain dict or bare string stands for."""
    fields = {"type": plain} if isinstance(plain, str) else dict(plain)
    member = family.members[fields.pop("type")]
    hints = typing.get_type_hints(member)
    return member(**{key: _value(hints[key], value) for key, value in fields.items()})


def _value(hint: Any, value: Any) -> Any:
    families = [option for option in _options(hint) if issubclass(option, Component)]
    if families and isinstance(value, (str, dict)):
        return make(families[0], value)
    return tuple(_value(None, item) for item in value) if isinstance(value, list) else value


def _options(hint: Any) -> Iterator[type[Any]]:
    for option in (hint, *typing.get_args(hint)):
        if isinstance(option, type) and typing.get_origin(option) is None:
            yield option


def as_plain(component: Component) -> Case:
    """Return a component as the plain dict that a resolved config holds."""
    return dataclasses.asdict(component)  # type: ignore[call-overload, no-any-return]


def members_without_case(
    family: type[Any], cases: Mapping[str, Any], at_least: int = 1
) -> set[str]:
    """Return the registered members that have too few cases."""
    named = [key.partition(".")[0] for key in cases]
    return {member for member in family.members if named.count(member) < at_least}


@dataclasses.dataclass(kw_only=True)
class Shift(Layer):
    """Adds weights of its own to every value, so that their gradient is that of the values.

    Stands for the layer before the one that is tested, and shows its d_inputs. As it gives `type`
    no value it isn't registered.
    """

    type: str
    rows: int

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        self.shift = self.declare("shift", (self.rows, *input_shapes[0]), Zeros())
        return input_shapes

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        np.add(inputs[0], self.shift.value[: len(inputs[0])], out=outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        np.copyto(self.shift.gradient[: len(d_outputs[0])], d_outputs[0])


def layers_of(case: Case) -> list[Layer]:
    """Return a case's layers."""
    return [make(Layer, plain) for plain in case["layers"]]


def shifted(case: Case) -> Model:
    """Return a float64 model with a Shift behind every Input of floats: shift_0, shift_1, ..."""
    layers: list[Layer] = []
    for layer in layers_of(case):
        layers.append(layer)
        if isinstance(layer, Input) and layer.dtype != "int32":
            number = sum(isinstance(above, Shift) for above in layers)
            layers.append(Shift(type="Shift", name=f"shift_{number}", rows=case["rows"]))
            _put_in_place_of(layer, layers[-1], number)
    return Model(layers, dtype="float64")


def _put_in_place_of(entry: Input, shift: Layer, number: int) -> None:
    """Let those who name the Input read the Shift instead."""
    if entry.name is not None:
        entry.name, shift.name = f"rows_{number}", entry.name


def run(model: Model, inputs: Arrays, *, training: bool, d_outputs: Arrays | None = None) -> Arrays:
    """Run forward, and backward if there are `d_outputs`; return copies of the outputs."""
    plan = model.plan(len(inputs[0]), training=training)
    for array, values in zip(plan.inputs, inputs, strict=True):
        np.copyto(array, values, casting="unsafe")
    plan.forward()
    outputs = tuple(output.copy() for output in plan.outputs)
    if d_outputs is not None:
        for array, values in zip(plan.d_outputs, d_outputs, strict=True):
            np.copyto(array, values)
        plan.backward()
    return outputs


def gradients(model: Model) -> dict[str, Array]:
    """Return the gradients of all trained weights by name."""
    return {name: weight.gradient for name, weight in model.parameters.weights.items()}


def bind(component: Component, rows: int) -> None:
    """Give a component that stands alone its buffers, as a model does."""
    for buffer in component.buffers:
        buffer.memory.reserve(rows)
        buffer.array = buffer.view(rows)


def slope(function: Callable[[], float], values: Array, direction: Array) -> float:
    """Return the central difference of a function along a direction of `values`."""
    step, start = 1e-6, values.copy()
    values += step * direction
    above = function()
    np.copyto(values, start - step * direction)
    below = function()
    np.copyto(values, start)
    return (above - below) / (2 * step)


def assert_gradient(function: Callable[[], float], values: Array, gradient: Array) -> None:
    """Compare a gradient with central differences, along random directions and some axes."""
    random = np.random.default_rng(7)
    gradient = gradient.copy()
    directions = [random.normal(size=values.shape) for _ in range(3)]
    for index in random.choice(values.size, min(values.size, 12), replace=False):
        directions.append(np.zeros(values.shape))
        directions[-1].flat[index] = 1.0
    for direction in directions:
        expected = slope(function, values, direction)
        assert abs(np.vdot(gradient, direction) - expected) <= 1e-7 * max(1.0, abs(expected))
