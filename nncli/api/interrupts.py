"""Ctrl-C and its kin, SIGTERM and SIGHUP: once to finish the batch and save, twice to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from nncli.training.loop import Trainer


@contextmanager
def interruptible(trainer: Trainer) -> Iterator[None]:
    """Let SIGINT, SIGTERM and SIGHUP end the training in order while the block runs."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread can be told
        return

    def handle(number: int, frame: FrameType | None) -> None:
        if trainer.interrupted:
            raise KeyboardInterrupt
        trainer.interrupt()

    names = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows lacks the last
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    # What is ignored, as under nohup or behind a script's &, stays ignored.
    numbers = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
