"""A convolution and the max pooling below it, run as one: half the time of the two by themselves.

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
from nncli.engine.layers.competition import compete, share_out
from nncli.engine.layers.conv import Conv
from nncli.engine.layers.convolution import Convolution
from nncli.engine.layers.joining import built
from nncli.engine.layers.max_pooling import MaxPooling
from nncli.engine.layers.products import Bias, carve
from nncli.engine.layers.windows import as_images
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class PooledConv(Layer):
    """Does the work of two built layers and takes the place of their buffers.

    In each window of the pooling the sums compete. A relu is one more competitor, who starts: it
    wins with 0, that is with -bias before the bias is added, and nobody learns from that.
    """

    conv: Conv
    pool: MaxPooling

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare the buffers: some sums, and who won in the whole batch."""
        conv, cell = self.conv, (self.pool.down.taps, self.pool.across.taps)
        for layer in (conv, self.pool):
            for _, component in layer.walk():
                component.buffers.clear()
        self.add_part("", conv)
        self.convolution = Convolution(self, conv.windows, conv.kernel, cell)
        (output,) = self.pool.output_shapes
        places = (self.pool.down.count, self.pool.across.count)
        competitors = cell[0] * cell[1]
        most = self.convolution.images * competitors * prod(places)
        self.sums = self.add_buffer(most * conv.filters)
        self.floor = self.add_buffer(*places, conv.filters)
        self.bias = Bias(self, conv.bias.weight, places, most) if conv.bias else None
        self.wins = self.add_buffer(None, competitors, *places, conv.filters, dtype=bool)
        return (output,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Let the sums compete, then add the bias."""
        floor = self.floor.array
        bias = self.bias.load() if self.bias else None
        if isinstance(self.conv.activation, Relu):
            np.negative(0.0 if bias is None else bias, out=floor)
        else:
            floor.fill(-np.inf)
        all_images, all_best = as_images(inputs[0]), as_images(outputs[0])
        for part in self.convolution.parts(len(all_images)):
            images, best, wins = all_images[part], all_best[part], self.wins.array[part]
            sums = self._sums(len(images))
            self.convolution.forward(images, sums)
            compete(floor, list(sums), best, wins if context.training else None)
            if bias is not None:
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
        images, d_best = as_images(inputs[0]), as_images(d_outputs[0])
        d_images = None if d_inputs[0] is None else as_images(d_inputs[0])
        self.convolution.begin_backward()
        for part in self.convolution.parts(len(images)):
            left, wins = d_best[part], self.wins.array[part]
            d_sums = self._sums(len(left))
            share_out(left, wins, list(d_sums))
            first = part.start == 0
            d_few = None if d_images is None else d_images[part]
            if self.bias:
                self.bias.backward(d_sums, first=first)
            self.convolution.backward(images[part], d_sums, d_few, first=first)

    def _sums(self, images: int) -> Array:
        """Return the array for the sums of some images, (competitors, images, *output shape)."""
        competitors, *output = self.wins.array.shape[1:]
        return carve(self.sums.array, (competitors, images, *output))


def join(conv: Layer, pool: Layer) -> PooledConv | None:
    """Return a layer that does the work of these two, built, or None if there is none.

    Nobody but `pool` may read what `conv` writes.
    """
    if not (
        isinstance(conv, Conv)
        and isinstance(pool, MaxPooling)
        and conv.rank == pool.rank
        and conv.groups == 1
        and conv.activity is None
        and isinstance(conv.activation, Linear | Relu)
        and pool.tiles
    ):
        return None
    return built(PooledConv(conv=conv, pool=pool), conv, pool)
