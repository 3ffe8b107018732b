"""What an output of the network says of rows, as columns of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncli.api.last_layer import PROBABILITIES
from nncli.api.weighting import class_numbers
from nncli.data.targets import FittedTarget
from nncli.engine.activations.sigmoids import Sigmoid
from nncli.engine.activations.softmax import Softmax
from nncli.engine.losses import Loss
from nncli.engine.types import Array
from nncli.errors import ConfigError

Cells = list[str] | Array
"""A column: text, labels, or numbers."""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """How the numbers of one output are to be read.

    Raises:
        ConfigError: what is asked for makes no sense for this output.
    """

    target: FittedTarget
    loss: Loss
    activation: str | None
    """Of the output's last layer; None where it isn't known."""
    value_names: Sequence[str]
    """What each number is of, where they are numbers."""
    prefix: str = ""
    """What its columns' names begin with."""
    proba: bool = False
    """Whether every class's probability is wanted."""
    threshold: float | None = None
    """From which probability on a row is of the positive class; None for the middle."""

    def __post_init__(self) -> None:
        cuts = self.target.encoding == "binary" or self.target.holds == "labels"
        if self.threshold is not None and not cuts:
            raise ConfigError.at((), "--threshold is for a network that tells two classes apart")
        if self.proba and self.target.holds in ("values", "inputs"):
            raise ConfigError.at((), "--proba is for classes; this run predicts values")
        if self.proba and not self.says_probabilities:
            raise ConfigError.at((), "--proba is for probabilities; this network says scores")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(self.prefix + name for name in self._bare_columns())

    def _bare_columns(self) -> tuple[str, ...]:
        target, word = self.target, "probability" if self.says_probabilities else "score"
        if target.holds == "labels":
            names = [(f"predicted_{name}", f"{word}_{name}") for name in target.columns]
            return tuple(name for pair in names for name in pair)
        if target.labels is None:
            return tuple(f"predicted_{name}" for name in self.value_names)
        if self.proba:
            return ("class", *(f"{word}_{label}" for label in target.labels))
        if target.encoding == "binary":
            return ("class", f"{word}_{target.labels[1]}")
        return ("class", word)

    def cells(self, outputs: Array) -> tuple[Cells, ...]:
        """Return the columns that some rows of outputs become."""
        target = self.target
        if target.holds == "labels":
            pairs = [(self.is_positive(column), column) for column in self.likely(outputs).T]
            return tuple(cells for pair in pairs for cells in pair)
        if target.labels is None:
            return tuple(target.undo(outputs.reshape(len(outputs), -1)).T)
        outputs = self.likely(outputs)
        labels = np.array([str(label) for label in target.labels], dtype=object)
        if target.encoding == "binary":
            positive = outputs[:, 0]
            chosen = labels[self.is_positive(positive)]
            return (chosen, 1.0 - positive, positive) if self.proba else (chosen, positive)
        chosen = labels[outputs.argmax(axis=1)]
        return (chosen, *outputs.T) if self.proba else (chosen, outputs.max(axis=1))

    @property
    def true_columns(self) -> tuple[str, ...]:
        """The names of the columns that say what is true."""
        names = self.value_names if self.target.labels is None else ["class"]
        return tuple(f"{self.prefix}true_{name}" for name in names)

    def true_cells(self, targets: Array) -> tuple[Cells, ...]:
        """Return the columns that some rows of targets become."""
        labels = self.target.labels
        if labels is not None:
            return ([str(labels[number]) for number in class_numbers(targets)],)
        return tuple(self.target.undo(targets.reshape(len(targets), -1)).T)

    @property
    def _from_logits(self) -> bool:
        return bool(getattr(self.loss, "from_logits", False))

    @property
    def says_probabilities(self) -> bool:
        """Whether the outputs, or what `likely` makes of them, are probabilities."""
        return self.activation in PROBABILITIES or self._from_logits

    def likely(self, outputs: Array) -> Array:
        """Return the outputs as probabilities where the loss was told that they are logits."""
        if self.activation in PROBABILITIES or not self._from_logits:
            return outputs
        two = self.target.encoding == "binary" or self.target.holds == "labels"
        return (Sigmoid() if two else Softmax()).apply(outputs)

    def is_positive(self, scores: Array) -> Array:
        """Return 1 or 0 for each score; the hinge losses' is 1 above 0, midway from -1 to 1."""
        middle = 0.0 if self.loss.type in ("hinge", "squared_hinge") else 0.5
        cut = middle if self.threshold is None else self.threshold
        return (scores > cut).astype(np.int64)


def blanked(cells: Cells, complete: Array) -> Cells:
    """Return a column as text, empty where a row lacks a cell without which nothing is said."""
    blank: Array = np.where(complete, np.asarray(cells).astype(str), "").astype(object)
    return blank
