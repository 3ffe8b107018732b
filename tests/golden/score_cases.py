"""What is compared with Keras: losses and metrics, as plain dicts (see cases.py)."""

from __future__ import annotations

from typing import Any

from tests.golden.cases import Case, use


def on(component: Case, targets: str, **fields: Any) -> Case:
    """A loss or metric, and targets in the encoding it is for: values, binary, one_hot or index.

    `predictions` says what they are: values, probabilities (of one class each), distributions
    (rows that sum to 1), logits ...; `width` how many columns.
    """
    return {"component": component, "targets": targets, "width": 3, **fields}


LOSSES: dict[str, Case] = {
    "mean_squared_error": on(use("mean_squared_error"), "values", predictions="values"),
    "mean_squared_error.sequence": on(
        use("mean_squared_error"), "values", predictions="values", steps=4
    ),
    "mean_absolute_error": on(use("mean_absolute_error"), "values", predictions="values"),
    "mean_absolute_error.ties": on(
        use("mean_absolute_error"), "binary", predictions="binary", width=1
    ),
    "mean_absolute_error.sequence": on(
        use("mean_absolute_error"), "values", predictions="values", steps=4
    ),
    "huber": on(use("huber"), "values", predictions="values"),
    "huber.delta": on(use("huber", delta=0.375), "values", predictions="values"),
    "binary_crossentropy": on(
        use("binary_crossentropy"), "binary", predictions="probabilities", width=1
    ),
    "binary_crossentropy.columns": on(
        use("binary_crossentropy"), "binary", predictions="probabilities"
    ),
    "binary_crossentropy.sure": on(use("binary_crossentropy"), "binary", predictions="certain"),
    "binary_crossentropy.logits": on(
        use("binary_crossentropy", from_logits=True), "binary", predictions="logits", width=1
    ),
    "binary_crossentropy.smooth": on(
        use("binary_crossentropy", label_smoothing=0.25), "binary", predictions="probabilities"
    ),
    "binary_crossentropy.smooth_logits": on(
        use("binary_crossentropy", label_smoothing=0.25, from_logits=True),
        "binary",
        predictions="logits",
    ),
    "binary_crossentropy.fused": on(
        use("binary_crossentropy"), "binary", predictions="logits", activation="sigmoid", width=1
    ),
    "binary_crossentropy.fused_smooth": on(
        use("binary_crossentropy", label_smoothing=0.25),
        "binary",
        predictions="logits",
        activation="sigmoid",
    ),
    "categorical_crossentropy": on(
        use("categorical_crossentropy"), "one_hot", predictions="distributions"
    ),
    "categorical_crossentropy.unnormalized": on(
        use("categorical_crossentropy"), "one_hot", predictions="probabilities"
    ),
    "categorical_crossentropy.sure": on(
        use("categorical_crossentropy"), "one_hot", predictions="certain"
    ),
    "categorical_crossentropy.logits": on(
        use("categorical_crossentropy", from_logits=True), "one_hot", predictions="logits"
    ),
    "categorical_crossentropy.smooth": on(
        use("categorical_crossentropy", label_smoothing=0.25),
        "one_hot",
        predictions="distributions",
    ),
    "categorical_crossentropy.fused": on(
        use("categorical_crossentropy"), "one_hot", predictions="logits", activation="softmax"
    ),
    "categorical_crossentropy.fused_smooth": on(
        use("categorical_crossentropy", label_smoothing=0.125),
        "one_hot",
        predictions="logits",
        activation="softmax",
    ),
    "categorical_crossentropy.fused_sequence": on(
        use("categorical_crossentropy"),
        "one_hot",
        predictions="logits",
        activation="softmax",
        steps=4,
    ),
    "sparse_categorical_crossentropy": on(
        use("sparse_categorical_crossentropy"), "index", predictions="distributions"
    ),
    "sparse_categorical_crossentropy.unnormalized": on(
        use("sparse_categorical_crossentropy"), "index", predictions="probabilities"
    ),
    "sparse_categorical_crossentropy.sure": on(
        use("sparse_categorical_crossentropy"), "index", predictions="certain"
    ),
    "sparse_categorical_crossentropy.logits": on(
        use("sparse_categorical_crossentropy", from_logits=True), "index", predictions="logits"
    ),
    "sparse_categorical_crossentropy.fused": on(
        use("sparse_categorical_crossentropy"), "index", predictions="logits", activation="softmax"
    ),
}

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
