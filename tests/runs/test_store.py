from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from nncli.errors import RunError
from nncli.runs import store


def test_write_replaces_whole_and_leaves_nothing_behind(tmp_path):
    path = tmp_path / "new" / "a.txt"
    store.write_text(path, "long text")
    store.write_text(path, "ü")
    assert path.read_bytes() == b"\xc3\xbc"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_write_leaves_the_file_as_it_was(tmp_path, monkeypatch, step):
    def full_disk(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.txt"
    store.write_text(path, "before")
    monkeypatch.setattr(*{"fsync": (os, "fsync"), "replace": (Path, "replace")}[step], full_disk)
    with pytest.raises(RunError, match=r"can't write .*a\.txt: No space left on device"):
        store.write_text(path, "after")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_content_is_synced_before_it_is_renamed_and_the_folder_after(tmp_path, monkeypatch):
    steps = []
    fsync, replace = os.fsync, Path.replace

    def note_fsync(descriptor: int) -> None:
        steps.append("folder" if Path(f"/proc/self/fd/{descriptor}").is_dir() else "file")
        fsync(descriptor)

    def note_replace(self: Path, target: Path) -> Path:
        steps.append("rename")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    store.write_bytes(tmp_path / "a", b"1")
    assert steps == ["file", "rename", "folder"]


def test_json_is_readable_by_any_reader(tmp_path):
    path = tmp_path / "results.json"
    content = {"b": {"loss": float("nan")}, "a": [1, 0.1, float("-inf")], "name": "Grün"}
    store.write_json(path, content)

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    read = json.loads(path.read_text("utf-8"), parse_constant=refuse)
    assert read == {"b": {"loss": None}, "a": [1, 0.1, None], "name": "Grün"}
    assert list(read) == ["b", "a", "name"]
    assert store.read_json(path) == read


def test_csv(tmp_path):
    path = tmp_path / "splits.csv"
    store.write_csv(path, ["row", "split"], [(0, "train"), (1, 'a "b", c')])
    assert path.read_text() == 'row,split\n0,train\n1,"a ""b"", c"\n'


def test_read_json_of_what_is_not_there(tmp_path):
    with pytest.raises(RunError, match="is missing"):
        store.read_json(tmp_path / "run.json")
    with pytest.raises(RunError, match="can't read"):
        store.read_json(tmp_path)


def test_folder_in_place_of_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path in (Path(), tmp_path):
        with pytest.raises(RunError, match="it is a folder; name a file in it"):
            store.write_text(path, "text")


def test_json_as_large_as_the_memory_is_not_read(tmp_path):
    path = tmp_path / "run.json"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(RunError, match=r"run\.json is damaged: it has over 268,435,456 bytes"):
        store.read_json(path)
