from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TABLE = Path(__file__).parents[2] / "configs" / "data" / "mnist_1000.csv.gz"

CODE = """
import sys
from pathlib import Path
from nncli.data.choosing import InputSpec, OutputSpec
from nncli.data.preparation import read_table
from nncli.data.section import DataSection

section = DataSection(train=sys.argv[1], target="label", test=0.2)
outputs = [OutputSpec(holds="classes")]
read_table(
    section, directory=Path(), inputs=[InputSpec()], outputs=outputs, seed=1, dtype="float32"
).prepared(["index"])
print(sorted({"pandas", "sklearn", "pydantic"} & set(sys.modules)))
"""


def test_small_tables_are_read_without_pandas() -> None:
    command = [sys.executable, "-c", CODE, str(TABLE)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"
