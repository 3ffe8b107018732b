"""`python -m nncli` is `nncli`. Ctrl-C ends it with one line, also while it is still importing."""

from __future__ import annotations

import signal
import sys
from types import FrameType


def main() -> None:
    """Run the command line and exit."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else it is to be ignored
        signal.signal(signal.SIGINT, _stop)
    from nncli.cli.app import main as run  # typer takes its time

    run()


def _stop(number: int, frame: FrameType | None) -> None:
    print("interrupted", file=sys.stderr)
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
