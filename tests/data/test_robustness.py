"""Whatever a table holds, there is an answer or a message, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nncli.data.choosing import InputSpec, OutputSpec
from nncli.data.loading import load
from nncli.data.preparation import read_table
from nncli.data.section import DataSection
from nncli.data.sources import delimited
from nncli.errors import NncliError

CELLS = st.sampled_from(
    ["1", "-2.5", "1e400", "nan", "", "?", "NA", "inf", "yes", "no", "True", "a", "b", "c d", '"',
     '"x,y"', "2024-02-29", "2024-02-30", "2024-01-01 25:00", "é", "\0", "_1", "9" * 30, "-0"]
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=12)
TABLES = st.one_of(
    st.binary(max_size=80),
    ROWS.map(lambda rows: "\n".join(["a,b,y", *(",".join(row) for row in rows)]).encode()),
)
SECTIONS = st.fixed_dictionaries(
    {
        "missing": st.sampled_from(["error", "drop", "mean", "median", "indicator"]),
        "scale": st.sampled_from(["none", "standard", "minmax", "robust", "log1p"]),
        "target_missing": st.sampled_from(["error", "drop"]),
        "target_scale": st.sampled_from(["none", "standard", "log1p"]),
        "header": st.booleans(),
        "test": st.sampled_from([None, 1, 0.3]),
        "keep_default_na": st.booleans(),
    }
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    table=TABLES,
    further=TABLES,
    fields=SECTIONS,
    holds=st.sampled_from(["classes", "values"]),
    dtype=st.sampled_from([None, "int32"]),
    large=st.booleans(),
)
def test_any_bytes(
    folder: Path, table: bytes, further: bytes, fields: dict[str, object], holds: str, dtype: str,
    large: bool,
) -> None:  # fmt: skip
    (folder / "table.csv").write_bytes(table)
    (folder / "further.csv").write_bytes(further)
    section = DataSection(train="table.csv", target=-1, **fields)  # type: ignore[arg-type]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "LARGE", 0 if large else 1 << 60)
        try:
            prepared = read_table(
                section,
                directory=folder,
                inputs=[InputSpec(dtype=dtype)],
                outputs=[OutputSpec(holds=holds)],  # type: ignore[arg-type]
                seed=1,
                dtype="float32",
            ).prepared(["index" if holds == "classes" else "values"])
            assert len(prepared.train.inputs[0]) == len(prepared.train.targets[0]) > 0
            load(folder / "further.csv", prepared.preprocessing, section.dialect)
        except NncliError as error:
            assert str(error)
