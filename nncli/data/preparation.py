"""From the config's data section to the arrays of training, validation and test.

The table comes first, since only its rows tell how many features the network gets; then, once the
network is built, the targets take the form that its losses and last layers want."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from nncli.data.advice import with_way_out
from nncli.data.blocks import Block, Part, apart
from nncli.data.choosing import InputSpec, OutputSpec, choose_columns
from nncli.data.inference import read_training
from nncli.data.labels import Classes, TargetEncoding
from nncli.data.loading import Dataset, as_dataset, complete_rows, load, opened_by
from nncli.data.naming import listed
from nncli.data.planning import plan_inputs, plan_targets
from nncli.data.preprocessing import Preprocessing
from nncli.data.report import Report
from nncli.data.section import DataSection, SplitMethod
from nncli.data.sources.files import FileRecord, beside, records_of
from nncli.data.sources.table import CellError, Source
from nncli.data.splits import held_out, take_out
from nncli.data.weights import SampleWeight
from nncli.engine.types import Array, Shape
from nncli.errors import ConfigError, DataError


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """All that training needs to know of the data."""

    train: Dataset
    validation: Dataset | None
    test: Dataset | None
    preprocessing: Preprocessing
    files: tuple[FileRecord, ...]
    """The training table first, then further ones, each once."""
    reports: Mapping[str, Report] = field(default_factory=dict)
    """What is odd about each of the tables, by its path."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What is odd about the tables, a sentence each."""
        return tuple(line for path, report in self.reports.items() for line in report.lines(path))

    @property
    def splits(self) -> dict[str, Dataset]:
        """The splits there are, by name."""
        named = {"train": self.train, "validation": self.validation, "test": self.test}
        return {name: dataset for name, dataset in named.items() if dataset is not None}

    def assignments(self) -> Iterator[tuple[Path, int, str]]:
        """Yield (table, row, split) of every row that is used, in the tables' order."""
        for path in dict.fromkeys(dataset.path for dataset in self.splits.values()):
            parts = [(n, d.rows) for n, d in self.splits.items() if d.path == path]
            rows = np.concatenate([part for _, part in parts])
            names = np.repeat([name for name, _ in parts], [len(part) for _, part in parts])
            order = np.argsort(rows, kind="stable")
            for row, name in zip(rows[order].tolist(), names[order].tolist(), strict=True):
                yield path, row, name


@dataclass(frozen=True, kw_only=True)
class TrainingTable:
    """The training table read, split, and learnt from."""

    section: DataSection
    directory: Path
    path: Path
    """Where the table is, a pattern where it is several files."""
    files: Sequence[FileRecord]
    preprocessing: Preprocessing
    """Complete but for the form of the targets."""
    parts: Mapping[str, Array]
    """Row numbers by split, those of the training rows first."""
    blocks: Mapping[str, Sequence[Block]]
    """What was read of each split's rows, for each part of the preprocessing."""
    report: Report = field(default_factory=Report)

    @property
    def widths(self) -> tuple[int, ...]:
        """How many features each input takes."""
        return self.preprocessing.widths

    def prepared(
        self, encodings: Sequence[TargetEncoding], shapes: Sequence[Shape] | None = None
    ) -> Prepared:
        """Return the arrays, and those of further tables. The table's memory becomes theirs.

        Args:
            encodings: The form of target that the loss and the last layer want, by output.
            shapes: Of one row of each output; by default values are (columns,).

        Raises:
            DataError: A further table can't be read or used.
            ConfigError: The target has more classes than two, and they are to be told apart so.
        """
        _check_binary(self.preprocessing, encodings)
        preprocessing = self.preprocessing.formed(encodings, shapes)
        datasets = {
            name: as_dataset(preprocessing, self.blocks[name], rows, self.path, self.report)
            for name, rows in self.parts.items()
        }
        files, reports = [*self.files], {str(self.path): self.report}
        dialect = self.section.dialect
        shares = {"validation": self.section.validation, "test": self.section.test}
        for name, share in shares.items():
            if isinstance(share, str):
                report = Report()
                further = beside(self.directory, share)
                datasets[name], records = load(further, preprocessing, dialect, report, name)
                if records[0] not in files:
                    files += records
                    reports[str(further)] = report
        return Prepared(
            train=datasets["train"],
            validation=datasets.get("validation"),
            test=datasets.get("test"),
            preprocessing=preprocessing,
            files=tuple(files),
            reports=reports,
        )


