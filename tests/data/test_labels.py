from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nncli.data.labels import Classes, TargetEncoding, as_target
from nncli.data.sources.cells import Label
from nncli.data.texts import TextColumn, as_texts
from nncli.errors import ConfigError, DataError
from tests.data.tables import opened


def settled(
    folder: Path, cells: list[str], order: tuple[Label, ...] | None = None
) -> tuple[tuple[Label, ...], list[int]]:
    table = opened(folder, "\n".join(["x,y", *(f"1,{cell}" for cell in cells)]))
    column = TextColumn()
    for piece in table.chunks((), (1,)):
        half = len(piece) // 2
        column.append(piece.texts[0][:half])
        column.append(piece.texts[0][half:])
    texts = column.finish()
    classes = Classes.of(texts, table, 1, order=order)
    return classes.labels, classes.index(texts).tolist()


def test_classes_are_sorted_in_their_own_way(tmp_path: Path) -> None:
    assert settled(tmp_path, ["10", "9", "2", "9.0"]) == ((2, 9, 10), [2, 1, 0, 1])
    assert settled(tmp_path, ["b", "a", "10"]) == (("10", "a", "b"), [2, 1, 0])
    assert settled(tmp_path, ["True", "False"]) == ((False, True), [1, 0])


def test_an_order_of_ones_own(tmp_path: Path) -> None:
    assert settled(tmp_path, ["a", "b", "a"], ("b", "a")) == (("b", "a"), [1, 0, 1])
    labels, index = settled(tmp_path, ["1", "0"], ("1", "0", "2"))
    assert (labels, index) == ((1, 0, 2), [0, 1])
    assert [type(label) for label in labels] == [int] * 3


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (["a"] * 3, "holds one class only, 'a'"),
        (
            ["a", "", "b", "NA", "null"],
            r"3 rows without a label in the target column 'y' \('NA', 'null' count as empty\), "
            "the first in line 3",
        ),
        ([str(i) for i in range(25)], "has 25 different labels in 25 rows"),
        ([f"{i}.5" for i in range(25)] * 9, "25 different fractional numbers .* mean_squared"),
    ],
)
def test_columns_that_hold_no_classes(tmp_path: Path, cells: list[str], message: str) -> None:
    with pytest.raises(DataError, match=message):
        settled(tmp_path, cells)


def test_labels_outside_the_order(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="the target column also holds c") as caught:
        settled(tmp_path, ["a", "b", "c"], ("a", "b"))
    assert caught.value.problems[0].path == ("data", "classes")
    assert caught.value.problems[0].hint.endswith("leave data.classes out: a, b, c")


def test_known_labels_in_another_table(tmp_path: Path) -> None:
    table = opened(tmp_path, "y,x\n1.0,0\n0,0\n2,0\n")
    (piece,) = table.chunks((), (0,))
    assert Classes((0, 1, 2)).index(as_texts(piece.texts[0])).tolist() == [1, 0, 2]
    with pytest.raises(DataError, match="line 4, column 'y' has the label '2', which is none of"):
        Classes((0, 1)).check(piece, piece.texts[0], 0)


@pytest.mark.parametrize(
    ("cell", "message"),
    [("Setosa", "none of the classes setosa, virginica; did you mean 'setosa'"),
     ("", "1 row without a label")],
)  # fmt: skip
def test_unknown_and_missing_labels(tmp_path: Path, cell: str, message: str) -> None:
    (piece,) = opened(tmp_path, f"x,y\n1,setosa\n2,{cell}\n").chunks((0,), (1,))
    with pytest.raises(DataError, match=message):
        Classes(("setosa", "virginica")).check(piece, piece.texts[0], 1)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("binary", [[0.0], [1.0]]),
        ("one_hot", [[1.0, 0.0], [0.0, 1.0]]),
        ("index", [[0], [1]]),
    ],
)
def test_targets_by_encoding(encoding: TargetEncoding, expected: list[list[float]]) -> None:
    target = as_target(np.array([0, 1], np.int32), Classes(("a", "b")), encoding, "float32")
    assert target.tolist() == expected
    assert target.dtype == (np.int32 if encoding == "index" else np.float32)
