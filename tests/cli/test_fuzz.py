"""Whatever is thrown at the command line ends with a message and one of its exit codes.

A few hundred cases with the other tests; `just fuzz 5000` asks for so many of each kind. What fails
is printed smaller and smaller by hypothesis, and kept for the next time.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.main import get_command

from nncli.cli import app
from nncli.config.schema import Config  # with which all families are there
from nncli.engine.component import Component
from nncli.engine.layers import Layer

CASES = int(os.environ.get("FUZZ_CASES", "50"))
SECONDS = 30
"""After which a case counts as a hang."""
SOME = settings(
    max_examples=CASES,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TABLE = "\n".join(
    ["id,x,y,kind", *(f"r{n},{n / 10},{n * 7 % 5},{'up' if n > 11 else 'down'}" for n in range(24))]
)
VECTORS: dict[str, Any] = {
    "seed": 1,
    "data": {"train": "t.csv", "target": "kind", "drop": ["id"], "test": 4, "validation": 0.2},
    "layers": [
        {"type": "Dense", "units": 4, "activation": "relu", "kernel_regularizer": "l2"},
        {"type": "BatchNormalization", "name": "norm"},
        {"type": "Dropout", "rate": 0.5},
        {"type": "Dense", "units": 1, "activation": "sigmoid"},
    ],
    "loss": "binary_crossentropy",
    "optimizer": {"type": "adam", "learning_rate": {"type": "exponential_decay",
        "initial_learning_rate": 0.1, "decay_steps": 5, "decay_rate": 0.5}},
    "metrics": ["accuracy", {"type": "auc", "num_thresholds": 20}],
    "epochs": 2,
    "batch_size": 8,
    "callbacks": [{"type": "early_stopping", "monitor": "val_accuracy", "patience": 2}],
}  # fmt: skip
SEQUENCES: dict[str, Any] = {
    "seed": 2,
    "data": {"train": "t.csv", "target": "x", "features": ["x", "y"], "scale": "standard"},
    "layers": [
        {"type": "Input", "shape": [2, 1], "name": "in"},
        {"type": "Bidirectional", "layer": {"type": "LSTM", "units": 2, "return_sequences": True}},
        {"type": "TimeDistributed", "layer": {"type": "Dense", "units": 2}, "name": "each"},
        {"type": "Flatten"},
        {"type": "Dense", "units": 1},
    ],
    "loss": {"type": "huber", "delta": 0.5},
    "optimizer": "sgd",
    "metrics": ["r2_score"],
    "epochs": 2,
}
assert Config
FAMILIES = {family.__name__: sorted(family.members) for family in Component.__subclasses__()}
WORDS = sorted({name for names in FAMILIES.values() for name in names})
KEYS = sorted(
    {
        *VECTORS,
        *VECTORS["data"],
        "type",
        "units",
        "name",
        "inputs",
        "filters",
        "kernel_size",
        "axis",
    }
    | {"layer", "schedule", "columns", "missing", "classes", "sample_weight", "a.b", "", "é"}
)
NUMBERS = st.sampled_from([0, 1, 2, 3, -1, 0.5, 1.5, -0.0, 1e300, 1e-300, 10**9, 2**63, 10**40])
SCALARS = (
    st.none() | st.booleans() | NUMBERS | st.sampled_from(WORDS) | st.sampled_from(KEYS)
    | st.text(max_size=6) | st.sampled_from(["x", "y", "id", "kind", "up", "t.csv", "1e-3", "20%"])
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)
    ),
    max_leaves=6,
)


class Hang(BaseException):
    pass


@contextmanager
def limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def check(*arguments: str, stdin: bytes = b"") -> int:
    """Run the command line, and judge how it ended."""
    said, complained = StringIO(), StringIO()
    before = sys.argv, sys.stdin
    sys.argv, sys.stdin = ["nncli", *arguments], TextIOWrapper(BytesIO(stdin))
    try:
        with limited(), redirect_stdout(said), redirect_stderr(complained):
            app.main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.argv, sys.stdin = before
    assert code in (0, 1, 2)
    assert code == 0 or complained.getvalue().strip()
    assert "Traceback" not in said.getvalue() + complained.getvalue()
    return code


@pytest.fixture(scope="module", autouse=True)
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a table and a run of it, for all cases."""
    folder = tmp_path_factory.mktemp("fuzz")
    before = Path.cwd()
    os.chdir(folder)
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(app, "app", get_command(app.app))  # made once, and not for each case
    Path("t.csv").write_text(TABLE, encoding="utf-8")
    Path("good.yaml").write_text(json.dumps(VECTORS), encoding="utf-8")
    assert check("train", "good.yaml", "--no-plots", "-n", "good") == 0
    yield folder
    os.chdir(before)
    monkeypatch.undo()


