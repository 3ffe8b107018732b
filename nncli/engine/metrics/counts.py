"""Counts of true and false positives and negatives. As keras.metrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from nncli.engine.metrics.thresholds import AtThresholds, Thresholds
from nncli.engine.types import Array


@dataclass(kw_only=True)
class TruePositives(AtThresholds):
    """How many ones are said to be 1."""

    type: Literal["true_positives"] = "true_positives"
    thresholds: Thresholds = None
    """Above it an output counts as positive, by default above 0.5; a list gives a number each."""

    def at_thresholds(self) -> Array:
        """Return the count."""
        return self.tally.true_positives


@dataclass(kw_only=True)
class TrueNegatives(AtThresholds):
    """How many zeros are said to be 0."""

    type: Literal["true_negatives"] = "true_negatives"
    thresholds: Thresholds = None
    """Above it an output counts as positive, by default above 0.5; a list gives a number each."""

    def at_thresholds(self) -> Array:
        """Return the count."""
        return self.tally.true_negatives


@dataclass(kw_only=True)
class FalsePositives(AtThresholds):
    """How many zeros are said to be 1."""

    type: Literal["false_positives"] = "false_positives"
    direction: ClassVar[Literal["up", "down"]] = "down"
    thresholds: Thresholds = None
    """Above it an output counts as positive, by default above 0.5; a list gives a number each."""

    def at_thresholds(self) -> Array:
        """Return the count."""
        return self.tally.false_positives


@dataclass(kw_only=True)
class FalseNegatives(AtThresholds):
    """How many ones are said to be 0."""

    type: Literal["false_negatives"] = "false_negatives"
    direction: ClassVar[Literal["up", "down"]] = "down"
    thresholds: Thresholds = None
    """Above it an output counts as positive, by default above 0.5; a list gives a number each."""

    def at_thresholds(self) -> Array:
        """Return the count."""
        return self.tally.false_negatives
