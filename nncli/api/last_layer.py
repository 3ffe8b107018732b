"""Whether the last layer says what the loss and the target's classes want to hear."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from nncli.api.outputs import Output, chain_below
from nncli.config.schema import Config
from nncli.data.naming import counted
from nncli.data.preprocessing import Preprocessing
from nncli.data.targets import FittedTarget
from nncli.engine.layers.base import Layer
from nncli.engine.model import Model
from nncli.engine.types import Shape
from nncli.errors import ConfigError

PROBABILITIES = {"sigmoid", "softmax", "hard_sigmoid"}


def check_activation(config: Config, output: Output, outputs: int) -> None:
    """Refuse activations that can't give what the loss takes.

    Arguments:
        config: with the layers.
        output: the network's output.
        outputs: how many numbers it has.

    Raises:
        ConfigError: at the last layer that makes new numbers.
    """
    position = last_computing(config.layers, output.position)
    activation = config.layers[position].final_activation
    suited = "softmax" if outputs > 1 else "sigmoid"
    place = ("layers", position)
    instead = output.loss.for_one_output
    if instead is not None and outputs == 1:
        sigmoid = "" if instead == "hinge" else " with activation: sigmoid"
        raise ConfigError.at(
            place,
            f"{output.loss.type} compares the outputs of the classes with each other, but the last "
            "layer has a single one, and nothing would be learnt",
            f"for two classes take loss: {instead}{sigmoid}, for more a unit for each class",
        )
    if activation == "softmax" and outputs == 1:
        raise ConfigError.at(
            place,
            "softmax over a single output is always 1",
            "take activation: sigmoid, or a unit for each class",
        )
    from_logits = getattr(output.loss, "from_logits", None)
    if from_logits is False and activation is not None and activation not in PROBABILITIES:
        raise ConfigError.at(
            place,
            f"{output.loss.type} takes probabilities, but the last layer's activation is "
            f"{activation}, whose outputs are none",
            f"give it activation: {suited}, or the loss from_logits: true",
        )


def last_computing(layers: Sequence[Layer], end: int) -> int:
    """Return the position of the layer that made the numbers which the layer at `end` hands on;
    Flatten and Dropout make none.
    """
    for position in chain_below(layers, end):
        if not (layers[position].views_input or layers[position].passes_in_inference):
            return position
    return end


def check_all_outputs(outputs: Sequence[Output], model: Model, formed: Preprocessing) -> None:
    """Compare every output of a model with its target, see check_outputs."""
    ends = zip(outputs, model.output_shapes, formed.outputs, strict=True)
    for number, (output, shape, target) in enumerate(ends):
        features = formed.widths[min(number, len(formed.widths) - 1)]
        check_outputs(shape, target, output, features)


def check_outputs(shape: Shape, target: FittedTarget, output: Output, features: int) -> None:
    """Compare an output with its target's columns or classes.

    Arguments:
        shape: of one row of the output.
        target: fitted on the training rows.
        output: what the config says of it.
        features: how many numbers an autoencoder has to say.

    Raises:
        ConfigError: at that layer.
    """
    if target.holds == "inputs":
        wanted = features
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
    if output.loss.for_one_output is not None and shape[-1] == 1:
        return  # refused by check_activation, whose way out is another
    if shape != (wanted,) and (target.encoding != "values" or prod(shape) != wanted):
        given = counted(shape[0], "unit") if len(shape) == 1 else f"outputs of shape {shape} a row"
        raise ConfigError.at(
            ("layers", output.position),
            f"{what}, but the last layer has {given}",
            f"let the network end with {_flattened(shape)}{_suited_end(wanted, target, output)}",
        )


def _flattened(shape: Shape) -> str:
    """Return what takes away the axes that an output has beside that of its units."""
    match len(shape):
        case 1:
            return ""
        case 2:
            return (
                "Flatten (or GlobalAveragePooling1D, or return_sequences: false in a recurrent "
                "layer) and then "
            )
        case 3:
            return "Flatten (or GlobalAveragePooling2D) and then "
        case _:
            return "Flatten and then "


def _suited_end(wanted: int, target: FittedTarget, output: Output) -> str:
    """Return the last layer that the target and the loss want."""
    two = target.labels is not None and len(target.labels) == 2
    if two and output.loss.for_one_output is None:
        sigmoid = getattr(output.loss, "from_logits", None) is False
        return "a Dense layer of 1 unit" + " with activation: sigmoid" * sigmoid
    return f"a Dense layer of {counted(wanted, 'unit')}"
