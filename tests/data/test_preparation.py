from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nncli.data.choosing import InputSpec, OutputSpec
from nncli.data.labels import TargetEncoding
from nncli.data.loading import load
from nncli.data.preparation import Prepared, read_table
from nncli.data.section import DataSection
from nncli.data.sources import delimited
from nncli.errors import ConfigError, DataError
from tests.data.tables import write

TABLES = Path(__file__).parents[2] / "configs" / "data"


def prepared(
    folder: Path, encoding: TargetEncoding, train: str, seed: int = 1, **fields: Any
) -> Prepared:
    section = DataSection(train=train, **fields)
    outputs = [OutputSpec(holds="values" if encoding == "values" else "classes")]
    table = read_table(
        section,
        directory=folder,
        inputs=[InputSpec()],
        outputs=outputs,
        seed=seed,
        dtype="float32",
    )
    return table.prepared([encoding])


def test_pima_as_its_tutorial_splits_it() -> None:
    name = "pima-indians-diabetes.csv"
    data = prepared(
        TABLES, "binary", name, header=False, target=8, test=200, split="last", scale="standard"
    )
    truth = np.loadtxt(TABLES / name, delimiter=",")
    mean, deviation = truth[:568, :8].mean(axis=0), truth[:568, :8].std(axis=0)
    assert data.test is not None and data.validation is None
    np.testing.assert_allclose(data.test.inputs[0], (truth[568:, :8] - mean) / deviation, atol=2e-6)
    assert data.train.targets[0].tolist() == truth[:568, 8:].tolist()
    assert data.test.rows.tolist() == list(range(568, 768))
    assert data.preprocessing.outputs[0].labels == (0, 1)
    (record,) = data.files
    assert record.rows == 768
    assert record.sha256 == hashlib.sha256((TABLES / name).read_bytes()).hexdigest()


def test_mnist_from_gz_in_both_forms_of_target() -> None:
    rows = gzip.decompress((TABLES / "mnist_1000.csv.gz").read_bytes()).decode().split()[1:]
    truth = np.array([row.split(",") for row in rows], float)
    options = {"target": "label", "validation": 0.2, "split": "last"}
    one_hot = prepared(TABLES, "one_hot", "mnist_1000.csv.gz", **options)
    index = prepared(TABLES, "index", "mnist_1000.csv.gz", **options)
    assert one_hot.validation is not None
    np.testing.assert_array_equal(one_hot.train.inputs[0], truth[:800, 1:])
    np.testing.assert_array_equal(one_hot.validation.targets[0].argmax(1), truth[800:, 0])
    np.testing.assert_array_equal(index.train.targets[0], truth[:800, :1])


@pytest.mark.parametrize(
    ("name", "target", "drop", "encoding", "shape"),
    [
        ("auto-mpg.csv", "mpg", ("car_name",), "values", (392, 7)),
        ("breast_cancer.csv", "diagnosis", (), "binary", (569, 30)),
        ("digits.csv.gz", "digit", (), "one_hot", (1797, 64)),
        ("iris.csv", "species", (), "index", (150, 4)),
        ("sunspots.csv", "SUNACTIVITY", (), "values", (309, 1)),
    ],
)
def test_the_example_tables(
    name: str, target: str, drop: tuple[str], encoding: TargetEncoding, shape: tuple[int, int]
) -> None:
    data = prepared(TABLES, encoding, name, target=target, drop=drop, test=0.2, validation=0.2)
    assert sum(len(part) for part in data.splits.values()) == shape[0]
    assert data.train.inputs[0].shape[1] == shape[1]


def test_penguins_missing_cells_are_counted() -> None:
    with pytest.raises(DataError) as caught:
        prepared(TABLES, "index", "penguins.csv", target="species", drop=("island",))
    assert str(caught.value).endswith(
        "19 empty cells (11 in 'sex', 2 in 'bill_length_mm', 2 in 'bill_depth_mm', "
        "2 in 'flipper_length_mm' and in 1 more column), the first in line 5, column "
        "'bill_length_mm'; fill them or delete the rows, or say what they count as with "
        "data.missing: median (or mean, most_frequent, indicator; drop leaves such rows out), "
        "or leave the columns out with data.drop: [sex, bill_length_mm, bill_depth_mm, "
        "flipper_length_mm, body_mass_g]"
    )


@pytest.mark.parametrize("split", ["last", "random", "stratified"])
@pytest.mark.parametrize("large", [False, True])
def test_splits_share_the_rows_and_each_row_keeps_its_own_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, split: str, large: bool
) -> None:
    if large:
        monkeypatch.setattr(delimited, "LARGE", 0)
    lines = [f"{i},{i / 8},{'ab'[i % 3 == 0]}" for i in range(1000)]
    write(tmp_path, "\n".join(["n,eighth,y", *lines]))
    data = prepared(
        tmp_path, "index", "table.csv", target="y", test=0.3, validation=100, split=split
    )
    assert {name: len(part) for name, part in data.splits.items()} == {
        "train": 600, "validation": 100, "test": 300,
    }  # fmt: skip
    for part in data.splits.values():
        assert part.inputs[0].tolist() == [[row, row / 8] for row in part.rows]
        assert part.targets[0][:, 0].tolist() == [int(row % 3 == 0) for row in part.rows]
        assert (np.diff(part.rows) > 0).all()
    assigned = list(data.assignments())
    assert [row for _, row, _ in assigned] == list(range(1000))
    assert {(r, n) for _, r, n in assigned} == {
        (row, name) for name, part in data.splits.items() for row in part.rows.tolist()
    }


