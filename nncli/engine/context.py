"""What belongs to one pass through the model rather than to a layer."""

from __future__ import annotations

from dataclasses import dataclass, field

from nncli.engine.meeting import Meeting


@dataclass
class Context:
    """Handed to every layer's forward and backward."""

    training: bool
    """Whether dropout drops and batch statistics are taken."""
    replica: int = 0
    """Which of the models that share a batch this is."""
    meeting: Meeting = field(default_factory=Meeting)
    """Where replicas add up what the whole batch must know, as BatchNormalization's sums."""
    batch: int = 0
    """How many rows the batch has that all replicas share, where regularizers must know it."""
