"""Which columns the config chooses: for each input, for each output, and for the weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from nncli.data.columns import Columns, position_of
from nncli.data.naming import listed, nearest, unknown_column
from nncli.data.section import DataSection, Names
from nncli.data.sources.table import Column
from nncli.data.targets import Holds
from nncli.errors import ConfigError, Path

THE_INPUTS = "inputs"
"""The target of an autoencoder."""


@dataclass(frozen=True, kw_only=True)
class InputSpec:
    """What is known of one of the network's inputs before the table is looked at."""

    name: str | None = None
    """The Input layer's name, by which the config may call it; None where there is no layer."""
    dtype: str | None = None
    """Its type where that isn't the model's precision, as int32."""


@dataclass(frozen=True, kw_only=True)
class OutputSpec:
    """What the loss of one of the network's outputs wants to know."""

    name: str | None = None
    """The layer's name, by which the config may call it."""
    holds: Literal["classes", "values"]
    several: bool = False
    """Whether classes may be several columns, each of yes and no."""

    def target_holds(self, columns: Sequence[Column]) -> Holds:
        """Return what target columns hold for this output; there are none in an autoencoder."""
        if not columns:
            return "inputs"
        return "labels" if self.holds == "classes" and len(columns) > 1 else self.holds


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The columns by what they are for."""

    names: tuple[Column, ...]
    """All of the table."""
    inputs: tuple[tuple[Column, ...], ...]
    outputs: tuple[tuple[Column, ...], ...]
    """Empty where an output is to equal an input."""
    weight: Column | None

    @property
    def columns(self) -> Columns:
        """What other tables must have."""
        weights = () if self.weight is None else (self.weight,)
        return Columns.of(chain(*self.inputs), chain(*self.outputs, weights), width=len(self.names))


def choose_columns(
    section: DataSection,
    names: tuple[Column, ...],
    inputs: Sequence[InputSpec] = (InputSpec(),),
    outputs: Sequence[OutputSpec] = (OutputSpec(holds="values"),),
) -> Chosen:
    """Return the columns that a config chooses from a table.

    Raises:
        ConfigError: It names columns that aren't there, or one column for two purposes.
    """
    targets = _targets(section, names, outputs)
    weight = section.sample_weight
    weights = [] if weight is None else [_find(("data", "sample_weight"), weight, names)]
    drop = [_find(("data", "drop", i), name, names) for i, name in enumerate(section.drop)]
    scored = [position for part in targets for position in part]
    _check_apart(scored, drop, names, "data.target and in data.drop", ("data", "drop"))
    _check_apart(scored, weights, names, "data.target too", ("data", "sample_weight"))
    _check_apart(weights, drop, names, "data.sample_weight and in data.drop", ("data", "drop"))
    ignored = _ignored(section, names)
    features = _features(section, names, inputs, {*scored, *weights, *drop, *ignored})
    for path, positions in features.items():
        _check_apart(positions, drop, names, "data.features and in data.drop", ("data", "drop"))
        _check_apart(positions, scored, names, "data.features and data.target", ("data", "target"))
        _check_apart(positions, weights, names, "data.features too", ("data", "sample_weight"))
        _check_apart(positions, ignored, names, "data.features, but of type ignore", path)
        if len(set(positions)) < len(positions):
            raise ConfigError.at(path, "a column is listed twice")
    _check_described(section, names, {p for part in features.values() for p in part} | ignored)
    return Chosen(
        names=names,
        inputs=tuple(tuple(names[p] for p in part) for part in features.values()),
        outputs=tuple(tuple(names[p] for p in part) for part in targets),
        weight=names[weights[0]] if weights else None,
    )


def _features(
    section: DataSection,
    names: tuple[Column, ...],
    inputs: Sequence[InputSpec],
    others: set[int],
) -> dict[Path, list[int]]:
    """Return the positions of each input's columns, by their place in the config."""
    place: Path = ("data", "features")
    given = section.features
    if isinstance(given, dict):
        by_name = _by_name(place, given, [spec.name for spec in inputs], "Input")
        return {path: _find_all(path, part, names) for path, part in by_name.items()}
    if len(inputs) > 1:
        example = ", ".join(f"{spec.name}: [...]" for spec in inputs)
        raise ConfigError.at(
            place if given is not None else ("data",),
            f"the network has {len(inputs)} inputs, so features must say which columns are whose",
            f"write features: {{{example}}}",
        )
    if given is not None:
        return {place: _find_all(place, given, names)}
    positions = [i for i in range(len(names)) if i not in others]
    if not positions:
        raise ConfigError.at(
            ("data",), f"no column is left to predict from; the columns are {listed(names)}"
        )
    return {place: positions}


