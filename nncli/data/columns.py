"""Which columns are features and which are targets, and where they stand in another table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nncli.data.naming import counted, listed, nearest, unknown_column
from nncli.data.section import DataSection
from nncli.data.sources.table import Column, Source
from nncli.errors import ConfigError, DataError, Path

_WITHOUT_TARGET = (
    "without the target there is nothing to score, but `nncli predict` takes the table"
)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns chosen from the training table; integers where it had no header."""

    features: tuple[Column, ...]
    targets: tuple[Column, ...]
    width: int
    """Columns of the training table, which tells tables without a header apart."""

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


def choose_columns(section: DataSection, names: tuple[Column, ...]) -> Columns:
    """Return the columns that a config chooses from a table.

    Raises:
        ConfigError: It names columns that aren't there, or one column for two purposes.
    """
    targets = _targets(section, names)
    drop = [_find(("data", "drop", i), name, names) for i, name in enumerate(section.drop)]
    if section.features is None:
        features = [i for i in range(len(names)) if i not in {*targets, *drop}]
    else:
        features = [
            _find(("data", "features", i), name, names) for i, name in enumerate(section.features)
        ]
        _check_apart(features, drop, names, "data.features and in data.drop", ("data", "drop"))
        _check_apart(features, targets, names, "data.features and data.target", ("data", "target"))
        if len(set(features)) < len(features):
            raise ConfigError.at(("data", "features"), "a column is listed twice")
    _check_apart(targets, drop, names, "data.target and in data.drop", ("data", "drop"))
    if not features:
        raise ConfigError.at(
            ("data",), f"no column is left to predict from; the columns are {listed(names)}"
        )
    return Columns(
        features=tuple(names[i] for i in features),
        targets=tuple(names[i] for i in targets),
        width=len(names),
    )


def find_columns(wanted: Sequence[Column], source: Source) -> tuple[int, ...]:
    """Return the positions of columns given by name or by position, as `--keep` gives them.

    Raises:
        DataError: A column isn't there.
    """
    positions = []
    for name in wanted:
        position = _position(name, source.names)
        if position is None and isinstance(name, str) and name.isdecimal():
            position = _position(int(name), source.names)
        if position is None:
            message, hint = unknown_column(name, source.names)
            raise DataError(f"{source.label}: {message}; {hint}")
        positions.append(position)
    return tuple(positions)


def _targets(section: DataSection, names: tuple[Column, ...]) -> list[int]:
    if section.target is None:
        raise ConfigError.at(
            ("data",), "target is missing: which column is to be predicted?",
            f"The columns are {listed(names)}",
        )  # fmt: skip
    if not isinstance(section.target, tuple):
        return [_find(("data", "target"), section.target, names)]
    found = [_find(("data", "target", i), name, names) for i, name in enumerate(section.target)]
    if len(set(found)) < len(found):
        raise ConfigError.at(("data", "target"), "a column is listed twice")
    return found


def _find(path: Path, name: Column, names: tuple[Column, ...]) -> int:
    position = _position(name, names)
    if position is None:
        message, hint = unknown_column(name, names)
        if isinstance(name, str) and isinstance(names[0], int):
            hint += "; say data.header: true if the first line holds names"
        raise ConfigError.at(path, message, hint)
    return position


def _position(name: Column, names: Sequence[Column]) -> int | None:
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


def _check_apart(
    left: Sequence[int], right: Sequence[int], names: Sequence[Column], where: str, path: Path
) -> None:
    both = sorted(set(left) & set(right))
    if both:
        raise ConfigError.at(path, f"column {names[both[0]]!r} is in {where}")
