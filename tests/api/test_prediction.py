"""What a prediction's columns say, and where classes are divided."""

from pathlib import Path

import pytest

from nncli.api.prediction import predict
from nncli.api.training import train
from nncli.config.loading import load
from nncli.errors import ConfigError
from nncli.runs.folder import RunFolder

CONFIG = """\
seed: 1
data: {{train: t.csv, target: kind, scale: standard}}
layers: [{{type: Dense, units: 1, activation: {activation}}}]
loss: {loss}
optimizer: {{type: adam, learning_rate: 0.1}}
epochs: 60
"""


def _run(folder: Path, activation: str, loss: str) -> RunFolder:
    rows = "".join(f"{x},{'up' if x >= 10 else 'down'}\n" for x in range(20))
    (folder / "t.csv").write_text("x,kind\n" + rows, encoding="utf-8")
    (folder / "c.yaml").write_text(CONFIG.format(activation=activation, loss=loss))
    return train(load(folder / "c.yaml"), runs_dir=folder / "runs", plots=False).run


def test_hinge_says_scores_and_divides_at_zero(tmp_path: Path) -> None:
    run = _run(tmp_path, "tanh", "hinge")
    answer = predict(run, tmp_path / "t.csv")
    assert answer.columns == ("class", "score_up")
    ((classes, scores),) = answer.chunks
    assert list(classes) == ["up" if score > 0 else "down" for score in scores]
    assert list(classes) == ["down"] * 10 + ["up"] * 10
    with pytest.raises(ConfigError, match="says scores"):
        predict(run, tmp_path / "t.csv", proba=True)


def test_logits_become_probabilities(tmp_path: Path) -> None:
    run = _run(tmp_path, "linear", "{type: binary_crossentropy, from_logits: true}")
    answer = predict(run, tmp_path / "t.csv", proba=True)
    assert answer.columns == ("class", "probability_down", "probability_up")
    ((classes, down, up),) = answer.chunks
    assert ((up > 0) & (up < 1)).all()
    assert list(classes) == ["up" if b > a else "down" for a, b in zip(down, up, strict=True)]
