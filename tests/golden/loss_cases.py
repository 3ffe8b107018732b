"""Which losses are compared with Keras, as plain dicts (see cases.py)."""

from __future__ import annotations

from typing import Any

from tests.golden.words import Case, use


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
    "log_cosh": on(use("log_cosh"), "values", predictions="values")
    | {"rounded": True},  # Keras rounds its log(2)
    "log_cosh.far": on(use("log_cosh"), "values", predictions="logits"),
    "mean_absolute_percentage_error": on(
        use("mean_absolute_percentage_error"), "values", predictions="values"
    ),
    "mean_absolute_percentage_error.zeros": on(
        use("mean_absolute_percentage_error"), "zeros", predictions="values", width=1
    ),
    "mean_squared_logarithmic_error": on(
        use("mean_squared_logarithmic_error"), "counts", predictions="probabilities"
    ),
    "mean_squared_logarithmic_error.negative": on(
        use("mean_squared_logarithmic_error"), "values", predictions="logits", width=2
    ),
    "poisson": on(use("poisson"), "counts", predictions="probabilities"),
    "poisson.sequence": on(use("poisson"), "counts", predictions="probabilities", steps=4),
    "kl_divergence": on(use("kl_divergence"), "shares", predictions="distributions"),
    "kl_divergence.sure": on(use("kl_divergence"), "one_hot", predictions="certain"),
    "cosine_similarity": on(use("cosine_similarity"), "values", predictions="values"),
    "cosine_similarity.sequence": on(
        use("cosine_similarity"), "one_hot", predictions="probabilities", steps=4
    ),
    "hinge": on(use("hinge"), "binary", predictions="values"),
    "hinge.signs": on(use("hinge"), "signs", predictions="logits", width=1),
    "hinge.ties": on(use("hinge"), "binary", predictions="binary", width=1),
    "squared_hinge": on(use("squared_hinge"), "binary", predictions="values"),
    "squared_hinge.signs": on(use("squared_hinge"), "signs", predictions="logits", width=1),
    "categorical_hinge": on(use("categorical_hinge"), "one_hot", predictions="values"),
    "categorical_hinge.ties": on(use("categorical_hinge"), "one_hot", predictions="quarters"),
    "binary_focal_crossentropy": on(
        use("binary_focal_crossentropy"), "binary", predictions="probabilities"
    ),
    "binary_focal_crossentropy.balanced": on(
        use("binary_focal_crossentropy", apply_class_balancing=True, alpha=0.375, gamma=1.5),
        "binary",
        predictions="probabilities",
        width=1,
    ),
    "binary_focal_crossentropy.smooth": on(
        use("binary_focal_crossentropy", label_smoothing=0.25, gamma=3.0),
        "binary",
        predictions="probabilities",
    ),
    "binary_focal_crossentropy.sure": on(
        use("binary_focal_crossentropy"), "binary", predictions="certain"
    ),
    "binary_focal_crossentropy.logits": on(
        use("binary_focal_crossentropy", from_logits=True, apply_class_balancing=True),
        "binary",
        predictions="logits",
    ),
    "binary_focal_crossentropy.fused": on(
        use("binary_focal_crossentropy", gamma=1.0, label_smoothing=0.25),
        "binary",
        predictions="logits",
        activation="sigmoid",
        width=1,
    ),
    "categorical_focal_crossentropy": on(
        use("categorical_focal_crossentropy"), "one_hot", predictions="distributions"
    ),
    "categorical_focal_crossentropy.alphas": on(
        use("categorical_focal_crossentropy", alpha=[0.25, 0.5, 2.0], gamma=1.5),
        "one_hot",
        predictions="probabilities",
    ),
    "categorical_focal_crossentropy.sure": on(
        use("categorical_focal_crossentropy"), "one_hot", predictions="certain"
    ),
    "categorical_focal_crossentropy.smooth_logits": on(
        use("categorical_focal_crossentropy", from_logits=True, label_smoothing=0.25, gamma=3.0),
        "one_hot",
        predictions="logits",
    ),
}
