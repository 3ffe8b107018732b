"""From the config's data section to the arrays of training, validation and test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import DTypeLike

from nncli.data import scaling
from nncli.data.columns import choose_columns
from nncli.data.labels import TargetEncoding, as_target
from nncli.data.loading import Dataset, RawTable, load, load_raw
from nncli.data.naming import listed
from nncli.data.preprocessing import Preprocessing
from nncli.data.section import DataSection, SplitMethod
from nncli.data.sources.delimited import open_table
from nncli.data.sources.files import FileRecord, beside, fingerprint
from nncli.data.splits import held_out, take_out
from nncli.engine.types import Array
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

    @property
    def splits(self) -> dict[str, Dataset]:
        """The splits there are, by name."""
        named = {"train": self.train, "validation": self.validation, "test": self.test}
        return {name: dataset for name, dataset in named.items() if dataset is not None}

    def assignments(self) -> Iterator[tuple[Path, int, str]]:
        """Yield (table, row, split) of every row, in the tables' order."""
        for record in self.files:
            parts = [(n, d.rows) for n, d in self.splits.items() if d.path == record.path]
            rows = np.concatenate([part for _, part in parts])
            names = np.repeat([name for name, _ in parts], [len(part) for _, part in parts])
            order = np.argsort(rows, kind="stable")
            for row, name in zip(rows[order].tolist(), names[order].tolist(), strict=True):
                yield record.path, row, name


def prepare(
    section: DataSection,
    *,
    directory: Path,
    encoding: TargetEncoding,
    seed: int,
    dtype: DTypeLike,
    input_dtype: DTypeLike | None = None,
) -> Prepared:
    """Read the tables, split the rows, and learn from the training rows how to scale.

    Args:
        section: The config's data section.
        directory: What its paths are relative to.
        encoding: The form of target that the loss and the last layer want.
        seed: The run's seed, for splits drawn at random.
        dtype: Of inputs and targets, the model's.
        input_dtype: Of the inputs where they differ, as int32 for tokens.

    Raises:
        DataError: A table can't be read or used.
        ConfigError: The section asks for what the table doesn't have.
    """
    dtype, input_dtype = np.dtype(dtype).name, np.dtype(input_dtype or dtype).name
    _check_scale(section, input_dtype)
    path = beside(directory, section.train)
    table = open_table(path, header=section.header, delimiter=section.delimiter)
    columns = choose_columns(section, table.names)
    holds_classes = encoding != "values"
    if holds_classes and len(columns.targets) > 1:
        raise ConfigError.at(
            ("data", "target"), "classes must stand in one column, got several",
            "for several numbers take a loss such as mean_squared_error",
        )  # fmt: skip
    raw = load_raw(
        table,
        columns,
        holds_classes=holds_classes,
        order=section.classes,
        dtype=dtype,
        input_dtype=input_dtype,
    )
    _check_binary(raw, encoding)
    parts = _divide(section, raw, seed)
    _check_training_classes(table.label, parts["train"], raw)
    pieces = dict(zip(parts, _apart(raw.features, list(parts.values())), strict=True))
    preprocessing = Preprocessing(
        columns=columns,
        encoding=encoding,
        dtype=dtype,
        input_dtype=input_dtype,
        scaler=scaling.fit(section.scale, scaling.blocks(pieces["train"])),
        known=raw.classes,
    )
    datasets: dict[str, Dataset] = {}
    for name, rows in parts.items():
        if preprocessing.scaler is not None:
            preprocessing.scaler.apply(pieces[name])
        datasets[name] = Dataset((pieces[name],), (_target(raw, rows, preprocessing),), rows, path)
    files = [FileRecord(path=path, sha256=fingerprint(path), rows=len(raw.features))]
    for name, share in (("validation", section.validation), ("test", section.test)):
        if isinstance(share, str):
            datasets[name], record = load(
                beside(directory, share),
                preprocessing,
                header=section.header,
                delimiter=section.delimiter,
            )
            files += [record] if record not in files else []
    return Prepared(
        train=datasets["train"],
        validation=datasets.get("validation"),
        test=datasets.get("test"),
        preprocessing=preprocessing,
        files=tuple(files),
    )


def _divide(section: DataSection, raw: RawTable, seed: int) -> dict[str, Array]:
    """Return the training table's row numbers by split: test rows are taken first."""
    method: SplitMethod = section.split or ("random" if raw.index is None else "stratified")
    parts = {"train": np.arange(len(raw.features))}
    for purpose, share in (("test", section.test), ("validation", section.validation)):
        if share is not None and not isinstance(share, str):
            count = held_out(share, len(parts["train"]), purpose)
            parts["train"], parts[purpose] = take_out(
                parts["train"], count, method=method, index=raw.index, seed=seed, purpose=purpose
            )
    return parts


def _apart(features: Array, parts: list[Array]) -> list[Array]:
    """Return the features of each part, the first in the memory where all of them stood.

    Held-out rows are copied; the rows that stay then move up, so that at no time there are two
    copies of a large table.
    """
    stay, *held = parts
    copies = [features[rows] for rows in held]
    if held:
        for part in scaling.slices(len(stay), features.shape[1]):
            features[part] = features[stay[part]]
    return [features[: len(stay)], *copies]


def _target(raw: RawTable, rows: Array, preprocessing: Preprocessing) -> Array:
    if raw.classes is None or raw.index is None:
        return raw.values[rows]
    return as_target(raw.index[rows], raw.classes, preprocessing.encoding, preprocessing.dtype)


def _check_scale(section: DataSection, input_dtype: str) -> None:
    if section.scale != "none" and np.dtype(input_dtype).kind == "i":
        raise ConfigError.at(
            ("data", "scale"),
            f"{section.scale} makes fractions, but the Input takes whole numbers ({input_dtype})",
            "leave scale out, or give the Input dtype: float32",
        )


def _check_binary(raw: RawTable, encoding: TargetEncoding) -> None:
    if encoding == "binary" and raw.classes is not None and len(raw.classes.labels) != 2:
        raise ConfigError.at(
            ("data", "target"),
            f"the target has {len(raw.classes.labels)} classes "
            f"({listed(raw.classes.labels)}), but the loss and the last layer tell two apart",
            "end with Dense of as many units as classes, activation softmax, and take the loss "
            "categorical_crossentropy",
        )


def _check_training_classes(label: str, rows: Array, raw: RawTable) -> None:
    if raw.classes is not None and raw.index is not None and np.ptp(raw.index[rows]) == 0:
        only = raw.classes.labels[int(raw.index[rows[0]])]
        raise DataError(
            f"{label}: the {len(rows)} training rows hold one class only, {only!r}; if the table "
            "is sorted by class, say data.split: stratified"
        )
