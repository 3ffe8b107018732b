"""One file an optimizer. Importing this package fills `Optimizer.members`."""

from nncli.engine.optimizers.adam import Adam, AdamW
from nncli.engine.optimizers.base import Optimizer
from nncli.engine.optimizers.rmsprop import Rmsprop
from nncli.engine.optimizers.sgd import Sgd

__all__ = ["Adam", "AdamW", "Optimizer", "Rmsprop", "Sgd"]
