"""Losses that take a last layer's activation over, to work on logits."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from nncli.engine.activations import Activation
from nncli.engine.layers.base import Layer
from nncli.engine.losses.base import Loss


def release_activations(
    ends: Sequence[Layer], losses: Sequence[Loss]
) -> tuple[list[Activation | None], list[Loss]]:
    """Let each loss that can work on logits do so; return the activations left to apply."""
    activations: list[Activation | None] = [None] * len(ends)
    fitted = []
    for number, (layer, loss) in enumerate(zip(ends, losses, strict=bool(losses))):
        if layer.final_activation in loss.fuses:
            activations[number] = layer.release_activation()
            loss = loss.on_logits()
        fitted.append(deepcopy(loss))
    return activations, fitted