def test_statistics_are_of_training_rows_only(tmp_path: Path) -> None:
    write(tmp_path, "x,y\n0,1\n2,2\n1000,3\n")
    data = prepared(
        tmp_path, "values", "table.csv", target="y", test=1, split="last", scale="minmax"
    )
    assert data.test is not None
    assert data.train.inputs[0].tolist() == [[0], [1]]
    assert data.test.inputs[0].tolist() == [[500]]


def test_test_and_validation_from_files(tmp_path: Path) -> None:
    write(tmp_path, "x,y\n0,a\n2,b\n")
    write(tmp_path, "y,z,x\nb,9,4\n", "more.csv")
    data = prepared(
        tmp_path, "binary", "table.csv", target="y", test="more.csv", validation="more.csv",
        scale="minmax",
    )  # fmt: skip
    assert data.test is not None
    assert data.test.inputs[0].tolist() == [[2]]
    assert data.test.targets[0].tolist() == [[1]]
    assert [(record.path.name, record.rows) for record in data.files] == [
        ("table.csv", 2),
        ("more.csv", 1),
    ]


def test_several_values_to_predict(tmp_path: Path) -> None:
    write(tmp_path, "a,b,c\n1,2,3\n4,5,6\n")
    data = prepared(tmp_path, "values", "table.csv", target=("c", "a"))
    assert data.train.inputs[0].tolist() == [[2], [5]]
    assert data.train.targets[0].tolist() == [[3, 1], [6, 4]]
    assert data.train.targets[0].dtype == np.float32


def test_a_table_read_again_gives_the_bits_of_training() -> None:
    data = prepared(TABLES, "values", "auto-mpg.csv", target="mpg", drop=(7,), scale="standard")
    path = TABLES / "auto-mpg.csv"
    again, record = load(path, data.preprocessing)
    assert again.inputs[0].tobytes() == data.train.inputs[0].tobytes()
    assert again.targets[0].tobytes() == data.train.targets[0].tobytes()
    assert record == list(data.files)
    assert again.take(np.array([2, 0])).inputs[0].tolist() == again.inputs[0][[2, 0]].tolist()


@pytest.mark.parametrize(
    ("encoding", "text", "fields", "message"),
    [
        ("values", "1,yes\n2,no\n3,no", {},
         "line 2 has 'yes'; to predict classes say data.task: classes, or take a crossentropy"),
        ("values", "a b,1\nx,2", {}, "column 'x' holds text, 2 different "
         "ones in 2 rows (as 'a b'), too many for categories; take it for categories all the "
         "same with data.columns: {x: {type: categorical}}, or leave the column out "
         "with data.drop: [x]"),
        ("values", "1,1\n2,2\nx,3", {}, "must hold numbers, but line 4 has 'x'; take it for cat"),
        ("values", "1,1\n2,", {}, "column 'y'; fill them or delete the rows"),
        ("index", "1,a\n2,a\n3,b\n4,b", {"test": 2, "split": "last"},
         "the 2 training rows hold one class only, 'a'; if the table is sorted by class"),
        ("binary", "1,a\n2,b\n3,c", {}, "the target has 3 classes (a, b, c), but the loss"),
        ("values", "1,2\n2,3", {"test": 2}, "some must be left to train on"),
        ("values", "1,2\n2,3", {"split": "stratified", "test": 1}, "needs classes"),
    ],
)  # fmt: skip
def test_what_cannot_be_trained_on(
    tmp_path: Path, encoding: TargetEncoding, text: str, fields: dict[str, Any], message: str
) -> None:
    write(tmp_path, f"x,y\n{text}\n")
    with pytest.raises((DataError, ConfigError)) as caught:
        prepared(tmp_path, encoding, "table.csv", **{"target": "y", **fields})
    assert message in str(caught.value)


def test_classes_in_several_columns(tmp_path: Path) -> None:
    write(tmp_path, "x,y,z\n1,a,b\n2,b,a\n")
    with pytest.raises(ConfigError, match="classes must stand in one column"):
        prepared(tmp_path, "index", "table.csv", target=("y", "z"))


def test_a_test_file_with_text_gets_no_advice_on_training(tmp_path: Path) -> None:
    write(tmp_path, "x,y\n1,2\n2,3\n")
    write(tmp_path, "x,y\nb,2\n", "test.csv")
    with pytest.raises(DataError, match=r"test\.csv: column 'x' must hold numbers, .* has 'b'$"):
        prepared(tmp_path, "values", "table.csv", target="y", test="test.csv")
