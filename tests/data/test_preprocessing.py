from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nncli.data.choosing import InputSpec, OutputSpec
from nncli.data.loading import load
from nncli.data.preparation import Prepared, read_table
from nncli.data.preprocessing import Preprocessing
from nncli.data.report import Report
from nncli.data.section import DataSection
from nncli.engine.types import Arrays
from nncli.errors import DataError
from tests.data.tables import opened, write

MIXED = """a,sex,when,yes,y
1,m,2024-01-31,true,3
,f,2024-02-01,false,7
4,m,,true,3
-2,m,2023-12-31,,7
"""


def prepared(folder: Path, text: str, dtype: str | None = None, **fields: Any) -> Prepared:
    write(folder, text)
    table = read_table(
        DataSection(train="table.csv", target="y", **fields),
        directory=folder,
        inputs=[InputSpec(dtype=dtype)],
        outputs=[OutputSpec(holds="values")],
        seed=1,
        dtype="float32",
    )
    return table.prepared(["values"])


def predicted(folder: Path, preprocessing: Preprocessing, text: str) -> Arrays:
    table = opened(folder, text, "new.csv")
    ((inputs, _, _),) = preprocessing.predicting(table, (), Report())
    return inputs


@pytest.mark.parametrize("missing", ["indicator", "drop", "most_frequent", "median"])
def test_survives_json_to_the_bit(tmp_path: Path, missing: str) -> None:
    data = prepared(tmp_path, MIXED, missing=missing, scale="standard", target_scale="minmax")
    record = json.loads(json.dumps(data.preprocessing.to_json()))
    copy = Preprocessing.from_json(record)
    assert copy.to_json() == data.preprocessing.to_json()
    assert copy == data.preprocessing or copy.columns == data.preprocessing.columns
    again, _ = load(tmp_path / "table.csv", copy)
    assert again.inputs[0].tobytes() == data.train.inputs[0].tobytes()
    assert again.targets[0].tobytes() == data.train.targets[0].tobytes()
    assert again.rows.tolist() == data.train.rows.tolist()
    (alone,) = predicted(tmp_path, copy, "\n".join(MIXED.split("\n")[:2]))
    assert alone.tobytes() == data.train.inputs[0][:1].tobytes()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"inputs": None}, "it holds what training never writes"),
        ({"width": None}, "it holds what training never writes"),
        ({"outputs": [{}]}, "it lacks 'classes'"),
    ],
)
def test_a_damaged_record(tmp_path: Path, change: dict[str, Any], problem: str) -> None:
    record = prepared(tmp_path, "x,y\n1,2\n3,4\n").preprocessing.to_json()
    with pytest.raises(DataError, match=f"the preprocessing record is damaged: {problem}"):
        Preprocessing.from_json(record | change)
    with pytest.raises(DataError, match="it lacks 'inputs'"):
        Preprocessing.from_json({})


def test_minus_zero_is_zero(tmp_path: Path) -> None:
    data = prepared(tmp_path, "x,y\n-0,1\n1,2\n")
    assert not np.signbit(data.train.inputs[0][0, 0])


def test_whole_numbers_for_an_integer_input(tmp_path: Path) -> None:
    data = prepared(tmp_path, "a,b,y\n-3,2.0,1\n2147483647,1e3,1\n", dtype="int32")
    (inputs,) = data.train.inputs
    assert inputs.dtype == np.int32
    assert inputs.tolist() == [[-3, 2], [2147483647, 1000]]


@pytest.mark.parametrize("cell", ["1.5", "2147483648", "-1e39"])
def test_what_an_integer_input_cannot_take(tmp_path: Path, cell: str) -> None:
    with pytest.raises(DataError) as caught:
        prepared(tmp_path, f"a,b,y\n1,2,0\n1,{cell},0\n", dtype="int32")
    assert str(caught.value) == (
        f"{tmp_path}/table.csv: line 3, column 'b' holds {float(cell):g}, but the network's Input "
        "has dtype int32 and takes whole numbers from -2147483648 to 2147483647; mend the cell, or "
        "train with dtype: float32 for the Input, or leave the column out with data.drop: [b]"
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("1,2,0\n,2,0\nNA,?,0", "3 empty cells (2 in 'a', 1 in 'b'), the first in line 3, column "
         "'a'; fill them or delete the rows"),
        ("1,2,0\n1,inf,0", "line 3, column 'b' holds an infinite value; replace it or delete"),
        ("1,2,0\n1,-1e39,0", "line 3, column 'b' holds -1e+39, too large for float32; replace"),
    ],
)  # fmt: skip
def test_values_that_cannot_be_used(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        prepared(tmp_path, f"a,b,y\n{rows}\n")
    assert message in str(caught.value)
