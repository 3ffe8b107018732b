from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nncli.data.inference import kind_of
from nncli.data.texts import as_texts
from nncli.errors import ConfigError, DataError
from tests.data.test_preprocessing import prepared

ROWS = """age,paid,day,town,y
22,yes,2024-01-31,Rome,1
38,no,2024-02-29,Oslo,2
26,no,2024-03-31,Rome,3
54,yes,2024-04-30,Oslo,4
27,no,2024-05-31,Rome,5
35,yes,2024-06-30,Oslo,6
"""


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["yes", "No"], "boolean"),
        (["True", ""], "boolean"),
        (["2024-01-31", "2024-02-29 18:30"], "datetime"),
        (["a", "b", "a", "b"], "categorical"),
        (["a", "b", "c"], None),
        (["1", "2", "3", "x", "1", "2", "3", "x"], None),
        (["", "NA"], None),
        ([f"town {i}" for i in range(201)] * 2, None),
        ([f"town {i}" for i in range(200)] * 2, "categorical"),
    ],
)
def test_what_text_is_taken_for(texts: list[str], kind: str | None) -> None:
    found = kind_of(as_texts(texts))
    assert (found and found.type) == kind


def test_columns_are_recognised_by_their_cells(tmp_path: Path) -> None:
    data = prepared(tmp_path, ROWS)
    (features,) = data.preprocessing.inputs
    kinds = [kind.type for kind in features.kinds.values()]
    assert kinds == ["numeric", "boolean", "datetime", "categorical"]
    assert features.names == (
        "age", "paid", "day.year", "day.month_sin", "day.month_cos", "day.weekday_sin",
        "day.weekday_cos", "town=Oslo", "town=Rome",
    )  # fmt: skip
    inputs = data.train.inputs[0]
    assert inputs[:, [0, 1, 7, 8]].tolist() == [
        [22, 1, 0, 1], [38, 0, 1, 0], [26, 0, 0, 1], [54, 1, 1, 0], [27, 0, 0, 1], [35, 1, 1, 0],
    ]  # fmt: skip


def test_what_the_config_says_goes_first(tmp_path: Path) -> None:
    from nncli.data.kinds.categorical import Categorical
    from nncli.data.kinds.ignore import Ignore

    columns = {"age": Categorical(), "day": Ignore(), "paid": Categorical()}
    (features,) = prepared(tmp_path, ROWS, columns=columns).preprocessing.inputs
    assert features.names[4:8] == ("age=38", "age=54", "paid=no", "paid=yes")
    assert features.width == 10


def test_categories_and_statistics_are_of_training_rows_only(tmp_path: Path) -> None:
    data = prepared(tmp_path, ROWS.replace("Oslo,6", "Bonn,6"), test=1, split="last")
    assert data.test is not None
    assert [name for name in data.preprocessing.inputs[0].names if "town" in name] == [
        "town=Oslo", "town=Rome",
    ]  # fmt: skip
    assert data.test.inputs[0][0, -2:].tolist() == [0, 0]
    assert data.notes == (
        f"{tmp_path}/table.csv: 1 row with a category in column 'town' that the training rows "
        "don't have: 'Bonn'",
    )


def test_rows_that_lack_a_cell_are_left_out(tmp_path: Path) -> None:
    text = "x,y\n1,1\n,2\n3,\n4,4\n5,5\n"
    data = prepared(tmp_path, text, missing="drop", target_missing="drop", test=1, split="last")
    assert data.test is not None
    assert (data.train.rows.tolist(), data.test.rows.tolist()) == ([0, 3], [4])
    assert [row for _, row, _ in data.assignments()] == [0, 3, 4]
    assert data.notes == (f"{tmp_path}/table.csv: 2 rows left out because of a missing cell",)
    with pytest.raises(DataError, match="every row lacks a cell"):
        prepared(tmp_path, "x,y\n,1\n", missing="drop")


def test_a_column_without_any_cell(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"column 'x' is empty in all training rows; .*drop: \[x\]"):
        prepared(tmp_path, "w,x,y\n1,,1\n2,NA,2\n", missing="median")


def test_a_column_that_becomes_text_late(tmp_path: Path) -> None:
    rows = "\n".join([*(f"{i % 3},0" for i in range(30)), *("many,1" for _ in range(5))])
    with pytest.raises(DataError, match="column 'x' must hold numbers, but line 32 has 'many'"):
        prepared(tmp_path, f"x,y\n{rows}\n")


def test_missing_text_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        prepared(tmp_path, ROWS.replace("Oslo,4", "?,4").replace("yes,2024-01", ",2024-01"))
    assert str(caught.value) == (
        f"{tmp_path}/table.csv: 2 empty cells (1 in 'paid', 1 in 'town'), the first in line 2, "
        "column 'paid'; fill them or delete the rows, or say what they count as with data.missing: "
        "median (or mean, most_frequent, indicator; drop leaves such rows out), or leave the "
        "columns out with data.drop: [paid, town]"
    )


@pytest.mark.parametrize(
    ("column", "fields", "message"),
    [
        ("town", {"type": "numeric"}, "must hold numbers, but line 2 has 'Rome'; take it for cat"),
        ("town", {"type": "boolean"}, "must hold true or false .* but line 2 has 'Rome'; mend"),
        ("town", {"type": "datetime"}, "must hold dates as 2024-07-01 .* line 2 has 'Rome'"),
        ("age", {"scale": "log1p"}, "holds -3, but scale log1p needs numbers above -1"),
    ],
)
def test_cells_that_are_not_what_the_config_says(
    tmp_path: Path, column: str, fields: dict[str, Any], message: str
) -> None:
    from nncli.data.kinds import Kind

    kind = Kind.members[fields.pop("type", "numeric")](**fields)
    with pytest.raises(DataError, match=message):
        prepared(tmp_path, ROWS.replace("22", "-3"), columns={column: kind})


@pytest.mark.parametrize(
    ("key", "message"),
    [("ages", "there is no column 'ages'"), ("y", "the column is not among the features")],
)
def test_descriptions_of_no_feature(tmp_path: Path, key: str, message: str) -> None:
    from nncli.data.kinds.numeric import Numeric

    with pytest.raises(ConfigError, match=message) as caught:
        prepared(tmp_path, ROWS, columns={key: Numeric()})
    assert caught.value.problems[0].path == ("data", "columns", key)


def test_mixed_features_agree_with_scikit_learn(tmp_path: Path) -> None:
    compose = pytest.importorskip("sklearn.compose")
    import pandas as pd
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    table = Path(__file__).parents[2] / "configs" / "data" / "penguins.csv"
    frame = pd.read_csv(table).drop(columns=["species", "year"])
    numbers = frame.select_dtypes("number").columns
    expected = compose.make_column_transformer(
        (OneHotEncoder(), ["island"]),
        (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), list(numbers)),
        (make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder()), ["sex"]),
    ).fit_transform(frame)
    options = {"missing": "median", "scale": "standard", "drop": ("species",)}
    text = table.read_text(encoding="utf-8").replace("year", "y")
    data = prepared(tmp_path, text, **options)
    np.testing.assert_allclose(data.train.inputs[0], expected, atol=1e-6)
