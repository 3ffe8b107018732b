from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nncli.data.columns import Columns
from nncli.data.labels import Classes
from nncli.data.preprocessing import Preprocessing
from nncli.data.scaling import Scaler
from nncli.errors import DataError
from tests.data.tables import opened

COLUMNS = Columns(features=("a", "b"), targets=("y",), width=3)
CLASSES = Preprocessing(
    columns=COLUMNS,
    encoding="binary",
    dtype="float32",
    input_dtype="float32",
    scaler=Scaler(np.array([1.0, 0.1]), np.array([2.0, 1 / 3])),
    known=Classes((3, 7)),
)
VALUES = Preprocessing(
    columns=COLUMNS,
    encoding="values",
    dtype="float64",
    input_dtype="float64",
    scaler=None,
    known=None,
)
TOKENS = replace(VALUES, input_dtype="int32")


@pytest.mark.parametrize("preprocessing", [CLASSES, VALUES, TOKENS])
def test_survives_json_to_the_bit(preprocessing: Preprocessing) -> None:
    record = json.loads(json.dumps(preprocessing.to_json()))
    copy = Preprocessing.from_json(record)
    assert copy.to_json() == preprocessing.to_json()
    assert (copy.columns, copy.known) == (preprocessing.columns, preprocessing.known)
    assert (copy.encoding, copy.dtype) == (preprocessing.encoding, preprocessing.dtype)
    assert copy.input_dtype == preprocessing.input_dtype


def test_labels_keep_their_type_in_json() -> None:
    assert json.dumps(CLASSES.to_json()["classes"]) == "[3, 7]"


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({}, "it lacks 'scaling'"),
        ({**CLASSES.to_json(), "dtype": "no"}, "it holds what training never writes"),
        ({**VALUES.to_json(), "width": None}, "it holds what training never writes"),
    ],
)
def test_a_damaged_record(record: dict[str, object], problem: str) -> None:
    with pytest.raises(DataError, match=f"the preprocessing record is damaged: {problem}"):
        Preprocessing.from_json(record)


def test_transforms_features_and_targets(tmp_path: Path) -> None:
    table = opened(tmp_path, "y,b,a\n7,0.1,5\n3,1.1,-1\n")
    positions = CLASSES.columns.find_features(table)
    (piece,) = table.chunks(positions, CLASSES.columns.find_targets(table))
    np.testing.assert_allclose(CLASSES.transform(piece)[0], [[2, 0], [-1, 3]], atol=1e-6)
    assert CLASSES.transform(piece)[0].dtype == np.float32
    assert CLASSES.transform_targets(piece)[0].tolist() == [[1], [0]]
    (piece,) = table.chunks((*positions, *VALUES.columns.find_targets(table)))
    assert VALUES.transform(piece)[0].tolist() == [[5, 0.1], [-1, 1.1]]
    assert VALUES.transform_targets(piece)[0].tolist() == [[7], [3]]


def test_minus_zero_is_zero(tmp_path: Path) -> None:
    (piece,) = opened(tmp_path, "a,b\n-0,1\n").chunks((0, 1))
    assert not np.signbit(VALUES.transform(piece)[0][0, 0])


def test_whole_numbers_for_an_integer_input(tmp_path: Path) -> None:
    (piece,) = opened(tmp_path, "a,b\n-3,2.0\n2147483647,1e3\n").chunks((0, 1))
    (inputs,) = TOKENS.transform(piece)
    assert inputs.dtype == np.int32
    assert inputs.tolist() == [[-3, 2], [2147483647, 1000]]


@pytest.mark.parametrize("cell", ["1.5", "2147483648", "-1e39"])
def test_what_an_integer_input_cannot_take(tmp_path: Path, cell: str) -> None:
    (piece,) = opened(tmp_path, f"a,b\n1,2\n1,{cell}\n").chunks((0, 1))
    with pytest.raises(DataError) as caught:
        TOKENS.transform(piece)
    assert str(caught.value) == (
        f"table.csv: line 3, column 'b' holds {float(cell):g}, but the network's Input has dtype "
        "int32 and takes whole numbers from -2147483648 to 2147483647; mend the cell, or train "
        "with dtype: float32 for the Input"
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("1,2\n,2\nNA,?", "3 empty cells where numbers are expected (2 in 'a', 1 in 'b'), the "
         "first in line 3, column 'a'; fill them or delete the rows"),
        ("1,2\n1,inf", "line 3, column 'b' holds an infinite value; replace it or delete"),
        ("1,2\n1,-1e39", "line 3, column 'b' holds -1e+39, too large for float32; replace"),
    ],
)  # fmt: skip
def test_values_that_cannot_be_used(tmp_path: Path, rows: str, message: str) -> None:
    (piece,) = opened(tmp_path, f"a,b\n{rows}\n").chunks((0, 1))
    with pytest.raises(DataError) as caught:
        CLASSES.transform(piece)
    assert message in str(caught.value)
