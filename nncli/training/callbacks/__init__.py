"""One file a callback. Importing this package fills `Callback.members`."""

from nncli.training.callbacks.base import Callback
from nncli.training.callbacks.early_stopping import EarlyStopping

__all__ = ["Callback", "EarlyStopping"]
