"""A Conv2D and the MaxPooling2D below it, run as one: half the time of the two by themselves.

A quarter of the sums is left after pooling, and all that happens to single sums (bias, relu, which
of them is the largest) can wait until then or be done while they are in the cache. The numbers are
those of the two layers, ties and all: both bias and relu leave the order of sums as it is, and
where relu makes a tie of negative sums its own gradient is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from nncli.engine.activations import Linear, Relu
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.conv2d import Conv2D
from nncli.engine.layers.convolution import Convolution, carve
from nncli.engine.layers.max_pooling2d import MaxPooling2D
from nncli.engine.layers.windows import pair
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class PooledConv2D(Layer):
    """Does the work of two built layers and takes the place of their buffers.

    In each window of the pooling the sums compete one after the other against the best so far. A
    relu is one more competitor, who starts: it wins with 0, that is with -bias before the bias is
    added, and nobody learns from that.
    """

    conv: Conv2D
    pool: MaxPooling2D

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare the buffers: some sums, and who won in the whole batch."""
        conv, cell = self.conv, pair(self.pool.pool_size)
        for layer in (conv, self.pool):
            for _, component in layer.walk():
                component.buffers.clear()
        self.add_part("", conv)
        self.convolution = Convolution(self, conv.windows, input_shapes[0][2], conv.filters, cell)
        (output,) = self.pool.output_shapes
        competitors = cell[0] * cell[1]
        self.sums = self.add_buffer(self.convolution.images * competitors * prod(output))
        self.floor = self.add_buffer(*output)
        self.bias_image = self.add_buffer(*output)
        self.wins = self.add_buffer(None, competitors, *output, dtype=bool)
        return (output,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Let the sums compete, then add the bias."""
        bias, floor = self.bias_image.array, self.floor.array
        bias[...] = self.conv.bias.value if self.conv.use_bias else 0.0
        if isinstance(self.conv.activation, Relu):
            np.negative(bias, out=floor)
        else:
            floor.fill(-np.inf)
        for part in self.convolution.parts(len(inputs[0])):
            images, best, wins = inputs[0][part], outputs[0][part], self.wins.array[part]
            sums = self._sums(len(images))
            self.convolution.forward(images, self.conv.kernel.value, sums)
            so_far = floor
            for number, competitor in enumerate(sums):
                if context.training:
                    np.greater(competitor, so_far, out=wins[:, number])
                so_far = np.maximum(competitor, so_far, out=best)
            np.add(best, bias, out=best)

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Give each gradient to the last competitor that beat those before it."""
        conv, convolution = self.conv, self.convolution
        convolution.turn_kernel(conv.kernel.value)
        for part in convolution.parts(len(inputs[0])):
            left, wins = d_outputs[0][part], self.wins.array[part]
            d_sums = self._sums(len(left))
            for number in reversed(range(len(d_sums))):
                # As floats first: multiplied by booleans, numpy would convert in small pieces.
                taken = d_sums[number]
                np.copyto(taken, wins[:, number])
                np.multiply(taken, left, out=taken)
                np.subtract(left, taken, out=left)
            convolution.backward_kernel(
                inputs[0][part],
                d_sums,
                conv.kernel.gradient,
                conv.bias.gradient if conv.use_bias else None,
                first=part.start == 0,
            )
            if d_inputs[0] is not None:
                convolution.backward_images(d_sums, d_inputs[0][part])

    def _sums(self, images: int) -> Array:
        """Return the array for the sums of some images, (competitors, images, *output shape)."""
        competitors, *output = self.wins.array.shape[1:]
        return carve(self.sums.array, (competitors, images, *output))


def join(conv: Layer, pool: Layer) -> PooledConv2D | None:
    """Return a layer that does the work of these two, built, or None if there is none.

    Nobody but `pool` may read what `conv` writes.
    """
    if not (
        isinstance(conv, Conv2D)
        and isinstance(pool, MaxPooling2D)
        and isinstance(conv.activation, Linear | Relu)
        and pool.tiles
    ):
        return None
    joined = PooledConv2D(conv=conv, pool=pool)
    joined.name = f"{conv.name} + {pool.name}"
    joined.set_float_type(conv.float_type)
    joined.input_shapes = conv.input_shapes
    joined.output_shapes = joined.build(conv.input_shapes)
    return joined
