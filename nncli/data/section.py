"""The config's `data` section: which tables, which columns, and how rows are split."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

Column = str | int
Label = str | int | float | bool
SplitMethod = Literal["last", "random", "stratified"]
ScaleMethod = Literal["none", "standard", "minmax"]

_PERCENTAGE = re.compile(r"(\d+(?:\.\d+)?)\s*%")


@dataclass(kw_only=True)
class DataSection:
    """Tables to train and score on. Columns are given by name, or by position counted from 0."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "use_attribute_docstrings": True,
    }

    train: str
    """The table of training rows, relative to the config file: .csv or .tsv, plain or .gz."""
    test: str | int | float | None = None
    """Rows scored once, after training: a file, a number of rows, or a fraction of them."""
    validation: str | int | float | None = None
    """Rows scored after each epoch: a file, or a number or fraction of the rows that are left."""
    header: bool = True
    """Whether the first line names the columns. Without names they are 0, 1, 2, ..."""
    delimiter: str | None = None
    """The character between two cells; by default a tab in .tsv files and a comma in others."""
    target: str | int | tuple[str | int, ...] | None = None
    """The column to predict, or several of them."""
    features: tuple[str | int, ...] | None = None
    """The columns to predict from; by default all but the target."""
    drop: tuple[str | int, ...] = ()
    """Columns to leave out."""
    task: Literal["classes", "values"] | None = None
    """Whether the target holds classes or numbers; by default the loss decides."""
    classes: tuple[str | int | float | bool, ...] | None = None
    """The class labels in an order of your own; by default they are sorted."""
    split: SplitMethod | None = None
    """How test and validation rows are chosen; by default stratified for classes, else random."""
    scale: ScaleMethod = "none"
    """How features are scaled, by statistics of the training rows."""

    def __post_init__(self) -> None:
        for name in ("test", "validation"):
            _check_share(name, getattr(self, name))
        if self.delimiter is not None and len(self.delimiter) != 1:
            raise ValueError(f"delimiter must be a single character, got {self.delimiter!r}")
        if self.features is not None and not self.features:
            raise ValueError("features must name at least one column, got an empty list")
        if self.target == ():
            raise ValueError("target must name at least one column, got an empty list")
        if self.classes is not None and len(set(self.classes)) < max(2, len(self.classes)):
            raise ValueError(f"classes must be two or more different labels, got {self.classes}")


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
