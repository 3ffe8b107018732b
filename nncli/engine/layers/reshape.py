"""Flatten, Reshape and Identity: the same numbers in another shape, or the same, at no cost."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Literal

from nncli.engine.buffers import Buffer
from nncli.engine.component import require
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import batched, single
from nncli.engine.types import Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class _View(Layer):
    """A layer whose output is its input's memory: it has no forward and no backward."""

    @property
    def views_input(self) -> bool:
        """Always."""
        return True

    def output_mask(self) -> Buffer | None:
        """Drop the mask, as Keras does: the steps are gone."""
        return None


@dataclass(kw_only=True)
class Flatten(_View):
    """Lays each row out as one vector, the last axis running fastest, as keras.layers.Flatten.

    Input shape: `(rows, ...)`. Output shape: `(rows, values)`.
    """

    type: Literal["Flatten"] = "Flatten"

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the product of the sizes."""
        return ((prod(single(input_shapes)),),)


@dataclass(kw_only=True)
class Reshape(_View):
    """Gives each row another shape, as keras.layers.Reshape.

    Input shape: any. Output shape: `(rows, *target_shape)`.
    """

    type: Literal["Reshape"] = "Reshape"
    target_shape: tuple[int, ...]
    """The new shape of a row, as `[28, 28, 1]`; one size may be -1, for what is left."""

    def check(self) -> None:
        """Refuse sizes below one, and more than one -1."""
        require(
            all(size >= 1 or size == -1 for size in self.target_shape)
            and self.target_shape.count(-1) <= 1,
            "target_shape must hold sizes of at least 1, and -1 at most once, "
            f"got {list(self.target_shape)}",
        )

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the target shape with -1 worked out."""
        shape = single(input_shapes)
        values = prod(shape)
        known = prod(size for size in self.target_shape if size != -1)
        target = tuple(values // known if size == -1 else size for size in self.target_shape)
        if prod(target) != values:
            raise ShapeError(
                f"can't reshape {batched(shape)}, {values} values a row, "
                f"into {batched(self.target_shape)}"
            )
        return (target,)


@dataclass(kw_only=True)
class Identity(_View):
    """Hands on what it gets, as keras.layers.Identity: a name for a place in the network.

    Input shape: any. Output shape: the same.
    """

    type: Literal["Identity"] = "Identity"

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the shape that came in."""
        return (single(input_shapes),)

    def output_mask(self) -> Buffer | None:
        """Hand the mask on too."""
        return self.input_masks[0]
