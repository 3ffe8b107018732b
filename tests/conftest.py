"""What holds for all tests."""

from __future__ import annotations

import signal

# As a terminal has them: started by nohup or behind an &, tests and their processes ignore these.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
