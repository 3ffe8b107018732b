"""A table of 60,000 x 785 to training arrays, as `nncli train` does it."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter

from nncli.data.choosing import InputSpec, OutputSpec
from nncli.data.preparation import read_table
from nncli.data.section import DataSection

CACHE = Path(__file__).parents[1] / "cache"

started = perf_counter()
section = DataSection(train="digits.csv", target="label")
outputs = [OutputSpec(holds="classes")]
table = read_table(
    section, directory=CACHE, inputs=[InputSpec()], outputs=outputs, seed=0, dtype="float32"
)
train = table.prepared(["index"]).train
seconds = perf_counter() - started
result = train.inputs[0].sum(dtype=float) + train.targets[0].sum(dtype=float)
print(json.dumps({"seconds": [seconds], "result": result}))
