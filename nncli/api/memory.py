"""How much memory a training takes, and whether it is there."""

from __future__ import annotations

from nncli.config.schema import Config
from nncli.engine.capacity import available_memory
from nncli.engine.model import Model
from nncli.errors import ConfigError
from nncli.reporting.figures import memory

_WEIGHT_COPIES = 4
"""Values, gradients, and snapshots of the best and the last epoch; optimizers add slots."""


def training_memory(model: Model, config: Config, replicas: int) -> int:
    """Return the bytes that weights and buffers take while a batch is learnt, data not counted."""
    weights = model.parameters.values.nbytes
    slots = len(config.optimizer.slot_names())
    buffers = model.memory_needed(-(-config.batch_size // replicas), training=True)
    return weights * (_WEIGHT_COPIES - 1 + slots) + replicas * (weights + buffers)


def check_memory(model: Model, config: Config, replicas: int) -> None:
    """Refuse what can't fit.

    Raises:
        ConfigError: with the figures.
    """
    needed, free = training_memory(model, config, replicas), available_memory()
    if free is not None and needed > free:
        raise ConfigError.at(
            ("batch_size",),
            f"a batch of {config.batch_size} takes {memory(needed)} of memory, and "
            f"{memory(free)} is free",
            "take a smaller batch_size or a smaller network",
        )
