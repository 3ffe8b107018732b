"""Training that begins with weights from a file, as a Keras model's under their Keras names."""

from __future__ import annotations

from pathlib import Path

from nncli.engine.model import Model
from nncli.errors import ConfigError, RunError
from nncli.runs.weights import load_foreign_weights


def load_initial(model: Model, path: Path) -> None:
    """Put the file's weights into the model.

    Raises:
        ConfigError: it can't be read, or holds the weights of another network.
    """
    if path.is_dir():  # as an empty path is
        message = f"{path} is a folder; name a file of weights in it"
        raise ConfigError.at(("initial_weights",), message)
    try:
        model.load_weights(load_foreign_weights(path, model.weights()))
    except RunError as error:
        raise ConfigError.at(("initial_weights",), str(error)) from None
