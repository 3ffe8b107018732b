"""What the scikit-learn scripts share: fit as many epochs as all others, and print the times."""

from __future__ import annotations

import json
import warnings
from time import perf_counter

from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks.workloads import WORKLOADS


def fit(name: str, hidden: tuple[int, ...]) -> None:
    """Fit without weight decay and without stopping early. Only the whole can be timed."""
    workload = WORKLOADS[name]
    x, y = workload.load()
    model = MLPClassifier(
        hidden,
        alpha=0,
        epsilon=1e-7,
        batch_size=workload.batch_size,
        max_iter=workload.epochs,
        n_iter_no_change=workload.epochs,
    )
    started = perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(x, y.ravel())
    seconds = (perf_counter() - started) / workload.epochs
    print(json.dumps({"seconds": [seconds] * workload.epochs, "result": model.loss_curve_[-1]}))
