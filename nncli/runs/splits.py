"""splits.csv: which row of which table went to training, validation and test."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from nncli.errors import RunError
from nncli.runs.store import write_csv

_HEADER = ["row", "split", "table"]


def write_splits(path: Path, rows: Iterable[tuple[int, str, str]]) -> None:
    """Write (row number counted from 0, split, the table's name) of every row."""
    write_csv(path, _HEADER, rows)


def read_splits(path: Path) -> dict[str, list[int]]:
    """Return each split's row numbers, ascending.

    Raises:
        RunError: the file is missing or damaged.
    """
    splits: dict[str, list[int]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            if next(lines, None) != _HEADER:
                raise RunError(f"{path} is damaged: it should begin with {','.join(_HEADER)}")
            for row, split, _ in lines:
                splits.setdefault(split, []).append(int(row))
    except FileNotFoundError:
        raise RunError(f"{path} is missing") from None
    except (ValueError, csv.Error) as error:
        raise RunError(f"{path} is damaged: {error}") from None
    except OSError as error:
        raise RunError(f"can't read {path}: {error.strerror or error}") from error
    return splits
