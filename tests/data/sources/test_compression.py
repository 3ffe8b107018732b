"""Every compression reads as the plain file does, and is refused in words where it is damaged."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from nncli.data.sources import compression
from nncli.data.sources.arrays import open_arrays
from nncli.errors import DataError
from tests.data.tables import open_table

TEXT = b"a,b\n1,2\n3,4\n"


def zipped(text: bytes, *names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names or ("table.csv",):
            archive.writestr(name, text)
    return file.getvalue()


def zst(text: bytes) -> bytes:
    packed: bytes = pytest.importorskip("zstandard").ZstdCompressor().compress(text)
    return packed


KINDS = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zip": zipped,
    ".zst": zst,
}
kinds = pytest.mark.parametrize(("ending", "pack"), KINDS.items(), ids=KINDS)


@kinds
@pytest.mark.parametrize("cell", [4, 4.5])
@pytest.mark.parametrize("large", [False, True])
def test_reads_as_the_plain_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
    pack: Callable[[bytes], bytes],
    large: bool,
    cell: float,
) -> None:
    monkeypatch.setattr("nncli.data.sources.delimited.LARGE", 0 if large else 1 << 60)
    path = tmp_path / f"table.csv{ending}"
    path.write_bytes(pack(TEXT.replace(b"4", str(cell).encode())))
    (piece,) = open_table(path).chunks((0, 1))
    assert piece.numbers.tolist() == [[1, 2], [3, cell]]


@kinds
@pytest.mark.parametrize("damage", ["none at all", "cut off"])
def test_damaged_files(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes], damage: str
) -> None:
    path = tmp_path / f"table.csv{ending}"
    packed = pack(TEXT * 50)[:-12]
    path.write_bytes(TEXT if damage == "none at all" else packed)
    with pytest.raises(DataError, match=rf"is named \{ending}, but is no such file, or damaged"):
        list(open_table(path).chunks((0, 1)))


def test_an_archive_of_several_files(tmp_path: Path) -> None:
    path = tmp_path / "table.csv.zip"
    path.write_bytes(zipped(TEXT, "a.csv", "b.csv"))
    with pytest.raises(DataError, match=r"holds 2 files \(a\.csv, b\.csv\); unpack it"):
        open_table(path)


def test_a_tab_separated_file_is_told_by_the_ending_before(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv.bz2"
    path.write_bytes(bz2.compress(b"a\tb\n1\t2\n"))
    assert open_table(path).names == ("a", "b")


@kinds
@pytest.mark.parametrize("row", [b"0,0\n", b"-0,0\n"])
@pytest.mark.parametrize("large", [False, True])
def test_what_unpacks_to_far_too_much(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
    pack: Callable[[bytes], bytes],
    large: bool,
    row: bytes,
) -> None:
    monkeypatch.setattr("nncli.data.sources.delimited.LARGE", 0 if large else 1 << 60)
    monkeypatch.setattr(compression, "_ALWAYS_FINE", 1 << 17)
    path = tmp_path / f"table.csv{ending}"
    path.write_bytes(pack(b"a,b\n" + row * (1 << 16)))
    if ending == ".zip":  # which the helper doesn't pack
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("table.csv", b"a,b\n" + row * (1 << 16))
    with pytest.raises(DataError, match="unpacks to more than 200 times its size, as no table"):
        list(open_table(path).chunks((0, 1)))
    monkeypatch.setattr(compression, "_ALWAYS_FINE", 1 << 20)
    assert sum(map(len, open_table(path).chunks((0, 1)))) == 1 << 16


def test_arrays_that_unpack_to_far_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compression, "_ALWAYS_FINE", 1 << 20)
    np.savez_compressed(tmp_path / "table.npz", x=np.zeros((1 << 18, 4)))
    with pytest.raises(DataError, match="unpacks to more than 200 times its size"):
        open_arrays(tmp_path / "table.npz")


def test_an_archive_packed_in_an_unusual_way(tmp_path: Path) -> None:
    path = tmp_path / "table.csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("table.csv", TEXT)
    with pytest.raises(DataError, match="is packed in an unusual way; unpack it"):
        open_table(path)


def test_a_bomb_is_refused_before_its_rows_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compression, "_ALWAYS_FINE", 1 << 20)
    path = tmp_path / "table.csv.bz2"
    path.write_bytes(bz2.compress(b"a,b\n" + b"0,0\n" * (1 << 19)))
    monkeypatch.setattr("nncli.data.sources.delimited.LARGE", 1 << 60)
    monkeypatch.setattr("nncli.data.sources.delimited.CHUNK_CELLS", 1 << 10)
    read: list[int] = []
    with pytest.raises(DataError, match="unpacks to more than 200 times its size"):
        read.extend(len(piece) for piece in open_table(path).chunks((0, 1)))
    assert sum(read) < 1 << 15


def test_an_archive_with_a_password(tmp_path: Path) -> None:
    packed = bytearray(zipped(TEXT))
    packed[packed.index(b"PK\1\2") + 8] |= 1
    path = tmp_path / "table.csv.zip"
    path.write_bytes(packed)
    with pytest.raises(DataError, match="takes a password; unpack it"):
        open_table(path)
