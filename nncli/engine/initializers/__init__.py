"""How weights start. Importing this package fills `Initializer.members`."""

from nncli.engine.initializers.base import Generator, Initializer
from nncli.engine.initializers.distributions import RandomNormal, RandomUniform, TruncatedNormal
from nncli.engine.initializers.fixed import Constant, Identity, Ones, Zeros
from nncli.engine.initializers.orthogonal import Orthogonal
from nncli.engine.initializers.scaling import (
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    LecunNormal,
    LecunUniform,
    VarianceScaling,
    fans,
)

__all__ = [
    "Constant",
    "Generator",
    "GlorotNormal",
    "GlorotUniform",
    "HeNormal",
    "HeUniform",
    "Identity",
    "Initializer",
    "LecunNormal",
    "LecunUniform",
    "Ones",
    "Orthogonal",
    "RandomNormal",
    "RandomUniform",
    "TruncatedNormal",
    "VarianceScaling",
    "Zeros",
    "fans",
]