def try_config(text: str, *arguments: str) -> None:
    Path("c.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    check("train", "c.yaml", "--dry-run", "1", *arguments)


def mutate(value: Any, draw: Any) -> None:
    """Change one thing somewhere in a tree of mappings and lists."""
    while True:
        steps = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not steps:
            return
        step = draw(st.sampled_from(steps))
        if isinstance(value[step], dict | list) and draw(st.integers(0, 3)):
            value = value[step]  # go on within it
            continue
        match draw(st.integers(0, 4)):
            case 0 if isinstance(value, dict):
                value[draw(st.sampled_from(KEYS))] = draw(VALUES)
            case 1:
                del value[step]
            case 2 if isinstance(value, list):
                value.insert(step, draw(VALUES))
            case 3 if isinstance(value, list):
                value.append(value[step])
            case _:
                value[step] = draw(VALUES)
        return


@SOME
@given(st.data())
def test_mutated_configs(data: st.DataObject) -> None:
    plain = json.loads(json.dumps(data.draw(st.sampled_from([VECTORS, SEQUENCES]))))
    for _ in range(data.draw(st.integers(1, 4))):
        mutate(plain, data.draw)
    try_config(json.dumps(plain))


def of_family(family: str) -> st.SearchStrategy[Any]:
    names = st.sampled_from(FAMILIES[family])
    fields = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=2)
    return names | st.builds(lambda name, more: {"type": name, **more}, names, fields)


def layer() -> st.SearchStrategy[Any]:
    """Return layers with values for what they need, and often one more."""
    hints = {"units": st.integers(0, 4), "filters": st.integers(1, 3), "rate": NUMBERS}
    kernel = st.integers(1, 3) | st.lists(st.integers(1, 2), min_size=1, max_size=3)

    @st.composite
    def build(draw: Any) -> dict[str, Any]:
        name = draw(st.sampled_from(FAMILIES["Layer"]))
        plain = {"type": name}
        member = Layer.members[name]
        for field in member.__dataclass_fields__:
            if field in hints:
                plain[field] = draw(hints[field])
            elif field in ("kernel_size", "pool_size", "target_shape", "shape", "size"):
                plain[field] = draw(kernel)
            elif field == "layer":
                plain[field] = {"type": "Dense", "units": 2}
            elif field != "type" and not draw(st.integers(0, 9)):
                plain[field] = draw(VALUES)
        return plain

    return build()


@SOME
@given(
    layers=st.lists(layer(), max_size=4),
    loss=of_family("Loss"),
    optimizer=of_family("Optimizer"),
    metrics=st.lists(of_family("Metric"), max_size=2),
    callbacks=st.lists(of_family("Callback"), max_size=2),
    target=st.sampled_from(["kind", "x", "y", ["x", "y"], "inputs"]),
    end=st.sampled_from([1, 2, 5]),
)
def test_random_configs(
    layers: list[Any], target: Any, end: int, loss: Any, optimizer: Any, **lists: list[Any]
) -> None:
    plain = {
        "data": {"train": "t.csv", "target": target, "drop": ["id"], "validation": 4},
        "layers": [*layers, {"type": "Dense", "units": end, "activation": "sigmoid"}],
        "loss": loss,
        "optimizer": optimizer,
        "epochs": 1,
        **lists,
    }
    try_config(json.dumps(plain))


SIGNS = st.sampled_from([*"[]{}:,-&*!|>'\"\n\t #?%@`=~<", "<<: ", "- ", ": ", "\n  "])


@SOME
@given(st.data())
def test_mutated_text(data: st.DataObject) -> None:
    lines = ["epochs: 2", "data:", "  train: t.csv", "  target: y", "layers:"]
    lines += ["  - {type: Dense, units: 1}", "loss: mean_squared_error", "optimizer: adam"]
    text = "\n".join(lines)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 3))
        text = text[:at] + data.draw(SIGNS | st.text(max_size=3)) + text[at + cut :]
    try_config(text)


@st.composite
def tables(draw: Any) -> bytes:
    if not draw(st.integers(0, 3)):
        return draw(st.binary(max_size=200))
    content = TABLE.encode()
    cells = st.sampled_from(
        [b",", b"\n", b'"', b"", b"NA", b"1e999", b"\xff", b"\x00", b"2020-01-01", b"\r", b";"]
    )
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(content)))
        cut = draw(st.integers(0, 8))
        content = content[:at] + draw(cells | st.binary(max_size=4)) + content[at + cut :]
    return content


@SOME
@given(content=tables(), how=st.sampled_from(["train", "train-all", "predict", "evaluate"]))
def test_any_table(content: bytes, how: str) -> None:
    Path("any.csv").write_bytes(content)
    if how == "predict":
        check("predict", "any.csv", "--run", "good", "-o", "-")
    elif how == "evaluate":
        check("evaluate", "good", "--data", "any.csv")
    else:
        extra = ["-s", "data.missing=drop"] if how == "train" else []
        check("train", "good.yaml", "--dry-run", "1", "-s", "data.train=any.csv", *extra)


PATHS = st.lists(
    st.sampled_from([*KEYS, "0", "3", "-1", "norm", "learning_rate", "x"]), min_size=1, max_size=4
).map(".".join)


@SOME
@given(
    path=PATHS | st.text(max_size=8),
    value=VALUES.map(json.dumps) | st.text(max_size=8) | SIGNS,
    equals=st.sampled_from(["=", "=", "=", ""]),
)
def test_any_set(path: str, value: str, equals: str) -> None:
    check("train", "good.yaml", "--dry-run", "1", f"--set={path}{equals}{value}")
