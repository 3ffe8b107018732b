"""What is to become of each chosen column, as far as the config says, before any row is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nncli.data.choosing import Chosen, InputSpec, OutputSpec
from nncli.data.features import Features
from nncli.data.kinds.base import Kind
from nncli.data.kinds.numeric import Numeric
from nncli.data.section import DataSection
from nncli.data.sources.table import Column
from nncli.data.targets import Target
from nncli.errors import ConfigError

_WHOLE_WAYS = ("error", "drop", "most_frequent", "constant")
"""What may be done about missing cells where numbers must stay whole."""


def plan_inputs(
    section: DataSection, chosen: Chosen, specs: Sequence[InputSpec], dtype: str
) -> tuple[list[Features], set[Column]]:
    """Return the inputs, and the columns that are taken for numbers since nobody says otherwise.

    Raises:
        ConfigError: An input of whole numbers is to be scaled, or to take what aren't numbers.
    """
    features: list[Features] = []
    undecided: set[Column] = set()
    for spec, columns in zip(specs, chosen.inputs, strict=True):
        integer = np.dtype(spec.dtype or dtype).kind == "i"
        plan = _whole_kind if integer else _kind
        kinds = {column: plan(section, column) for column in columns}
        features.append(Features(name=spec.name, dtype=spec.dtype or dtype, kinds=kinds))
        if not integer:
            undecided |= {column for column in columns if str(column) not in section.columns}
    if section.scale != "none" and all(np.dtype(part.dtype).kind == "i" for part in features):
        raise _scaled(("data", "scale"), section.scale)
    return features, undecided


def plan_targets(
    section: DataSection, chosen: Chosen, specs: Sequence[OutputSpec], dtype: str
) -> list[Target]:
    """Return the outputs' targets.

    Raises:
        ConfigError: Classes are to be scaled.
    """
    targets = []
    for spec, columns in zip(specs, chosen.outputs, strict=True):
        targets.append(
            Target(
                name=spec.name,
                columns=columns,
                holds=spec.target_holds(columns),
                dtype=dtype,
                scale=section.target_scale,
                missing=section.target_missing,
            )
        )
    if section.target_scale != "none" and all(target.holds != "values" for target in targets):
        raise ConfigError.at(
            ("data", "target_scale"),
            f"{section.target_scale} is for numbers, but the target isn't",
            "leave target_scale out",
        )
    return targets


def _kind(section: DataSection, column: Column) -> Kind:
    kind = section.columns.get(str(column), Numeric())
    return kind.settled(missing=section.missing, scale=section.scale)


def _whole_kind(section: DataSection, column: Column) -> Kind:
    """Return the kind of a column for an Input of whole numbers."""
    given, path = section.columns.get(str(column), Numeric()), ("data", "columns", str(column))
    if not isinstance(given, Numeric):
        raise ConfigError.at(
            path,
            f"its Input takes whole numbers, but the column is {given.type}",
            "give the Input dtype: float32, or say type: numeric",
        )
    if given.scale not in (None, "none"):
        raise _scaled((*path, "scale"), given.scale)
    default = section.missing if section.missing in _WHOLE_WAYS else "most_frequent"
    kind = replace(given, scale="none").settled(missing=default, scale="none")
    if kind.missing not in _WHOLE_WAYS:
        raise ConfigError.at(
            (*path, "missing"),
            f"its Input takes whole numbers, and {kind.missing} may be none",
            f"take one of {', '.join(_WHOLE_WAYS)}",
        )
    return kind


def _scaled(path: tuple[str, ...], method: str) -> ConfigError:
    return ConfigError.at(
        path,
        f"{method} makes fractions, but the Input takes whole numbers (int32)",
        "leave scale out, or give the Input dtype: float32",
    )
