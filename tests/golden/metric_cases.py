"""Which metrics are compared with Keras, as plain dicts (see loss_cases.py)."""

from __future__ import annotations

from tests.golden.cases import Case, use
from tests.golden.loss_cases import on

METRICS: dict[str, Case] = {
    "accuracy": on(use("accuracy"), "binary", predictions="probabilities", width=1),
    "accuracy.one_hot": on(use("accuracy"), "one_hot", predictions="distributions"),
    "accuracy.index": on(use("accuracy"), "index", predictions="distributions"),
    "binary_accuracy": on(use("binary_accuracy"), "binary", predictions="probabilities", width=1),
    "binary_accuracy.threshold": on(
        use("binary_accuracy", threshold=0.25), "binary", predictions="probabilities"
    ),
    "binary_accuracy.ties": on(use("binary_accuracy"), "binary", predictions="quarters", width=1),
    "categorical_accuracy": on(use("categorical_accuracy"), "one_hot", predictions="distributions"),
    "categorical_accuracy.ties": on(use("categorical_accuracy"), "one_hot", predictions="quarters"),
    "categorical_accuracy.sequence": on(
        use("categorical_accuracy"), "one_hot", predictions="distributions", steps=4
    ),
    "sparse_categorical_accuracy": on(
        use("sparse_categorical_accuracy"), "index", predictions="distributions"
    ),
    "mean_squared_error": on(use("mean_squared_error"), "values", predictions="values"),
    "mean_absolute_error": on(use("mean_absolute_error"), "values", predictions="values"),
    "mean_absolute_error.sequence": on(
        use("mean_absolute_error"), "values", predictions="values", steps=4
    ),
    "root_mean_squared_error": on(use("root_mean_squared_error"), "values", predictions="values"),
    "root_mean_squared_error.one": on(
        use("root_mean_squared_error"), "values", predictions="values", width=1
    ),
    "r2_score": on(use("r2_score"), "values", predictions="near", width=1),
    "r2_score.columns": on(use("r2_score"), "values", predictions="near"),
    "precision": on(use("precision"), "binary", predictions="probabilities", width=1),
    "precision.threshold": on(
        use("precision", thresholds=0.25), "binary", predictions="probabilities"
    ),
    "precision.class": on(use("precision", class_id=1), "one_hot", predictions="distributions"),
    "precision.none": on(use("precision"), "binary", predictions="zeros", width=1),
    "precision.ties": on(use("precision"), "binary", predictions="quarters", width=1),
    "precision.columns": on(use("precision"), "one_hot", predictions="distributions"),
    "recall": on(use("recall"), "binary", predictions="probabilities", width=1),
    "recall.threshold": on(use("recall", thresholds=0.75), "binary", predictions="probabilities"),
    "recall.class": on(use("recall", class_id=2), "one_hot", predictions="distributions"),
    "recall.none": on(use("recall"), "binary", predictions="zeros", width=1),
    "recall.columns": on(use("recall"), "one_hot", predictions="distributions"),
    "auc": on(use("auc"), "binary", predictions="probabilities", width=1),
    "auc.ties": on(use("auc"), "binary", predictions="quarters", width=1),
    "auc.columns": on(use("auc"), "one_hot", predictions="distributions"),
    "auc.coarse": on(use("auc", num_thresholds=7), "binary", predictions="probabilities", width=1),
    "auc.no_positives": on(use("auc"), "zeros", predictions="probabilities", width=1),
    "f1_score": on(use("f1_score"), "one_hot", predictions="distributions"),
    "f1_score.one": on(
        use("f1_score", threshold=0.5), "binary", predictions="probabilities", width=1
    ),
    "f1_score.columns": on(use("f1_score", threshold=0.25), "binary", predictions="probabilities"),
    "f1_score.ties": on(use("f1_score"), "one_hot", predictions="quarters"),
    "f1_score.macro": on(use("f1_score", average="macro"), "one_hot", predictions="distributions"),
    "f1_score.micro": on(use("f1_score", average="micro"), "one_hot", predictions="distributions"),
    "f1_score.weighted": on(
        use("f1_score", average="weighted"), "one_hot", predictions="distributions"
    ),
    "f1_score.threshold": on(
        use("f1_score", average="macro", threshold=0.5),
        "binary",
        predictions="probabilities",
        width=1,
    ),
}
