"""Where replicas of a model meet: layers that need the whole batch lay their parts together."""

from __future__ import annotations

from threading import Barrier

import numpy as np

from nncli.engine.types import Array


class Meeting:
    """A meeting of `parties` replicas, each in a thread of its own; one party meets nobody.

    Parts are laid on two tables in turn: nobody can come to a table again before everybody has
    come to the other one, so one wait a meeting is enough. Until then a part must not change.
    """

    def __init__(self, parties: int = 1) -> None:
        self.parties = parties
        self._barrier = Barrier(parties)
        self._tables: list[list[Array | None]] = [[None] * parties for _ in range(2)]
        self._turns = [0] * parties

    def gather(self, replica: int, part: Array) -> list[Array]:
        """Return all replicas' parts, in the replicas' order."""
        if self.parties == 1:
            return [part]
        table = self._tables[self._turns[replica]]
        self._turns[replica] ^= 1
        table[replica] = part
        self._barrier.wait()
        return table  # type: ignore[return-value]

    def add_up(self, replica: int, part: Array) -> Array:
        """Return the sum of all replicas' parts, added in the replicas' order."""
        total: Array = np.add.reduce(self.gather(replica, part))
        return total

    def abort(self) -> None:
        """Wake up all who wait, because one has failed."""
        self._barrier.abort()
