"""One file an optimizer. Importing this package fills `Optimizer.members`."""

from nncli.engine.optimizers.adadelta import Adadelta
from nncli.engine.optimizers.adagrad import Adagrad
from nncli.engine.optimizers.adam import Adam, AdamW
from nncli.engine.optimizers.adamax import Adamax
from nncli.engine.optimizers.base import Optimizer
from nncli.engine.optimizers.ftrl import Ftrl
from nncli.engine.optimizers.lion import Lion
from nncli.engine.optimizers.nadam import Nadam
from nncli.engine.optimizers.rmsprop import Rmsprop
from nncli.engine.optimizers.sgd import Sgd

__all__ = [
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "Ftrl",
    "Lion",
    "Nadam",
    "Optimizer",
    "Rmsprop",
    "Sgd",
]
