"""A file of arrays that was altered is never taken for what was written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nncli.errors import RunError
from nncli.runs.arrays import checksum, opened, refuse_changed, write_arrays

ARRAYS = {
    "b": np.arange(6, dtype=np.float32).reshape(2, 3),
    "a": np.zeros(0),
    "c": np.array(7),
}


def read(path: Path) -> None:
    with opened(path) as file:
        arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (no mapping)
        refuse_changed(file, arrays, path)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write_arrays(tmp_path / "x", ARRAYS)
    write_arrays(tmp_path / "y", dict(reversed(ARRAYS.items())))
    read(tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == (tmp_path / "y").read_bytes()


def test_any_changed_bit_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_arrays(path, ARRAYS)
    content = path.read_bytes()
    for position in range(len(content)):
        changed = bytearray(content)
        changed[position] ^= 1 << position % 8
        path.write_bytes(changed)
        with pytest.raises(RunError, match=r"is damaged"):
            read(path)


def test_the_checksum_is_of_names_types_shapes_and_values() -> None:
    sums = {
        checksum(arrays)
        for arrays in (
            ARRAYS,
            ARRAYS | {"b": ARRAYS["b"].reshape(3, 2)},
            ARRAYS | {"b": ARRAYS["b"].view(np.int32)},
            ARRAYS | {"b": -ARRAYS["b"]},
            {name.upper(): array for name, array in ARRAYS.items()},
        )
    }
    assert len(sums) == 5
