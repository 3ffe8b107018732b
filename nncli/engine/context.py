"""What belongs to one pass through the model rather than to a layer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Context:
    """Handed to every layer's forward and backward."""

    training: bool
    """Whether dropout drops and batch statistics are taken."""


TRAINING = Context(training=True)
INFERENCE = Context(training=False)
