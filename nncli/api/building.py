"""From a config to a model that fits its table."""

from __future__ import annotations

from math import prod
from pathlib import Path

from numpy.typing import DTypeLike

from nncli.config.schema import Config
from nncli.data.columns import choose_columns
from nncli.data.labels import TargetEncoding
from nncli.data.naming import counted
from nncli.data.section import DataSection
from nncli.data.sources.delimited import open_table
from nncli.data.sources.files import beside
from nncli.engine.layers.input import Input
from nncli.engine.model import Model
from nncli.errors import ConfigError


def count_features(section: DataSection, directory: Path) -> int:
    """Return how many columns the table feeds to the network, from its first lines."""
    table = open_table(
        beside(directory, section.train), header=section.header, delimiter=section.delimiter
    )
    return len(choose_columns(section, table.names).features)


def build_model(config: Config, features: int, seed: int) -> Model:
    """Return the model, its input shape taken from the table where the config has no Input.

    An Input of any shape takes the columns in order, as 784 pixels make (28, 28, 1).

    Raises:
        ShapeError: layers don't fit each other.
        ConfigError: layers don't fit the table, or there are too many of a kind.
    """
    first = config.layers[0]
    model = Model(
        config.layers, input_shape=(features,), losses=[config.loss], seed=seed, dtype=config.dtype
    )
    if isinstance(first, Input) and prod(first.shape) != features:
        raise ConfigError.at(
            ("layers", 0, "shape"),
            f"the Input takes {counted(prod(first.shape), 'value')} a row, but the table has "
            f"{counted(features, 'feature column')}",
            "leave the Input out, or choose columns with data.features and data.drop",
        )
    for what, shapes in (("inputs", model.input_shapes), ("outputs", model.output_shapes)):
        if len(shapes) != 1:
            raise ConfigError.at(
                ("layers",), f"the network has {len(shapes)} {what}; train takes one"
            )
    return model


def input_dtype(model: Model) -> DTypeLike:
    """Return the type that the network's one Input takes."""
    entry = next(node.layer for node in model.nodes if not node.inputs)
    return entry.output_dtype or model.dtype


def target_encoding(config: Config, outputs: int) -> TargetEncoding:
    """Return what loss and last layer want of the target column."""
    task = config.data.task if config.data and config.data.task else config.loss.means
    if config.loss.sparse:
        return "index"
    if task == "values":
        return "values"
    return "binary" if outputs == 1 else "one_hot"
