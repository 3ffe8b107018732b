"""Metrics that compare classes, on targets that hold classes, amounts, or 0 and 1."""

from pathlib import Path

import pytest

from nncli.api.training import train
from nncli.config.loading import load
from nncli.engine.metrics import Metric
from nncli.errors import ConfigError

CONFIG = """\
data: {{train: table.csv, target: y, target_scale: {scale}}}
layers: [{{type: Dense, units: 1}}]
loss: mean_squared_error
optimizer: adam
epochs: 1
metrics: [mean_absolute_error, {metric}]
"""
COMPARING = sorted(name for name in Metric.members if Metric.members[name].compares_classes)


def _train(folder: Path, highest: int, metric: str, scale: str = "none") -> None:
    rows = "".join(f"{row},{row % (highest + 1)}\n" for row in range(12))
    (folder / "table.csv").write_text("x,y\n" + rows, encoding="utf-8")
    config = CONFIG.format(metric=metric, scale=scale)
    (folder / "c.yaml").write_text(config, encoding="utf-8")
    train(load(folder / "c.yaml"), runs_dir=folder / "runs", plots=False)


def test_those_of_classification_compare_classes() -> None:
    assert {"accuracy", "auc", "f1_score", "precision", "mean_iou"} < set(COMPARING)
    assert not {"r2_score", "mean_squared_error", "cosine_similarity"} & set(COMPARING)


@pytest.mark.parametrize("metric", COMPARING)
def test_amounts_are_no_classes(tmp_path: Path, metric: str) -> None:
    bound = metric.partition("_at_")[2]
    with pytest.raises(ConfigError) as raised:
        _train(tmp_path, 2, f"{{type: {metric}, {bound}: 0.5}}" if bound else metric)
    said = [problem.message for problem in raised.value.problems]
    assert f"{metric} compares classes, but the target holds numbers such as 2" in said
    assert {problem.path for problem in raised.value.problems} == {("metrics", 1)}


@pytest.mark.parametrize("scale", ["none", "standard"])
def test_0_and_1_are_taken(tmp_path: Path, scale: str) -> None:
    _train(tmp_path, 1, "accuracy", scale)
    assert (tmp_path / "runs").exists()
