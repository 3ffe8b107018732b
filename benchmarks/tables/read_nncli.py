"""A table of 60,000 x 785 to training arrays, as `nncli train` does it."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter

from nncli.data.preparation import prepare
from nncli.data.section import DataSection

CACHE = Path(__file__).parents[1] / "cache"

started = perf_counter()
section = DataSection(train="digits.csv", target="label")
train = prepare(section, directory=CACHE, encoding="index", seed=0, dtype="float32").train
seconds = perf_counter() - started
result = train.inputs[0].sum(dtype=float) + train.targets[0].sum(dtype=float)
print(json.dumps({"seconds": [seconds], "result": result}))
