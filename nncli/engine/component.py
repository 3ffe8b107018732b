"""What a config names by `type`: layers, losses, optimizers, metrics and their kin.

A component is a dataclass whose fields are its hyperparameters: the class is its own config. Its
arrays come later, when a model builds it, and are never fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np

from nncli.engine.buffers import Buffer
from nncli.engine.members import Members
from nncli.engine.parameters import Noise, Weight


class Component:
    """Base of the families. A direct subclass is a family, the classes below are its members.

    `members` maps the names that a config may use to the classes that answer to them.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "use_attribute_docstrings": True,
    }
    members: ClassVar[Members]
    type: str

    def __init_subclass__(cls) -> None:
        if Component in cls.__bases__:
            cls.members = Members()
        elif "type" in cls.__dict__:
            cls.members.add(cls.type, cls)

    def __post_init__(self) -> None:
        self.float_type: np.dtype[Any] = np.dtype(np.float32)
        self.weights: dict[str, Weight] = {}
        self.buffers: list[Buffer] = []
        self.noises: dict[str, Noise] = {}
        self.parts: list[tuple[str, Component]] = []
        self.check()

    def check(self) -> None:
        """Refuse hyperparameters that make no sense; the message starts with the field's name.

        Raises:
            ValueError: which config validation turns into an error at the field's place.
        """

    def add_weight(self, name: str, weight: Weight) -> Weight:
        """Declare an array that is trained or kept up to date, and saved under `name`."""
        self.weights[name] = weight
        return weight

    def add_buffer(self, *shape: int | None, dtype: Any = None) -> Buffer:
        """Declare working memory; `None` in the shape stands for the rows of the batch.

        `dtype` is the model's own precision unless given.
        """
        buffer = Buffer(shape, dtype or self.float_type)
        self.buffers.append(buffer)
        return buffer

    def add_constant(self, value: float, *shape: int | None) -> Buffer:
        """Declare an array that holds one value, as the ones whose product sums over the batch."""
        buffer = Buffer(shape, self.float_type, constant=value)
        self.buffers.append(buffer)
        return buffer

    def add_noise(self, purpose: str) -> Noise:
        """Declare a random generator of this component's own."""
        noise = Noise()
        self.noises[purpose] = noise
        return noise

    def add_part(self, name: str, part: Component) -> None:
        """Adopt a component that works inside this one; an empty name adds nothing to paths."""
        self.parts.append((name, part))

    def set_float_type(self, dtype: np.dtype[Any]) -> None:
        """Say the precision of this component and of all in its fields, before it is built."""
        self.float_type = dtype
        for value in vars(self).values():
            if isinstance(value, Component):
                value.set_float_type(dtype)

    def walk(self, path: str = "") -> Iterator[tuple[str, Component]]:
        """Yield this component and all inside it, each with its path ("lstm/lstm_cell")."""
        yield path, self
        for name, part in self.parts:
            yield from part.walk("/".join(filter(None, (path, name))))


def require(condition: bool, message: str) -> None:
    """Raise a ValueError unless the condition holds; for `Component.check`."""
    if not condition:
        raise ValueError(message)


def require_finite(name: str, value: float) -> None:
    """Refuse nan and infinities, which no hyperparameter can be."""
    require(bool(np.isfinite(value)), f"{name} must be a finite number, got {value}")
