"""Mean and variance of each channel of a batch, in one walk through it and one meeting."""

from __future__ import annotations

import numpy as np

from nncli.engine.context import Context
from nncli.engine.layers.channels import Channels
from nncli.engine.types import Array

MASKED_EXCESS = 1e-7
"""What Keras adds to the number of unmasked values, so that it is never 0."""


def moments(
    x: Array, channels: Channels, row: Array, context: Context
) -> tuple[Array, Array, Array]:
    """Return mean, variance and number of the values of each channel, of all replicas.

    All is summed as deviations from a first guess, so that a batch is read once. The guess is the
    mean of the first rows. It lies off the mean by no more than those rows can make the whole
    vary, so little cancels: with n values, m of them in the first rows, at most 1 + n/m times the
    rounding of deviations from the mean itself (Chan, Golub and LeVeque, 1983).

    Arguments:
        x: of this replica.
        channels: of x.
        row: overwritten.
        context: of the pass.
    """
    guess, count, total, squares = sums = np.zeros((4, channels.count), x.dtype)
    for part in channels.parts(len(x)):
        values, scratch = x[part], channels.scratch(part)
        visible = channels.visible(values, part)
        if part.start == 0:
            np.copyto(scratch, values)
            channels.hide_padding(scratch, part)
            np.divide(channels.sum(scratch), np.maximum(visible, 1.0), out=guess)
            channels.write_out(guess, row)
        np.subtract(values, row, out=scratch)
        channels.hide_padding(scratch, part)
        count += visible
        total += channels.sum(scratch)
        squares += channels.sum(np.multiply(scratch, scratch, out=scratch))
    return _together(context.meeting.gather(context.replica, sums), masked=bool(channels.mask))


def _together(parts: list[Array], *, masked: bool) -> tuple[Array, Array, Array]:
    """Return the moments of what each replica has summed up about a guess of its own."""
    count = sum(n for _, n, _, _ in parts) + (MASKED_EXCESS if masked else 0.0)
    mean = sum(n * guess + total for guess, n, total, _ in parts) / count
    variance = np.zeros_like(mean)
    for guess, n, total, squares in parts:
        off = mean - guess
        variance += squares - off * (2.0 * total - n * off)
    return mean, np.maximum(variance / count, 0.0), count
