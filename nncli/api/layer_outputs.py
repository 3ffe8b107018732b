"""predict --layer: what one layer makes of rows, as codes or features for other programs."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from math import prod

from nncli.api.answers import Cells
from nncli.api.restoring import RestoredRun
from nncli.data.naming import listed, nearest
from nncli.engine.layers.input import Input
from nncli.engine.model import Model
from nncli.engine.naming import name_layers
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ConfigError


@dataclass(frozen=True, kw_only=True)
class LayerOutputs:
    """The network up to a layer, and how that layer's numbers become columns."""

    name: str
    model: Model

    @property
    def columns(self) -> tuple[str, ...]:
        """One for each number of a row, in the order in which they lie in memory."""
        return tuple(f"{self.name}_{number}" for number in range(prod(self._shape)))

    def cells(self, inputs: Arrays) -> tuple[Cells, ...]:
        """Return the columns for some rows of the network's inputs."""
        outputs: Array = self.model.predict(inputs)[self._number]
        return tuple(outputs.reshape(len(outputs), -1).T)

    @property
    def _number(self) -> int:
        return self.model.output_names.index(self.name)

    @property
    def _shape(self) -> Shape:
        return self.model.output_shapes[self._number]


def outputs_of_layer(restored: RestoredRun, name: str) -> LayerOutputs:
    """Return what the layer of that name says.

    Raises:
        ConfigError: there is none, or it is an Input.
    """
    layers = deepcopy(list(restored.config.layers))
    name_layers(layers)
    names = [str(layer.name) for layer in layers if not isinstance(layer, Input)]
    if name not in names:
        close = nearest(name, names)
        hint = f"did you mean {close!r}?" if close else f"there is {listed(names)}"
        raise ConfigError.at((), f"--layer {name} names no layer of the network; {hint}")
    position = next(i for i, layer in enumerate(layers) if layer.name == name)
    given = None if isinstance(layers[0], Input) else restored.model.input_shapes[0]
    # Cut off behind the layer nobody reads it, which makes it an output; Inputs all stay.
    kept = layers[: position + 1]
    kept += [layer for layer in layers[position + 1 :] if isinstance(layer, Input)]
    model = Model(kept, input_shape=given, dtype=restored.config.dtype)
    model.load_weights(restored.model.weights())
    return LayerOutputs(name=name, model=model)
