"""`python -m nncli` is `nncli`. Ctrl-C and its kin end it with one line, also while it imports."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from types import FrameType

_UNTOUCHED = (signal.SIG_DFL, signal.default_int_handler)


def main() -> None:
    """Run the command line and exit."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Windows lacks the last
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in _UNTOUCHED:  # else it is ignored
            signal.signal(number, _stop)
    from nncli.cli.app import main as run  # typer takes its time

    run()


def _stop(number: int, frame: FrameType | None) -> None:
    with suppress(OSError):  # the terminal may be gone
        print("interrupted", file=sys.stderr)
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