def read_table(
    section: DataSection,
    *,
    directory: Path,
    inputs: Sequence[InputSpec],
    outputs: Sequence[OutputSpec],
    seed: int,
    dtype: str,
) -> TrainingTable:
    """Read the training table, split its rows, and learn from the training rows.

    Args:
        section: The config's data section.
        directory: What its paths are relative to.
        inputs: What the network's inputs want.
        outputs: What its outputs' losses want.
        seed: The run's seed, for splits drawn at random.
        dtype: The model's precision.

    Raises:
        DataError: The table can't be read or used.
        ConfigError: The section asks for what the table doesn't have.
    """
    path = beside(directory, section.train)
    with opened_by("train", path, section.dialect) as table:
        return _read(table, path, section, directory, inputs, outputs, seed, dtype)


def _read(
    table: Source,
    path: Path,
    section: DataSection,
    directory: Path,
    inputs: Sequence[InputSpec],
    outputs: Sequence[OutputSpec],
    seed: int,
    dtype: str,
) -> TrainingTable:
    chosen = choose_columns(section, table.names, inputs, outputs)
    places = chosen.columns.places(table, scoring=True)
    planned, undecided = plan_inputs(section, chosen, inputs, dtype)
    targets = plan_targets(section, chosen, outputs, dtype)
    weight = None if chosen.weight is None else SampleWeight(chosen.weight, dtype)
    others: list[Part] = [*targets, *([weight] if weight else [])]
    try:
        features, blocks = read_training(table, planned, others, places, section, undecided)
    except CellError as error:
        raise with_way_out(error, chosen) from None
    count, rows = len(blocks[0].numbers), complete_rows([*features, *others], blocks)
    if not len(rows):
        raise DataError(f"{table.label}: every row lacks a cell for whose sake it is dropped")
    classes = [
        target.find_classes(block, table, [places[n] for n in target.columns], section.classes)
        for target, block in zip(targets, blocks[len(features) :], strict=False)
    ]
    indices = [
        known.index(block.texts[0])
        for known, block in zip(classes, blocks[len(features) :], strict=False)
        if known
    ]
    parts = _divide(section, rows, indices[0] if indices else None, seed)
    for known, index in zip(filter(None, classes), indices, strict=True):
        _check_training_classes(table.label, index[parts["train"]], known)
    divided = [apart(block, list(parts.values())) for block in blocks]
    by_split = dict(zip(parts, zip(*divided, strict=True), strict=True))
    train = by_split["train"]
    preprocessing = Preprocessing(
        columns=chosen.columns,
        inputs=tuple(
            part.fit(block, table.label) for part, block in zip(features, train, strict=False)
        ),
        outputs=tuple(
            target.fit(block, known)
            for target, block, known in zip(targets, train[len(features) :], classes, strict=False)
        ),
        weight=weight,
    )
    return TrainingTable(
        section=section,
        directory=directory,
        path=path,
        files=records_of(path, table),
        preprocessing=preprocessing,
        parts=parts,
        blocks=by_split,
        report=Report(dropped=count - len(rows)),
    )


def _divide(section: DataSection, rows: Array, index: Array | None, seed: int) -> dict[str, Array]:
    """Return the row numbers by split: test rows are taken first."""
    method: SplitMethod = section.split or ("random" if index is None else "stratified")
    parts = {"train": rows}
    for purpose, share in (("test", section.test), ("validation", section.validation)):
        if share is not None and not isinstance(share, str):
            count = held_out(share, len(parts["train"]), purpose)
            parts["train"], parts[purpose] = take_out(
                parts["train"], count, method=method, index=index, seed=seed, purpose=purpose
            )
    return parts


def _check_binary(preprocessing: Preprocessing, encodings: Sequence[TargetEncoding]) -> None:
    for target, encoding in zip(preprocessing.outputs, encodings, strict=True):
        if encoding == "binary" and target.labels is not None and len(target.labels) != 2:
            raise ConfigError.at(
                ("data", "target"),
                f"the target has {len(target.labels)} classes ({listed(target.labels)}), but the "
                "loss and the last layer tell two apart",
                "end with Dense of as many units as classes, activation softmax, and take the loss "
                "categorical_crossentropy",
            )


def _check_training_classes(label: str, index: Array, classes: Classes) -> None:
    if np.ptp(index) == 0:
        raise DataError(
            f"{label}: the {len(index)} training rows hold one class only, "
            f"{classes.labels[int(index[0])]!r}; if the table is sorted by class, say data.split: "
            "stratified"
        )
