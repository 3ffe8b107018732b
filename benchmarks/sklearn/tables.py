"""Scores what `nncli init` and `train` make of tables beside scikit-learn's MLP.

python -m benchmarks.sklearn.tables titanic.csv:survived penguins.csv:species

Both get the same features and test rows, the same hidden layers, batches and learning rate. Both
stop by a fifth of the other rows, which scikit-learn draws itself, and take the best weights.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor

from nncli.api.starting import start
from nncli.api.training import prepare_training, train
from nncli.config.loading import LoadedConfig, load

SEEDS = range(1, 6)


def scores(loaded: LoadedConfig, folder: Path) -> tuple[str, float, float]:
    """Return the metric's name and both scores on the test rows: nncli's, scikit-learn's."""
    results = train(loaded, runs_dir=folder, plots=False).results["test"]
    metric = "accuracy" if "accuracy" in results else "r2_score"
    config = loaded.config
    _, prepared = prepare_training(config, loaded.directory)
    assert prepared.test is not None
    assert prepared.validation is not None
    learnt = (prepared.train, prepared.validation)
    kind = MLPClassifier if metric == "accuracy" else MLPRegressor
    peer = kind(
        hidden_layer_sizes=[layer.units for layer in config.layers[:-1]],
        batch_size=config.batch_size,
        learning_rate_init=config.optimizer.learning_rate,
        max_iter=config.epochs,
        early_stopping=True,
        validation_fraction=0.2,
        n_iter_no_change=config.callbacks[0].patience,
        random_state=config.seed,
    )
    peer.fit(
        np.concatenate([rows.inputs[0] for rows in learnt]),
        np.concatenate([rows.targets[0] for rows in learnt]).ravel(),
    )
    theirs = peer.score(prepared.test.inputs[0], prepared.test.targets[0].ravel())
    return metric, results[metric], theirs


def compare(table: Path, target: str) -> str:
    """Return a line with both scores, means and deviations over the seeds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "config.yaml"
        path.write_text(start(table, [target], folder=folder).text, encoding="utf-8")
        loaded = load(path)
        found = [
            scores(replace(loaded, config=replace(loaded.config, seed=seed)), folder / "runs")
            for seed in SEEDS
        ]
    parts = [
        f"{who} {np.mean(values):.3f} ± {np.std(values):.3f}"
        for who, values in zip(
            ("nncli", "scikit-learn"), list(zip(*found, strict=True))[1:], strict=True
        )
    ]
    return f"{table.stem:20} {found[0][0]:9} {'   '.join(parts)}   ({len(SEEDS)} seeds)"


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        table, _, target = argument.rpartition(":")
        print(compare(Path(table), target), flush=True)
