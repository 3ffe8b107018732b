from __future__ import annotations

import gzip
import hashlib
import io
import sys
from pathlib import Path

import pytest

from nncli.data.sources.files import beside, check_text, existing, fingerprint, standard_input
from nncli.errors import DataError
from tests.data.tables import open_table, write


def test_missing_file_suggests_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, "a,b\n1,2\n", "titanic.csv")
    with pytest.raises(DataError, match=r"titanik\.csv doesn't exist; did you mean .*titanic\.csv"):
        existing(tmp_path / "titanik.csv")


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"there is no folder .*nowhere"):
        existing(tmp_path / "nowhere" / "a.csv")


def test_directory_lists_its_tables(tmp_path: Path) -> None:
    write(tmp_path, "a,b\n1,2\n", "x.csv.gz")
    with pytest.raises(DataError, match=r"is a directory; name a table in it, such as x\.csv\.gz"):
        existing(tmp_path)


def test_empty_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is empty"):
        existing(write(tmp_path, ""))


def test_fingerprint_is_of_the_bytes_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert fingerprint(path) == hashlib.sha256(path.read_bytes()).hexdigest()


def test_undecodable_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n\xe9t\xe9,3\n")
    with pytest.raises(
        DataError, match=r"line 3 isn't UTF-8 text; save .* data\.encoding: latin-1"
    ):
        open_table(path)


@pytest.mark.parametrize("damage", [lambda _: b"a,b\n1,2\n", lambda packed: packed[:-12]])
def test_gz_that_is_none_or_is_cut_off(tmp_path: Path, damage: object) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(damage(gzip.compress(b"a,b\n1,2\n")))  # type: ignore[operator]
    with pytest.raises(DataError, match=r"named \.gz, but is no such file, or damaged"):
        open_table(path)


def test_standard_input_can_be_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a,b\n1,2\n")))
    with standard_input() as path:
        table = open_table(path, label="standard input")
        assert table.names == ("a", "b")
        assert [len(piece) for piece in table.chunks((0,))] == [1]


@pytest.mark.parametrize(
    ("start", "what"),
    [(b"PK\x03\x04", "spreadsheet"), (gzip.compress(b"a,b"), "ends in .gz"), (b"PAR1", "Parquet")],
)
def test_other_formats_are_named(tmp_path: Path, start: bytes, what: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(start)
    with pytest.raises(DataError, match=what):
        check_text(path, "table.csv")


def test_empty_standard_input_is_called_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"^standard input is empty$"):
        open_table(write(tmp_path, ""), label="standard input")


def test_files_beside_a_config_are_named_without_detours(tmp_path: Path) -> None:
    table = write(tmp_path, "a\n1\n", "t.csv")
    run = tmp_path / "runs" / "c"
    run.mkdir(parents=True)
    assert beside(run, "../../t.csv") == table
    assert beside(run, "../../nowhere.csv") == tmp_path / "nowhere.csv"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.symlink_to(run)
    assert beside(elsewhere, "../../t.csv").samefile(table)  # `..` of the run, not of the link
