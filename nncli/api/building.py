"""From a config to a model that fits its table."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from math import prod
from pathlib import Path

from nncli.api.outputs import outputs_of
from nncli.config.schema import Config
from nncli.data.choosing import InputSpec, OutputSpec
from nncli.data.labels import TargetEncoding
from nncli.data.naming import counted
from nncli.data.preparation import TrainingTable, read_table
from nncli.data.targets import Target
from nncli.engine.layers.input import Input
from nncli.engine.losses import Loss
from nncli.engine.model import Model
from nncli.engine.naming import name_layers
from nncli.errors import ConfigError


def read_training_table(config: Config, directory: Path) -> TrainingTable:
    """Return the table that a config trains on, read, split, and learnt from.

    Raises:
        ConfigError: there is none, or it lacks what the config names.
        DataError: it can't be read or used.
    """
    if config.data is None:
        raise ConfigError.at(("data",), "missing", "training needs a table")
    return read_table(
        config.data,
        directory=directory,
        inputs=input_specs(config),
        outputs=output_specs(config),
        seed=config.seed or 0,
        dtype=config.dtype,
    )


def input_specs(config: Config) -> list[InputSpec]:
    """Return what the network's inputs want; the table may be the first layer's."""
    layers = deepcopy(list(config.layers))
    name_layers(layers)
    inputs = [layer for layer in layers if isinstance(layer, Input)]
    return [
        InputSpec(name=layer.name, dtype="int32" if layer.dtype == "int32" else None)
        for layer in inputs
    ] or [InputSpec()]


def output_specs(config: Config) -> list[OutputSpec]:
    """Return what the losses of the network's outputs want."""
    task = config.data.task if config.data else None
    outputs = outputs_of(config)
    return [
        OutputSpec(
            name=output.name if len(outputs) > 1 else None,
            holds=task or output.loss.means,
            several=output.loss.type.startswith("binary_"),
        )
        for output in outputs
    ]


def has_input(config: Config) -> bool:
    """Whether the layers say what a row looks like, so that no table is needed to build them."""
    return isinstance(config.layers[0], Input)


def build_model(config: Config, widths: Sequence[int] | None, seed: int) -> Model:
    """Return the model, its input's shape taken from the table where the config has no Input.

    Arguments:
        config: the config.
        widths: how many features the table has for each input; None where an Input says it.
        seed: of the weights.

    Raises:
        ShapeError: layers don't fit each other.
        ConfigError: an output has no loss, or a loss no output.
    """
    outputs = outputs_of(config)
    return Model(
        config.layers,
        input_shape=None if widths is None else (widths[0],),
        losses=[output.loss for output in outputs],
        loss_weights=[output.weight for output in outputs],
        seed=seed,
        dtype=config.dtype,
    )


def check_inputs(config: Config, widths: Sequence[int]) -> None:
    """Compare the Input layers with what the table has for them.

    An Input of any shape takes the features in order, as 784 pixels make (28, 28, 1).

    Raises:
        ConfigError: an Input takes another number of values.
    """
    inputs = [(i, layer) for i, layer in enumerate(config.layers) if isinstance(layer, Input)]
    for (position, layer), width in zip(inputs, widths, strict=False):
        if prod(layer.shape) != width:
            raise ConfigError.at(
                ("layers", position, "shape"),
                f"the Input takes {counted(prod(layer.shape), 'value')} a row, but the table "
                f"gives it {counted(width, 'feature')}",
                "leave the Input out, or choose columns with data.features and data.drop"
                if len(inputs) == 1
                else "choose its columns with data.features",
            )


def target_encoding(loss: Loss, target: Target, outputs: int) -> TargetEncoding:
    """Return what an output's loss and layer want of its target columns."""
    if loss.sparse:
        return "index"
    if target.holds != "classes":
        return "values"
    return "binary" if outputs == 1 and loss.for_one_output is None else "one_hot"
