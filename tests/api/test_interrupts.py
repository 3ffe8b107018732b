from __future__ import annotations

import signal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from nncli.api.interrupts import interruptible

NAMES = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def told() -> Any:
    trainer = SimpleNamespace(interrupted=False)
    trainer.interrupt = lambda: setattr(trainer, "interrupted", True)
    return cast(Any, trainer)


@pytest.mark.parametrize("name", NAMES)
def test_once_ends_in_order_and_twice_at_once(name: str) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)
    trainer = told()
    with interruptible(trainer):
        signal.raise_signal(number)
        assert trainer.interrupted
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
    assert signal.getsignal(number) is before


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no such signal here")
def test_hangup_stays_ignored_under_nohup() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with interruptible(told()):
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
