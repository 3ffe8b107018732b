"""Learning rates that change from step to step. Importing it fills `Schedule.members`."""

from nncli.engine.schedules.base import Schedule
from nncli.engine.schedules.cosine import CosineDecay, CosineDecayRestarts
from nncli.engine.schedules.decay import ExponentialDecay, InverseTimeDecay, PolynomialDecay
from nncli.engine.schedules.piecewise import PiecewiseConstantDecay

__all__ = [
    "CosineDecay",
    "CosineDecayRestarts",
    "ExponentialDecay",
    "InverseTimeDecay",
    "PiecewiseConstantDecay",
    "PolynomialDecay",
    "Schedule",
]
