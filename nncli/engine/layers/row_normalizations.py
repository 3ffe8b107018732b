"""LayerNormalization and GroupNormalization: each row by itself, so the batch doesn't matter."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Literal

from nncli.engine.component import require
from nncli.engine.layers.axes import Axes, check_axes, resolve_axes
from nncli.engine.layers.normalizing import RowNormalizing
from nncli.engine.types import Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class LayerNormalization(RowNormalizing):
    """gamma * (inputs - mean) / sqrt(variance + epsilon) + beta, with those of each row's `axis`.

    As keras.layers.LayerNormalization (Ba et al., 2016); gamma and beta have the sizes of `axis`.

    Input shape: any. Output shape: the same.
    """

    type: Literal["LayerNormalization"] = "LayerNormalization"
    axis: Axes = -1
    """The axis, or axes, whose values are normalized together; 1 is the first after the rows, -1
    the last."""

    def check(self) -> None:
        """Refuse to mix rows, and a negative epsilon."""
        super().check()
        check_axes(self.axis)

    def part(self, shape: Shape) -> tuple[Shape, tuple[int, ...], tuple[int, ...]]:
        """Rows as they are: averaged and scaled along the same axes."""
        axes = resolve_axes(self.axis, shape)
        return shape, axes, axes


@dataclass(kw_only=True)
class GroupNormalization(RowNormalizing):
    """LayerNormalization of groups of channels, each over all of an image or a sequence.

    As keras.layers.GroupNormalization (Wu and He, 2018); gamma and beta have one number a channel.

    Input shape: `(rows, ..., channels)`. Output shape: the same.
    """

    type: Literal["GroupNormalization"] = "GroupNormalization"
    groups: int = 32
    """How many groups the channels are divided into; -1: each is its own."""
    axis: int = -1
    """The axis of the channels; 1 is the first after the rows, -1 the last."""

    def check(self) -> None:
        """Refuse numbers of groups that are none, to mix rows, and a negative epsilon."""
        super().check()
        check_axes(self.axis)
        require(
            self.groups >= 1 or self.groups == -1,
            f"groups must be at least 1, or -1 for one a channel, got {self.groups}",
        )

    def part(self, shape: Shape) -> tuple[Shape, tuple[int, ...], tuple[int, ...]]:
        """Part the channels' axis into groups and what is in them; all but groups is averaged."""
        (axis,) = resolve_axes(self.axis, shape)
        channels = shape[axis - 1]
        groups = channels if self.groups == -1 else self.groups
        if channels % groups:
            raise ShapeError(f"groups must divide the {channels} channels, got {groups}")
        parted = (*shape[: axis - 1], groups, channels // groups, *shape[axis:])
        averaged = tuple(number for number in range(1, len(parted) + 1) if number != axis)
        return parted, averaged, (axis, axis + 1)

    def gamma_shape(self, sizes: Shape) -> Shape:
        """One number a channel, whatever its group."""
        return (prod(sizes),)
