"""The config's `data` section: which tables, which columns, and how rows are split."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from nncli.data.kinds import Kind
from nncli.data.scaling import ScaleMethod
from nncli.data.sources.dialect import Dialect

SplitMethod = Literal["last", "random", "stratified"]
DefaultMissing = Literal["error", "drop", "mean", "median", "most_frequent", "indicator"]
Names = str | int | tuple[str | int, ...]
"""One column or several."""

_PERCENTAGE = re.compile(r"(\d+(?:\.\d+)?)\s*%")


@dataclass(kw_only=True)
class DataSection:
    """Tables to train and score on. Columns are given by name, or by position counted from 0."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "use_attribute_docstrings": True,
    }

    train: str
    """The table of training rows, relative to the config file: .csv or .tsv, plain or compressed
    (.gz .bz2 .xz .zip .zst), .parquet, .npz or .npy. A pattern such as `part-*.csv` reads several
    files as one table; `"-"` (in quotes) reads standard input."""
    test: str | int | float | None = None
    """Rows scored once, after training: a file, a number of rows, or a fraction of them."""
    validation: str | int | float | None = None
    """Rows scored after each epoch: a file, or a number or fraction of the rows that are left."""
    header: bool = True
    """Whether the first line names the columns. Without names they are 0, 1, 2, ..."""
    delimiter: str | None = None
    """The character between two cells; by default a tab in .tsv files and a comma in others."""
    encoding: str = "utf-8"
    """The encoding of a table of text, as `latin-1`."""
    decimal: str = "."
    """What stands before the fraction of a number, as `,`."""
    comment: str | None = None
    """The character that begins a comment, up to the end of the line."""
    na_values: tuple[str | int | float, ...] = ()
    """What further cells count as missing, as `[-999, none]`."""
    keep_default_na: bool = True
    """Whether the usual marks count as missing: nothing, `?`, `NA`, `N/A`, `NaN`, `null`."""
    target: Names | dict[str, Names] | None = None
    """The column to predict, or several of them; `inputs` has an autoencoder predict its inputs.
    A network of several outputs takes a map from their names."""
    features: Names | dict[str, Names] | None = None
    """The columns to predict from; by default all but the target. A network of several inputs
    takes a map from their names."""
    drop: tuple[str | int, ...] = ()
    """Columns to leave out."""
    columns: dict[str, Kind] = field(default_factory=dict)
    """What columns hold, by name (without names, by number), and how they become features; by
    default it is seen from the cells: numbers, categories, yes and no, or dates."""
    missing: DefaultMissing = "error"
    """What to do about missing cells of features whose column has no word of its own: see
    [kinds](#columns). Where numbers have a `mean` or `median`, the other kinds take the most
    frequent."""
    sample_weight: str | int | None = None
    """The column that says how much each row counts in the loss; not a feature."""
    task: Literal["classes", "values"] | None = None
    """Whether the target holds classes or numbers; by default the loss decides."""
    classes: tuple[str | int | float | bool, ...] | None = None
    """The class labels in an order of your own; by default they are sorted."""
    target_scale: ScaleMethod = "none"
    """How number targets are scaled for training. Metrics, pictures and predictions are in the
    target's own units all the same; the loss is in scaled ones."""
    target_missing: Literal["error", "drop"] = "error"
    """What to do about rows whose target is missing."""
    split: SplitMethod | None = None
    """How test and validation rows are chosen; by default stratified for classes, else random."""
    scale: ScaleMethod = "none"
    """How numeric features are scaled, by the training rows: `standard` (mean 0, deviation 1),
    `minmax` (0 to 1), `robust` (by median and quartiles), `log1p` (log(1 + x)) or `none`."""

    @property
    def dialect(self) -> Dialect:
        """How its tables of text are written."""
        return Dialect(
            header=self.header,
            delimiter=self.delimiter,
            encoding=self.encoding,
            decimal=self.decimal,
            comment=self.comment,
            markers=self.na_values,
            usual_markers=self.keep_default_na,
        )

    def __post_init__(self) -> None:
        for name in ("train", "test", "validation"):
            if getattr(self, name) == "":
                raise ValueError(f"{name} must name a table, got ''")
        for name in ("test", "validation"):
            _check_share(name, getattr(self, name))
        if self.delimiter is not None and len(self.delimiter) != 1:
            raise ValueError(f"delimiter must be a single character, got {self.delimiter!r}")
        if self.comment is not None and len(self.comment) != 1:
            raise ValueError(f"comment must be a single character, got {self.comment!r}")
        if self.decimal not in (".", ","):
            raise ValueError(f"decimal must be '.' or ',', got {self.decimal!r}")
        try:
            "".encode(self.encoding)
        except (LookupError, ValueError):
            raise ValueError(
                f"encoding must be one that Python knows, as latin-1, got {self.encoding!r}"
            ) from None
        for name in ("features", "target"):
            _check_names(name, getattr(self, name))
        if self.classes is not None and len(set(self.classes)) < max(2, len(self.classes)):
            raise ValueError(f"classes must be two or more different labels, got {self.classes}")


def _check_names(name: str, given: Names | dict[str, Names] | None) -> None:
    for names in given.values() if isinstance(given, dict) else [given]:
        if names == ():
            raise ValueError(f"{name} must name at least one column, got an empty list")
    if given == {}:
        raise ValueError(f"{name} must name at least one column, got an empty mapping")


def _check_share(name: str, share: str | int | float | None) -> None:
    if isinstance(share, float) and not 0 < share < 1:
        raise ValueError(
            f"{name} must be a fraction between 0 and 1, a number of rows, or a file, got {share}"
        )
    if isinstance(share, str) and (percentage := _PERCENTAGE.fullmatch(share)):
        fraction = f"{float(percentage[1]) / 100:g}"
        raise ValueError(f"{name} must be a fraction, got {share!r}; write {fraction}")
    if isinstance(share, int) and share < 1:
        raise ValueError(f"{name} must be at least 1 row, a fraction, or a file, got {share}")
