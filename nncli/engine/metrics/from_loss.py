"""A metric that is the mean of a loss."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

from nncli.engine.losses import Loss
from nncli.engine.metrics.base import MeanMetric
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class LossMetric(MeanMetric):
    """The mean of the loss of the same arguments."""

    loss: ClassVar[type[Loss]]

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Make the loss; refuse targets that it isn't for."""
        if sparse is not self.loss.sparse:
            wanted = "class numbers as targets" if self.loss.sparse else "targets of 0 and 1"
            raise ShapeError(
                f"{self.type} needs {wanted if self.loss.means == 'classes' else 'values'}, "
                f"not {'class numbers' if sparse else 'one for each output'}"
            )
        own = {field.name for field in fields(self)} - {"type", "name"}
        self._measure = self.loss(**{name: getattr(self, name) for name in own})
        super().build(shape, sparse=sparse)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Return each row's loss."""
        return self._measure.values(y_true, y_pred)
