"""Threads that work on the parts of one job and finish it together."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

import numpy as np

Job = Callable[[int], None]


class Team:
    """Does a job's parts in `threads` threads, the calling one being the first.

    Which thread does which part is fixed: the thread t does t, t + threads, and so on. Handing a
    job over takes some 20 us. Use as a context manager, or call `close`.
    """

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._tasks: list[SimpleQueue[tuple[Job, int] | None]] = []
        self._done: SimpleQueue[BaseException | None] = SimpleQueue()
        self._helpers: list[Thread] = []
        for number in range(1, threads):
            self._tasks.append(SimpleQueue())
            helper = Thread(target=self._serve, args=(number, self._tasks[-1]), daemon=True)
            helper.start()
            self._helpers.append(helper)

    def run(self, job: Job, parts: int) -> None:
        """Call `job(part)` for every part; return when all are done.

        Raises:
            BaseException: what one of them raised.
        """
        helpers = self._tasks[: parts - 1]
        for tasks in helpers:
            tasks.put((job, parts))
        failure = self._work(job, 0, parts)
        for _ in helpers:
            failure = self._done.get() or failure
        if failure is not None:
            raise failure

    def close(self) -> None:
        """End the threads."""
        for tasks in self._tasks:
            tasks.put(None)
        for helper in self._helpers:
            helper.join()

    def _serve(self, number: int, tasks: SimpleQueue[tuple[Job, int] | None]) -> None:
        with np.errstate(all="ignore"):  # each thread has a state of its own
            while (task := tasks.get()) is not None:
                self._done.put(self._work(task[0], number, task[1]))

    def _work(self, job: Job, thread: int, parts: int) -> BaseException | None:
        try:
            for part in range(thread, parts, self.threads):
                job(part)
        except BaseException as error:
            return error
        return None

    def __enter__(self) -> Team:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
