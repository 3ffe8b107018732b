"""Several inputs and outputs, sample weights, and whole-number inputs beside others."""

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
from nncli.data.section import DataSection
from nncli.errors import ConfigError, DataError
from tests.data.tables import opened, write

TABLE = """t1,t2,age,sex,weight,price,kind
3,1,20,f,1,10,a
2,5,30,m,0.5,30,b
0,4,,f,2,20,a
1,1,40,m,1,40,b
"""
FIELDS: dict[str, Any] = {
    "features": {"text": ("t1", "t2"), "table": ("age", "sex")},
    "target": {"cost": "price", "sort": "kind"},
    "sample_weight": "weight",
    "missing": "median",
    "scale": "minmax",
    "target_scale": "minmax",
}
INPUTS = [InputSpec(name="text", dtype="int32"), InputSpec(name="table")]
OUTPUTS = [OutputSpec(name="cost", holds="values"), OutputSpec(name="sort", holds="classes")]


def prepared(folder: Path, text: str = TABLE, **fields: Any) -> Prepared:
    write(folder, text)
    section = DataSection(train="table.csv", **{**FIELDS, **fields})
    table = read_table(
        section, directory=folder, inputs=INPUTS, outputs=OUTPUTS, seed=1, dtype="float32"
    )
    assert table.widths == (2, 3)
    return table.prepared(["values", "index"])


def test_each_gets_its_columns(tmp_path: Path) -> None:
    train = prepared(tmp_path).train
    text, table = train.inputs
    cost, sort = train.targets
    assert text.dtype == np.int32
    assert text.tolist() == [[3, 1], [2, 5], [0, 4], [1, 1]]
    assert table.tolist() == [[0, 1, 0], [0.5, 0, 1], [0.5, 1, 0], [1, 0, 1]]
    np.testing.assert_allclose(cost, [[0], [2 / 3], [1 / 3], [1]], atol=1e-7)
    assert sort.tolist() == [[0], [1], [0], [1]]
    assert train.sample_weight is not None
    assert train.sample_weight.tolist() == [1, 0.5, 2, 1]
    assert train.take(np.array([2])).sample_weight == [2]


def test_another_table_gives_the_same_by_the_record(tmp_path: Path) -> None:
    data = prepared(tmp_path)
    copy = Preprocessing.from_json(json.loads(json.dumps(data.preprocessing.to_json())))
    again, _ = load(tmp_path / "table.csv", copy)
    for one, other in zip(
        [*again.inputs, *again.targets], [*data.train.inputs, *data.train.targets], strict=True
    ):
        assert one.tobytes() == other.tobytes()
    assert again.sample_weight is not None
    assert again.sample_weight.tolist() == [1, 0.5, 2, 1]
    assert [len(copy.columns.find_features(opened(tmp_path, TABLE)))] == [4]


@pytest.mark.parametrize(
    ("fields", "path", "message"),
    [
        ({"features": ("t1",)}, ("data", "features"), "features must say which columns are whose"),
        ({"target": "price"}, ("data", "target"), "target must say which columns are whose"),
        ({"features": {"text": "t1", "tabel": "age"}}, ("data", "features", "tabel"), "no Input"),
        ({"features": {"text": "t1"}}, ("data", "features"), "the Input 'table' is missing"),
        ({"sample_weight": "age"}, ("data", "sample_weight"), "'age' is in data.features too"),
        ({"sample_weight": "kind"}, ("data", "sample_weight"), "'kind' is in data.target too"),
        ({"sample_weight": "wight"}, ("data", "sample_weight"), "there is no column 'wight'"),
    ],
)
def test_choices_that_cannot_be(
    tmp_path: Path, fields: dict[str, Any], path: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        prepared(tmp_path, **fields)
    assert caught.value.problems[0].path == path


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("-1", "line 2, column 'weight' holds -1, but a sample weight can't be negative"),
        ("", "1 empty cell .*column 'weight'; write 1 for a row that counts"),
        ("x", "column 'weight' must hold numbers, but line 2 has 'x'; write 1"),
    ],
)
def test_weights_that_cannot_be(tmp_path: Path, cell: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        prepared(tmp_path, TABLE.replace("f,1,10", f"f,{cell},10"))


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"t1": ("categorical", {})}, "takes whole numbers, but the column is categorical"),
        ({"t1": ("numeric", {"scale": "robust"})}, "robust makes fractions"),
        ({"t1": ("numeric", {"missing": "mean"})}, "and mean may be none"),
    ],
)
def test_whole_numbers_stay_whole(tmp_path: Path, columns: Any, message: str) -> None:
    from nncli.data.kinds import Kind

    kinds = {name: Kind.members[kind](**fields) for name, (kind, fields) in columns.items()}
    with pytest.raises(ConfigError, match=message):
        prepared(tmp_path, columns=kinds)
