"""Ctrl-C and the request to end: once to finish the batch and save, twice to stop at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from nncli.training.loop import Trainer


@contextmanager
def interruptible(trainer: Trainer) -> Iterator[None]:
    """Let SIGINT and SIGTERM end the training in order while the block runs."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread can be told
        return

    def handle(number: int, frame: FrameType | None) -> None:
        if trainer.interrupted:
            raise KeyboardInterrupt
        trainer.interrupt()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
