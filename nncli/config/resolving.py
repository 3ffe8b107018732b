"""A checked config as plain values again, every default written out, for the run's config.yaml."""

from __future__ import annotations

import os
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from nncli.config.schema import Config
from nncli.data.sources.files import STANDARD_INPUT
from nncli.engine.component import Component
from nncli.engine.layers.base import Layer


def resolved(config: Config) -> dict[str, Any]:
    """Return plain values that load to an equal config, keys in the schema's order."""
    return {field.name: _plain(getattr(config, field.name)) for field in fields(config)}


def moved(config: Config, old: Path, new: Path) -> Config:
    """Return the config with paths that start from the folder `new` where they did from `old`."""
    weights = config.initial_weights
    if weights is not None and not Path(weights).is_absolute():
        config = replace(config, initial_weights=os.path.relpath(old / weights, new))
    if config.data is None:
        return config
    data = config.data
    files: dict[str, Any] = {
        name: os.path.relpath(old / path, new)
        for name in ("train", "test", "validation")
        if isinstance(path := getattr(data, name), str)
        and path != STANDARD_INPUT
        and not Path(path).is_absolute()
    }
    return replace(config, data=replace(data, **files))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if not is_dataclass(value):
        return value
    values = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if not isinstance(value, Component):
        return values
    if len(values) == 1 and not isinstance(value, Layer):
        return value.type
    return {"type": values.pop("type"), **values}
