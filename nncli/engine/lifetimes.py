"""Lets buffers share memory where the one is needed no more when the other begins.

Training keeps every activation until its layer's backward, but gradients only from one layer to
the one before it; inference keeps nothing longer than that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from nncli.engine.buffers import Buffer, Memory


def share_memory(steps: Sequence[tuple[Any, ...]], kept: Sequence[Buffer]) -> None:
    """Move buffers that only these steps use into as few stretches of memory as are needed.

    Arguments:
        steps: operands in the order of their use, buffers in tuples of any depth.
        kept: buffers that are filled before the steps or read after them; they stay by themselves.
    """
    first: dict[Memory, int] = {}
    last: dict[Memory, int] = {}
    for number, operands in enumerate(steps):
        for buffer in _buffers(operands):
            first.setdefault(buffer.memory, number)
            last[buffer.memory] = number
    alone = {buffer.memory for buffer in kept}
    free: list[Memory] = []
    busy: list[tuple[int, Memory]] = []
    for memory, start in first.items():
        if memory in alone:
            continue
        free += [other for end, other in busy if end < start]
        busy = [(end, other) for end, other in busy if end >= start]
        home = memory
        if free:
            home = min(free, key=lambda other: abs(other.size(1) - memory.size(1)))
            free.remove(home)
            home.adopt(memory)
        busy.append((last[memory], home))


def _buffers(operands: Any) -> Iterator[Buffer]:
    if isinstance(operands, Buffer):
        yield operands
    elif isinstance(operands, tuple):
        for operand in operands:
            yield from _buffers(operand)
