"""What was learnt from the training rows about turning a table into a network's arrays.

With the reading options it is all that evaluate and predict need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain, repeat
from typing import Any

from nncli.data.blocks import Block, Part, as_block, read_pieces
from nncli.data.checking import both
from nncli.data.columns import Columns
from nncli.data.features import FittedFeatures
from nncli.data.labels import TargetEncoding
from nncli.data.report import Report
from nncli.data.sources.table import Source
from nncli.data.targets import FittedTarget
from nncli.data.weights import SampleWeight
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import DataError


@dataclass(frozen=True, kw_only=True)
class Preprocessing:
    """The way from a table's rows to inputs and targets."""

    columns: Columns
    """Which ones it reads, and what tells tables without a header apart."""
    inputs: tuple[FittedFeatures, ...]
    """One for each input of the network."""
    outputs: tuple[FittedTarget, ...]
    """One for each output of the network."""
    weight: SampleWeight | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that scoring reads: inputs, then outputs, then the weights."""
        weights = () if self.weight is None else (self.weight,)
        return (*self.inputs, *self.outputs, *weights)

    @property
    def widths(self) -> tuple[int, ...]:
        """How many features each input takes."""
        return tuple(features.width for features in self.inputs)

    @property
    def undo(self) -> tuple[Callable[[Array], Array] | None, ...]:
        """What brings each output to its target's own units; None where it is in them."""
        return tuple(target.undo if target.scaling else None for target in self.outputs)

    def formed(
        self, encodings: Sequence[TargetEncoding], shapes: Sequence[Shape] | None = None
    ) -> Preprocessing:
        """Return it with targets in the forms that the losses and last layers want."""
        forms = zip(self.outputs, encodings, shapes or repeat(None), strict=False)
        return replace(
            self, outputs=tuple(output.formed(encoding, shape) for output, encoding, shape in forms)
        )

    def predicting(
        self, source: Source, kept: Sequence[int], report: Report
    ) -> Iterator[tuple[Arrays, Array | None, tuple[list[str], ...]]]:
        """Yield a table's rows some at a time: inputs, which rows are complete, kept columns.

        Rows that aren't complete (None: all are) have inputs all the same, that mean nothing.

        Args:
            source: The table; the target may be missing.
            kept: Positions of columns to carry along as text.
            report: Told what is odd.

        Raises:
            DataError: Columns are missing, or a cell can't be used.
        """
        places = self.columns.places(source, scoring=False)
        parts = [features.wanted for features in self.inputs]
        for pieces, texts in read_pieces(source, parts, places, kept):
            blocks = [
                as_block(features.take(piece), piece)
                for features, piece in zip(self.inputs, pieces, strict=True)
            ]
            complete = both(
                features.complete(block)
                for features, block in zip(self.inputs, blocks, strict=True)
            )
            yield self.transform(blocks, report), complete, texts

    def transform(self, blocks: Sequence[Block], report: Report) -> Arrays:
        """Return the inputs, one array (rows, features) per Input of the network.

        The blocks' numbers are overwritten.
        """
        return tuple(
            features.transform(block, report)
            for features, block in zip(self.inputs, blocks, strict=True)
        )

    def transform_targets(self, blocks: Sequence[Block], inputs: Arrays) -> Arrays:
        """Return the targets, one array (rows, ...) per output of the network.

        The blocks' numbers are overwritten.
        """
        return tuple(
            target.transform(block, inputs[min(number, len(inputs) - 1)])
            for number, (target, block) in enumerate(zip(self.outputs, blocks, strict=True))
        )

    def to_json(self) -> dict[str, Any]:
        """Return the contents of preprocessing.json."""
        return {
            "width": self.columns.width,
            "inputs": [features.to_json() for features in self.inputs],
            "outputs": [target.to_json() for target in self.outputs],
            "sample_weight": self.weight and asdict(self.weight),
        }

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> Preprocessing:
        """Return what to_json wrote.

        Raises:
            DataError: Something is missing or isn't what to_json writes.
        """
        try:
            inputs = tuple(map(FittedFeatures.from_json, record["inputs"]))
            outputs = tuple(map(FittedTarget.from_json, record["outputs"]))
            weight = record["sample_weight"] and SampleWeight(**record["sample_weight"])
            features = chain(*(part.kinds for part in inputs))
            targets = chain(*(part.columns for part in outputs), [weight.column] if weight else [])
            columns = Columns.of(features, targets, int(record["width"]))
        except KeyError as error:
            raise DataError(f"the preprocessing record is damaged: it lacks {error}") from None
        except (TypeError, ValueError, AttributeError):
            raise DataError(
                "the preprocessing record is damaged: it holds what training never writes"
            ) from None
        return cls(columns=columns, inputs=inputs, outputs=outputs, weight=weight)