def _targets(
    section: DataSection, names: tuple[Column, ...], outputs: Sequence[OutputSpec]
) -> list[list[int]]:
    """Return the positions of each output's columns; none where it is to equal an input."""
    place: Path = ("data", "target")
    given = section.target
    if given is None:
        raise ConfigError.at(
            ("data",), "target is missing: name the column to predict",
            f"the columns are {listed(names)}",
        )  # fmt: skip
    if isinstance(given, dict):
        by_name = _by_name(place, given, [spec.name for spec in outputs], "output")
    elif given == THE_INPUTS or len(outputs) == 1:
        by_name = {(*place, i) if i else place: given for i in range(len(outputs))}
    else:
        example = ", ".join(f"{spec.name}: ..." for spec in outputs)
        raise ConfigError.at(
            place,
            f"the network has {len(outputs)} outputs, so target must say which columns are whose",
            f"write target: {{{example}}}",
        )
    found = []
    for (path, part), spec in zip(by_name.items(), outputs, strict=True):
        positions = [] if part == THE_INPUTS else _find_all(path, part, names)
        if part == THE_INPUTS and THE_INPUTS in names:
            raise ConfigError.at(
                path, "inputs means the network's inputs, but there is also a column of that name",
                "for the column write target: [inputs]",
            )  # fmt: skip
        if len(set(positions)) < len(positions):
            raise ConfigError.at(path, "a column is listed twice")
        if len(positions) > 1 and spec.holds == "classes" and not spec.several:
            raise ConfigError.at(
                path, "classes must stand in one column, got several",
                "for several columns of yes and no take the loss binary_crossentropy, "
                "for several numbers one such as mean_squared_error",
            )  # fmt: skip
        found.append(positions)
    return found


def _by_name(
    place: Path, given: Mapping[str, Names], names: Sequence[str | None], what: str
) -> dict[Path, Names]:
    """Return a map's values in the order of the network's inputs or outputs."""
    known = [name for name in names if name is not None]
    for name in given:
        if name not in known:
            close = nearest(name, known) if known else None
            hint = f"did you mean {close!r}?" if close else f"there is {listed(known)}"
            if not known:
                hint = f"name it with a layer {{type: Input, name: {name}, shape: [...]}}"
            raise ConfigError.at((*place, name), f"the network has no {what} of that name", hint)
    if lacking := [name for name in known if name not in given]:
        raise ConfigError.at(place, f"the {what} {lacking[0]!r} is missing")
    return {(*place, name): given[name] for name in known}


def _find_all(path: Path, given: Names, names: tuple[Column, ...]) -> list[int]:
    if not isinstance(given, tuple):
        return [_find(path, given, names)]
    return [_find((*path, i), name, names) for i, name in enumerate(given)]


def _find(path: Path, name: Column, names: tuple[Column, ...]) -> int:
    position = position_of(name, names)
    if position is None:
        message, hint = unknown_column(name, names)
        if isinstance(name, str) and isinstance(names[0], int):
            hint += "; say data.header: true if the first line holds names"
        raise ConfigError.at(path, message, hint)
    return position


def _ignored(section: DataSection, names: tuple[Column, ...]) -> set[int]:
    """Return the columns of type ignore; every one that data.columns speaks of must be there."""
    found = {}
    for key in section.columns:
        name = int(key) if isinstance(names[0], int) and key.isdecimal() else key
        found[key] = _find(("data", "columns", key), name, names)
    return {found[key] for key, kind in section.columns.items() if kind.reads == "nothing"}


def _check_described(section: DataSection, names: tuple[Column, ...], features: set[int]) -> None:
    used = {str(names[position]) for position in features}
    for key in section.columns:
        if key not in used:
            raise ConfigError.at(
                ("data", "columns", key), "the column is not among the features",
                "take it out here; a target is described by data.task, classes and target_scale",
            )  # fmt: skip


def _check_apart(
    left: Sequence[int] | set[int],
    right: Sequence[int] | set[int],
    names: Sequence[Column],
    where: str,
    path: Path,
) -> None:
    both = sorted(set(left) & set(right))
    if both:
        raise ConfigError.at(path, f"column {names[both[0]]!r} is in {where}")
