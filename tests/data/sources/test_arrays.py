"""Tables kept by numpy, and what only says that it is one."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nncli.data.sources.opening import opened
from nncli.data.sources.table import TextError
from nncli.errors import DataError
from tests.data.tables import read, write


def test_an_array_of_rows_and_columns(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array([[1, 2.5], [3, np.nan]]))
    with opened(tmp_path / "a.npy") as source:
        assert source.names == (0, 1)
        assert source.place(1) == "row 1"
        assert source.files() == [(tmp_path / "a.npy", 2)]
    np.testing.assert_array_equal(read(tmp_path / "a.npy", (1, 0)).numbers, [[2.5, 1], [np.nan, 3]])


def test_arrays_with_names(tmp_path: Path) -> None:
    images = np.arange(12, dtype=np.uint8).reshape(2, 3, 2)
    np.savez(tmp_path / "a.npz", x=images, y=np.array([7, 8]), z=np.array(["p", "q"]))
    with opened(tmp_path / "a.npz") as source:
        assert source.names == ("x_0", "x_1", "x_2", "x_3", "x_4", "x_5", "y", "z")
        with pytest.raises(TextError, match="column 'z' must hold numbers, but is of type <U1"):
            list(source.chunks((6, 7)))
    piece = read(tmp_path / "a.npz", (0, 5, 6), (7, 6))
    assert piece.numbers.tolist() == [[0, 5, 7], [6, 11, 8]]
    assert piece.texts == (["p", "q"], ["7", "8"])


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"x": np.ones((3, 2)), "y": np.ones(2)}, r"same number of rows, but has x \(3, 2\), y"),
        ({"x": np.array([{}])}, "can't be read: .*; save arrays of numbers or text"),
        ({"x": np.ones(())}, "same number of rows"),
        ({"x": np.ones((2, 2)), "x_1": np.ones(2)}, "columns of the same name"),
    ],
)
def test_arrays_that_are_no_table(tmp_path: Path, arrays: dict[str, Any], message: str) -> None:
    np.savez(tmp_path / "a.npz", **arrays)
    with pytest.raises(DataError, match=message), opened(tmp_path / "a.npz"):
        pass


@pytest.mark.parametrize("name", ["a.npz", "a.npy"])
def test_what_only_is_called_an_array(tmp_path: Path, name: str) -> None:
    with (
        pytest.raises(DataError, match=f"{name} can't be read"),
        opened(write(tmp_path, "x", name)),
    ):
        pass


def array_file(header: str) -> bytes:
    return b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header.encode() + bytes(800)


LIES = {
    "rows": ("<f8", "(1000000000000, 4)", "promises .* but it has"),
    "one row": ("<f8", "(101,)", "promises .* but it has 800"),
    "rows of nothing": ("<U0", "(1000000000000,)", "promises .* but it has"),
    "fewer than none": ("<f8", "(-1,)", "promises .* but it has"),
    "beyond integers": ("<f8", f"({10**30}, 0)", "can't be read"),
    "no columns": ("<f8", "(5, 0)", "same number of rows"),
    "bytes of no type": ("|V8", "(100,)", "its values are of type"),
}


@pytest.mark.parametrize(("kind", "shape", "message"), LIES.values(), ids=LIES)
@pytest.mark.parametrize("packed", [False, True])
def test_a_header_that_lies(
    tmp_path: Path, kind: str, shape: str, message: str, packed: bool
) -> None:
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}}}\n"
    path = tmp_path / ("a.npz" if packed else "a.npy")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x.npy", array_file(header))
    path.write_bytes(file.getvalue() if packed else array_file(header))
    with pytest.raises(DataError, match=message), opened(path):
        pass


@pytest.mark.parametrize("header", ["(" * 9000, "-" * 9000 + "1", "{'descr': '<f8', \0", "{}"])
def test_a_header_that_is_none(tmp_path: Path, header: str) -> None:
    (tmp_path / "a.npy").write_bytes(array_file(header))
    with (
        pytest.raises(DataError, match=r"can't be read: .*; save arrays"),
        opened(tmp_path / "a.npy"),
    ):
        pass


def test_a_row_as_long_as_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nncli.data.sources.table.MOST_COLUMNS", 99)
    np.save(tmp_path / "a.npy", np.zeros((1, 100), np.uint8))
    with pytest.raises(DataError, match="has 100 columns; save it"), opened(tmp_path / "a.npy"):
        pass
