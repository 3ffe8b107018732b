"""ActivityRegularization: a penalty on what passes through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import single
from nncli.engine.regularizers.sums import L1L2
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class ActivityRegularization(Layer):
    """Adds l1 * sum(|x|) + l2 * sum(x²) of the inputs, averaged over the batch, to the loss.

    As keras.layers.ActivityRegularization. Input shape: `(rows, ...)`. Output shape: the same.
    """

    type: Literal["ActivityRegularization"] = "ActivityRegularization"
    l1: float = 0.0
    """The strength of the first."""
    l2: float = 0.0
    """The strength of the second."""

    def check(self) -> None:
        """Refuse negative strengths."""
        L1L2(l1=self.l1, l2=self.l2)

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Watch what passes."""
        shape = single(input_shapes)
        self.watch_activity(L1L2(l1=self.l1, l2=self.l2), shape)
        return (shape,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Hand on, and count."""
        np.copyto(outputs[0], inputs[0])
        if self.activity:
            self.activity.forward(outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Hand on, and add the penalty's gradient."""
        if d_inputs[0] is not None:
            np.copyto(d_inputs[0], d_outputs[0])
            if self.activity:
                self.activity.backward(outputs[0], d_inputs[0], context)
