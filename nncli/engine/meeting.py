"""Where replicas of a model meet: layers that need the whole batch add up their parts here."""

from __future__ import annotations

from threading import Barrier

import numpy as np

from nncli.engine.types import Array


class Meeting:
    """A meeting of `parties` replicas, each in a thread of its own; one party meets nobody."""

    def __init__(self, parties: int = 1) -> None:
        self.parties = parties
        self._barrier = Barrier(parties)
        self._parts: list[Array | None] = [None] * parties
        self._total: Array | None = None

    def add_up(self, replica: int, part: Array) -> None:
        """Replace `part` by the sum of all replicas' parts, added in the replicas' order."""
        if self.parties == 1:
            return
        self._parts[replica] = part
        self._barrier.wait()
        if replica == 0:
            self._total = np.add.reduce(self._parts)  # type: ignore[arg-type]
        self._barrier.wait()
        np.copyto(part, self._total)  # type: ignore[arg-type]

    def abort(self) -> None:
        """Wake up all who wait, because one has failed."""
        self._barrier.abort()
