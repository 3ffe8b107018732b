"""Which loss the config gives each of the network's outputs, and what weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from nncli.config.schema import Config
from nncli.engine.layers.base import Layer
from nncli.engine.losses import Loss
from nncli.engine.wiring import name_ends
from nncli.errors import ConfigError


@dataclass(frozen=True, kw_only=True)
class Output:
    """One output, and what the config says of it."""

    name: str
    """Of the layer that nobody reads."""
    position: int
    """Of that layer in the config."""
    loss: Loss
    weight: float


def outputs_of(config: Config) -> list[Output]:
    """Return the outputs in the order of their layers.

    Raises:
        ShapeError: the layers don't hang together.
        ConfigError: a map names what is no output, or an output has no loss.
    """
    # Where no layer is valid, the rest of a config is looked at as if there were one output.
    ends = name_ends(config.layers) if config.layers else [("", 0)]
    names = [name for name, _ in ends]
    for key in ("loss", "loss_weights", "metrics"):
        given = getattr(config, key)
        if isinstance(given, dict):
            _check_names(key, given, names)
    if isinstance(config.loss, dict):
        for name in names:
            if name not in config.loss:
                raise ConfigError.at(
                    ("loss",),
                    f"the output {name!r} has no loss",
                    f"add one, as in {name}: mean_squared_error",
                )
    weights = config.loss_weights or {}
    return [
        Output(
            name=name,
            position=position,
            loss=config.loss[name] if isinstance(config.loss, dict) else config.loss,
            weight=weights.get(name, 1.0),
        )
        for name, position in ends
    ]


def chain_below(layers: Sequence[Layer], position: int) -> list[int]:
    """Return the positions of a layer and of those that it follows, one by one, upwards."""
    names = {layer.name: place for place, layer in enumerate(layers) if layer.name}
    chain = [position]
    while True:
        inputs = layers[chain[-1]].inputs
        if inputs is None:
            above = chain[-1] - 1
        elif len(inputs) == 1:
            above = names.get(inputs[0].partition(".")[0], -1)
        else:
            return chain
        if above < 0:
            return chain
        chain.append(above)


def _check_names(key: str, given: Mapping[str, Any], names: Iterable[str]) -> None:
    """Refuse a map that names what isn't an output."""
    for name in given:
        if name not in names:
            near = get_close_matches(name, list(names), 1)
            way_out = f"did you mean {near[0]!r}?" if near else f"they are {', '.join(names)}"
            message = "no output of the network is called so"
            raise ConfigError.at((key, name), message, way_out)
