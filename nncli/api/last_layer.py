"""Whether the last layer says what the loss and the target's classes want to hear."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from nncli.config.schema import Config
from nncli.data.naming import counted
from nncli.data.preprocessing import Preprocessing
from nncli.engine.layers.base import Layer
from nncli.engine.model import Model
from nncli.errors import ConfigError

PROBABILITIES = {"sigmoid", "softmax", "hard_sigmoid"}


def check_activation(config: Config, outputs: int) -> None:
    """Refuse activations that can't give what the loss takes.

    Arguments:
        config: with its last layer.
        outputs: how many outputs it has.

    Raises:
        ConfigError: at the last layer.
    """
    position = last_computing(config.layers)
    activation = config.layers[position].final_activation
    suited = "softmax" if outputs > 1 else "sigmoid"
    place = ("layers", position)
    if activation == "softmax" and outputs == 1:
        raise ConfigError.at(
            place,
            "softmax over a single output is always 1",
            "take activation: sigmoid, or a unit for each class",
        )
    from_logits = getattr(config.loss, "from_logits", None)
    if from_logits is False and activation is not None and activation not in PROBABILITIES:
        raise ConfigError.at(
            place,
            f"{config.loss.type} takes probabilities, but the last layer's activation is "
            f"{activation}, whose outputs are none",
            f"give it activation: {suited}, or the loss from_logits: true",
        )


def last_computing(layers: Sequence[Layer]) -> int:
    """Return the position of the last layer that makes new numbers; Flatten and Dropout don't."""
    for position in reversed(range(len(layers))):
        if not (layers[position].views_input or layers[position].passes_in_inference):
            return position
    return len(layers) - 1


def check_outputs(model: Model, preprocessing: Preprocessing, position: int) -> None:
    """Compare the last layer's outputs with the target's columns or classes.

    Arguments:
        model: built.
        preprocessing: fitted on the training rows.
        position: of the last layer in the config.

    Raises:
        ConfigError: at the last layer.
    """
    (shape,) = model.output_shapes
    (target,) = preprocessing.outputs
    if target.holds == "inputs":
        wanted = preprocessing.widths[0]
        what = f"the target is the inputs, {counted(wanted, 'feature')}"
    elif target.encoding == "binary":
        wanted, what = 1, "the target has two classes"
    elif target.labels is not None:
        wanted = len(target.labels)
        what = f"the target has {wanted} classes ({', '.join(map(str, target.labels[:6]))}"
        what += ", ...)" if wanted > 6 else ")"
    else:
        wanted = len(target.columns)
        what = f"the target has {counted(wanted, 'column')}"
    if shape != (wanted,) and (target.encoding != "values" or prod(shape) != wanted):
        given = counted(shape[0], "unit") if len(shape) == 1 else f"outputs of shape {shape} a row"
        raise ConfigError.at(
            ("layers", position),
            f"{what}, but the last layer has {given}",
            f"let the network end with a Dense layer of {counted(wanted, 'unit')}",
        )
