"""Where the columns that were chosen from the training table stand in another table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nncli.data.naming import counted, listed, nearest, unknown_column
from nncli.data.sources.table import Column, Source
from nncli.errors import DataError

_WITHOUT_TARGET = (
    "without the target there is nothing to score, but `nncli predict` takes the table"
)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns chosen from the training table; integers where it had no header."""

    features: tuple[Column, ...]
    """All that some input reads, each once."""
    targets: tuple[Column, ...]
    """All that scoring needs besides: targets, and a column of sample weights."""
    width: int
    """Columns of the training table, which tells tables without a header apart."""

    @classmethod
    def of(cls, features: Iterable[Column], targets: Iterable[Column], width: int) -> Columns:
        """Return them, each once."""
        return cls(
            features=tuple(dict.fromkeys(features)),
            targets=tuple(dict.fromkeys(targets)),
            width=width,
        )

    def places(self, source: Source, *, scoring: bool) -> dict[Column, int]:
        """Return the position of every column that predicting, or scoring, needs.

        Raises:
            DataError: Columns are missing.
        """
        found = dict(zip(self.features, self.find_features(source), strict=True))
        if scoring:
            found |= dict(zip(self.targets, self.find_targets(source), strict=True))
        return found

    def find_features(self, source: Source) -> tuple[int, ...]:
        """Return the features' positions in a table that may lack the target, or have more columns.

        Raises:
            DataError: Columns are missing, every one of them named.
        """
        if not isinstance(self.features[0], int):
            return _positions(self.features, source)
        positions = [int(name) for name in self.features]
        targets = [int(name) for name in self.targets]
        width = len(source.names)
        if width == self.width:
            return tuple(positions)
        if width == self.width - len(targets):
            return tuple(p - sum(target < p for target in targets) for p in positions)
        if width == len(positions):
            return tuple(range(width))
        counts = sorted({len(positions), self.width - len(targets), self.width})
        raise DataError(
            f"{source.label} has {counted(width, 'column')}, expected "
            f"{' or '.join(map(str, counts))}: the {counted(len(positions), 'feature')} alone, or "
            f"the {self.width} columns of the training table"
        )

    def find_targets(self, source: Source) -> tuple[int, ...]:
        """Return the targets' positions.

        Raises:
            DataError: Columns are missing.
        """
        if not self.targets:
            return ()
        if not isinstance(self.targets[0], int):
            try:
                return _positions(self.targets, source)
            except DataError as error:
                raise DataError(f"{error}; {_WITHOUT_TARGET}") from None
        if len(source.names) != self.width:
            raise DataError(
                f"{source.label} has {counted(len(source.names), 'column')}, expected "
                f"{self.width} as in the training table, the target among them; {_WITHOUT_TARGET}"
            )
        return tuple(int(name) for name in self.targets)


def find_columns(wanted: Sequence[Column], source: Source) -> tuple[int, ...]:
    """Return the positions of columns given by name or by position, as `--keep` gives them.

    Raises:
        DataError: A column isn't there.
    """
    positions = []
    for name in wanted:
        position = position_of(name, source.names)
        if position is None and isinstance(name, str) and name.isdecimal():
            position = position_of(int(name), source.names)
        if position is None:
            message, hint = unknown_column(name, source.names)
            raise DataError(f"{source.label}: {message}; {hint}")
        positions.append(position)
    return tuple(positions)


def position_of(name: Column, names: Sequence[Column]) -> int | None:
    """Return where a column stands; an integer is a position, from the end where negative."""
    if isinstance(name, int):
        return name % len(names) if -len(names) <= name < len(names) else None
    return names.index(name) if name in names else None


def _positions(wanted: tuple[Column, ...], source: Source) -> tuple[int, ...]:
    where = {name: position for position, name in enumerate(source.names)}
    missing = [name for name in wanted if name not in where]
    if missing:
        close = nearest(missing[0], source.names)
        hint = f"; did you mean its column {close!r}?" if close and len(missing) == 1 else ""
        raise DataError(
            f"{source.label} lacks {'column' if len(missing) == 1 else 'columns'} "
            f"{', '.join(map(str, missing))}{hint or f'. It has {listed(source.names)}'}"
        )
    return tuple(where[name] for name in wanted)
