"""The way out of a mistake in a config: the nearest name, or the place of a key of Keras's."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from nncli.engine.component import Component
from nncli.errors import Path

_INPUT_LAYER = (
    "the input's shape comes from the data; to write it down, "
    "begin the layers with {type: Input, shape: [8]}"
)
_DTYPE = "write it at the top of the config, for all layers work in one dtype"
_COMPILED = "leave it out: there is nothing to compile"
_PROGRESS = "how much is printed is chosen on the command line, with --progress or -q"

KERAS_KEYS = {
    "validation_split": "write it under data, as in 'data: {validation: 0.2}'",
    "validation_data": "write the file under data, as in 'data: {validation: held_out.csv}'",
    "validation_batch_size": "leave it out: validation results don't depend on it",
    "learning_rate": "write it under the optimizer, as in '{type: adam, learning_rate: 0.001}'",
    "decay": "write a weight_decay under the optimizer adamw",
    "input_shape": _INPUT_LAYER,
    "input_dim": _INPUT_LAYER,
    "batch_input_shape": _INPUT_LAYER,
    "batch_shape": _INPUT_LAYER,
    "input_length": _INPUT_LAYER,
    "verbose": _PROGRESS,
    "x": "the columns to learn from are chosen under data, with 'features'",
    "y": "the column to predict is named under data, as 'target'",
    "target": "write it under data, as in 'data: {target: label}'",
    "train": "write it under data, as in 'data: {train: table.csv}'",
    "model": "the layers stand in a list under 'layers'",
    "filepath": "the best epoch's weights are always in the run's weights/best.safetensors",
    "steps_per_epoch": "an epoch is always all training rows",
    "seed": "write it at the top of the config",
    "config": "a component's settings stand beside its 'type'",
    "dtype": _DTYPE,
    "autocast": _DTYPE,
    "stateful": "leave it out: rows are shuffled and divided, so no state could go from one batch "
    "to the next; put all steps that belong together into one row",
    "unroll": "leave it out: it changes no result, and nothing here would be faster by it",
    "implementation": "leave it out: it changes no result, and the fastest way is always taken",
    "use_cudnn": "leave it out: it is for GPUs",
    "time_major": "leave it out: an input's steps always come before its features",
    "data_format": "leave it out: channels always come last, as in (height, width, channels)",
    "synchronized": "leave it out: replicas always take their statistics together",
    "reduction": "leave it out: a loss is always the mean over all rows",
    "loss_scale_factor": "leave it out: it is for float16",
    "jit_compile": _COMPILED,
    "run_eagerly": _COMPILED,
    "steps_per_execution": _COMPILED,
}
"""What users of Keras, and of its tutorials, write where nncli wants it elsewhere."""

OTHER_NAMES = {
    "lr": "learning_rate",
    "nb_epoch": "epochs",
    "random_state": "seed",
    "random_seed": "seed",
    "class_name": "type",
}

_SHORT_NAMES = {
    "mse": "mean_squared_error",
    "mae": "mean_absolute_error",
    "rmse": "root_mean_squared_error",
    "bce": "binary_crossentropy",
    "acc": "accuracy",
    "maxpool1d": "MaxPooling1D",
    "maxpool2d": "MaxPooling2D",
    "avgpool1d": "AveragePooling1D",
    "avgpool2d": "AveragePooling2D",
    "globalmaxpool1d": "GlobalMaxPooling1D",
    "globalmaxpool2d": "GlobalMaxPooling2D",
    "globalavgpool1d": "GlobalAveragePooling1D",
    "globalavgpool2d": "GlobalAveragePooling2D",
    "swish": "silu",
}
_BOOLEANS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
_SIXTIES = re.compile(r"\d+(:\d+)+")
_MOST_NAMES = 20
_LARGEST_SPELT = 1e16


def for_key(path: Path, known: Sequence[str]) -> str:
    """Return the way out for an unknown key, the last step of `path`."""
    key = OTHER_NAMES.get(str(path[-1]), str(path[-1]))
    if key in known:
        return f"did you mean {key!r}?"
    if key in KERAS_KEYS:
        return KERAS_KEYS[key]
    if close := nearest(key, known):
        return f"did you mean {close!r}?"
    return f"known here: {listed(known)}" if known else ""


def for_member(name: str, family: type[Component]) -> str:
    """Return the way out for a `type` that the family doesn't have."""
    short = _SHORT_NAMES.get(name.lower())
    close = short if short in family.members else nearest(name, family.members)
    return f"did you mean {close!r}?" if close else f"known: {listed(sorted(family.members))}"


def for_value(value: Any, error_type: str, context: dict[str, Any]) -> str:
    """Return the way out for a value of the wrong type."""
    if error_type == "bool_type" and str(value).lower() in _BOOLEANS:
        return f"write {_BOOLEANS[str(value).lower()]}"
    if error_type in ("int_type", "float_type") and isinstance(value, str) and _is_number(value):
        return f"write {value} without quotes" if "_" not in value else "write it without '_'"
    if error_type in ("int_type", "float_type") and _SIXTIES.fullmatch(str(value)):
        return "some readers of YAML count a number with colons in sixties; write it without them"
    if error_type == "int_type" and isinstance(value, float) and value.is_integer():
        return f"write {int(value)}" if abs(value) < _LARGEST_SPELT else "write a smaller one"
    if error_type == "string_type" and isinstance(value, int | float):
        return f"put it in quotes: '{shown(value)}'"
    if error_type == "tuple_type" and isinstance(value, str | int | float):
        return f"write [{value if isinstance(value, str) else shown(value)}]"
    if error_type == "literal_error" and isinstance(value, str):
        choices = str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
        close = nearest(value, choices)
        return f"did you mean {close!r}?" if close else ""
    return ""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that was most likely meant; case and underscores matter little."""
    folded = {candidate.lower().replace("_", ""): candidate for candidate in known}
    close = difflib.get_close_matches(name.lower().replace("_", ""), folded, 1, cutoff=0.7)
    return folded[close[0]] if close else None


def listed(names: Iterable[str]) -> str:
    """Return the names with commas, at most a line or so of them."""
    names = list(names)
    rest = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + rest


def shown(value: Any) -> str:
    """Return a value as the user would write it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case str() if len(value) > 60:
            return repr(value[:57] + "...")
        case _:
            return repr(value)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
