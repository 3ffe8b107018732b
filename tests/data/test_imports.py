from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TABLES = Path(__file__).parents[2] / "configs" / "data"

CODE = """
import sys
from pathlib import Path
from nncli.data.choosing import InputSpec, OutputSpec
from nncli.data.preparation import read_table
from nncli.data.section import DataSection
from nncli.data.sources import delimited

delimited.LARGE = int(sys.argv[3])
section = DataSection(train=sys.argv[1], target=sys.argv[2], test=0.2)
outputs = [OutputSpec(holds="classes")]
read_table(
    section, directory=Path(), inputs=[InputSpec()], outputs=outputs, seed=1, dtype="float32"
).prepared(["index"])
print(sorted({"pandas", "sklearn", "pydantic"} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("table", "target", "large"),
    [
        ("iris.csv", "species", 2_000_000),
        ("mnist_1000.csv.gz", "label", 0),
        ("breast_cancer.csv", "diagnosis", 0),
    ],
    ids=["small", "of whole numbers", "of fractions"],
)
def test_tables_that_are_read_without_pandas(table: str, target: str, large: int) -> None:
    command = [sys.executable, "-c", CODE, str(TABLES / table), target, str(large)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"
