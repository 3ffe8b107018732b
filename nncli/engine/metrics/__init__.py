"""One file a kind of metric; imported when a config names it, or on access."""

from typing import Any

from nncli.engine.metrics.base import Metric

__all__ = ["Metric"]

Metric.members.place(
    __name__,
    {
        "accuracy": "accuracy",
        "auc": "auc",
        "binary_accuracy": "accuracy",
        "binary_crossentropy": "crossentropy",
        "binary_iou": "matrix",
        "categorical_accuracy": "accuracy",
        "categorical_crossentropy": "crossentropy",
        "categorical_hinge": "hinge",
        "cosine_similarity": "relative",
        "f1_score": "f_score",
        "false_negatives": "counts",
        "false_positives": "counts",
        "fbeta_score": "f_score",
        "hinge": "hinge",
        "kl_divergence": "relative",
        "log_cosh_error": "regression",
        "matthews_correlation": "matrix",
        "mean_absolute_error": "regression",
        "mean_absolute_percentage_error": "relative",
        "mean_iou": "matrix",
        "mean_squared_error": "regression",
        "mean_squared_logarithmic_error": "relative",
        "poisson": "relative",
        "precision": "precision_recall",
        "precision_at_recall": "at_bound",
        "r2_score": "r2_score",
        "recall": "precision_recall",
        "recall_at_precision": "at_bound",
        "root_mean_squared_error": "regression",
        "sensitivity_at_specificity": "at_bound",
        "sparse_categorical_accuracy": "accuracy",
        "sparse_categorical_crossentropy": "crossentropy",
        "sparse_top_k_categorical_accuracy": "top_k",
        "specificity_at_sensitivity": "at_bound",
        "squared_hinge": "hinge",
        "top_k_categorical_accuracy": "top_k",
        "true_negatives": "counts",
        "true_positives": "counts",
    },
)


def __getattr__(name: str) -> Any:
    return Metric.members.by_class_name(name)
