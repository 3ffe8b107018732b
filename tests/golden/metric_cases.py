"""Which metrics are compared with Keras, as plain dicts (see loss_cases.py)."""

from __future__ import annotations

from tests.golden.loss_cases import on
from tests.golden.words import Case, use

IN_FLOAT32: Case = {"rounded": True, "whole_weights": True}
"""Keras counts these in whole numbers, and divides them in float32."""

TOP_K: Case = {"rounded": True, "floats": "float32"}
"""TensorFlow's in_top_k takes nothing else."""

EAGER: Case = {"eager": True}
"""Keras can't do it in a graph."""

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
    "precision.thresholds": on(
        use("precision", thresholds=[0.75, 0.25, 0.5, 0.25]), "binary", predictions="quarters"
    ),
    "precision.even": on(
        use("precision", thresholds=[0.0, 0.25, 0.5, 0.75, 1.0]), "binary", predictions="quarters"
    ),
    "precision.class": on(use("precision", class_id=1), "one_hot", predictions="distributions"),
    "precision.none": on(use("precision"), "binary", predictions="zeros", width=1),
    "precision.ties": on(use("precision"), "binary", predictions="quarters", width=1),
    "precision.columns": on(use("precision"), "one_hot", predictions="distributions"),
    "precision.top_k": on(use("precision", top_k=2), "binary", predictions="quarters", width=5),
    "precision.top_k_above": on(
        use("precision", top_k=2, thresholds=0.5, class_id=1), "binary", predictions="quarters"
    ),
    "recall": on(use("recall"), "binary", predictions="probabilities", width=1),
    "recall.threshold": on(use("recall", thresholds=0.75), "binary", predictions="probabilities"),
    "recall.thresholds": on(
        use("recall", thresholds=[0.5, 0.125]), "binary", predictions="probabilities"
    ),
    "recall.class": on(use("recall", class_id=2), "one_hot", predictions="distributions"),
    "recall.none": on(use("recall"), "binary", predictions="zeros", width=1),
    "recall.columns": on(use("recall"), "one_hot", predictions="distributions"),
    "recall.top_k": on(use("recall", top_k=3), "binary", predictions="quarters", width=5),
    "true_positives": on(use("true_positives"), "binary", predictions="probabilities", width=1),
    "true_positives.thresholds": on(
        use("true_positives", thresholds=[0.25, 0.5]), "binary", predictions="quarters"
    ),
    "true_negatives": on(use("true_negatives"), "binary", predictions="probabilities"),
    "false_positives": on(use("false_positives"), "binary", predictions="probabilities"),
    "false_positives.threshold": on(
        use("false_positives", thresholds=0.25), "binary", predictions="quarters"
    ),
    "false_negatives": on(use("false_negatives"), "binary", predictions="probabilities"),
    "sensitivity_at_specificity": on(
        use("sensitivity_at_specificity", specificity=0.5),
        "binary",
        predictions="probabilities",
        width=1,
    ),
    "sensitivity_at_specificity.class": on(
        use("sensitivity_at_specificity", specificity=0.75, class_id=1, num_thresholds=5),
        "one_hot",
        predictions="quarters",
    ),
    "specificity_at_sensitivity": on(
        use("specificity_at_sensitivity", sensitivity=0.5), "binary", predictions="probabilities"
    ),
    "specificity_at_sensitivity.one_threshold": on(
        use("specificity_at_sensitivity", sensitivity=0.25, num_thresholds=1),
        "binary",
        predictions="quarters",
    ),
    "precision_at_recall": on(
        use("precision_at_recall", recall=0.75), "binary", predictions="probabilities"
    ),
    "precision_at_recall.two_thresholds": on(
        use("precision_at_recall", recall=0.25, num_thresholds=2), "binary", predictions="quarters"
    ),
    "recall_at_precision": on(
        use("recall_at_precision", precision=0.5), "binary", predictions="probabilities"
    ),
    "recall_at_precision.never": on(
        use("recall_at_precision", precision=0.5), "zeros", predictions="probabilities", width=1
    ),
    "auc": on(use("auc"), "binary", predictions="probabilities", width=1),
    "auc.ties": on(use("auc"), "binary", predictions="quarters", width=1),
    "auc.columns": on(use("auc"), "one_hot", predictions="distributions"),
    "auc.coarse": on(use("auc", num_thresholds=7), "binary", predictions="probabilities", width=1),
    "auc.no_positives": on(use("auc"), "zeros", predictions="probabilities", width=1),
    "auc.pr": on(use("auc", curve="PR"), "binary", predictions="probabilities", width=1),
    "auc.pr_ties": on(use("auc", curve="PR"), "binary", predictions="quarters"),
    "auc.pr_minoring": on(
        use("auc", curve="PR", summation_method="minoring"), "binary", predictions="probabilities"
    ),
    "auc.majoring": on(
        use("auc", summation_method="majoring"), "binary", predictions="quarters", width=1
    ),
    "auc.gain": on(use("auc", curve="PRGAIN"), "binary", predictions="probabilities", width=1),
    "auc.thresholds": on(
        use("auc", thresholds=[0.75, 0.125, 0.5]), "binary", predictions="quarters"
    ),
    "auc.even_thresholds": on(
        use("auc", thresholds=[0.25, 0.5, 0.75], curve="PR"), "binary", predictions="quarters"
    ),
    "auc.multi_label": on(use("auc", multi_label=True), "binary", predictions="probabilities"),
    "auc.multi_label_pr": on(
        use("auc", multi_label=True, curve="PR", label_weights=[0.5, 2.0, 0.25]),
        "binary",
        predictions="probabilities",
    ),
    "auc.multi_label_weights": on(
        use("auc", multi_label=True, label_weights=[0.5, 2.0, 0.25], thresholds=[0.125, 0.5]),
        "binary",
        predictions="quarters",
    ),
    "auc.label_weights": on(
        use("auc", label_weights=[0.5, 2.0, 0.25]), "binary", predictions="probabilities"
    ),
    "auc.logits": on(use("auc", from_logits=True), "binary", predictions="logits", width=1),
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
    "fbeta_score": on(use("fbeta_score"), "one_hot", predictions="distributions"),
    "fbeta_score.beta": on(
        use("fbeta_score", beta=2.5, average="macro", threshold=0.25),
        "binary",
        predictions="probabilities",
    ),
    "fbeta_score.weighted": on(
        use("fbeta_score", beta=0.5, average="weighted"), "one_hot", predictions="distributions"
    ),
    "top_k_categorical_accuracy": on(
        use("top_k_categorical_accuracy"), "one_hot", predictions="distributions", width=9
    )
    | TOP_K,
    "top_k_categorical_accuracy.ties": on(
        use("top_k_categorical_accuracy", k=2), "one_hot", predictions="quarters", width=5
    )
    | TOP_K,
    "top_k_categorical_accuracy.sequence": on(
        use("top_k_categorical_accuracy", k=1), "one_hot", predictions="distributions", steps=4
    )
    | TOP_K,
    "sparse_top_k_categorical_accuracy": on(
        use("sparse_top_k_categorical_accuracy"), "index", predictions="distributions", width=9
    )
    | TOP_K,
    "sparse_top_k_categorical_accuracy.ties": on(
        use("sparse_top_k_categorical_accuracy", k=2), "index", predictions="quarters", width=5
    )
    | TOP_K,
    "r2_score.each": on(
        use("r2_score", class_aggregation=None), "values", predictions="near", width=2
    ),
    "r2_score.weighted": on(
        use("r2_score", class_aggregation="variance_weighted_average"), "values", predictions="near"
    ),
    "r2_score.adjusted": on(
        use("r2_score", num_regressors=4), "values", predictions="near", width=1
    )
    | EAGER,
    "r2_score.too_many_regressors": on(
        use("r2_score", num_regressors=17), "values", predictions="near", width=1
    )
    | EAGER,
    "mean_absolute_percentage_error": on(
        use("mean_absolute_percentage_error"), "values", predictions="values"
    ),
    "mean_squared_logarithmic_error": on(
        use("mean_squared_logarithmic_error"), "counts", predictions="values"
    ),
    "log_cosh_error": on(use("log_cosh_error"), "values", predictions="values")
    | {"rounded": True},  # Keras rounds its log(2)
    "poisson": on(use("poisson"), "counts", predictions="probabilities"),
    "kl_divergence": on(use("kl_divergence"), "shares", predictions="distributions"),
    "cosine_similarity": on(use("cosine_similarity"), "values", predictions="values"),
    "cosine_similarity.sequence": on(
        use("cosine_similarity"), "values", predictions="values", steps=4
    ),
    "hinge": on(use("hinge"), "binary", predictions="values"),
    "squared_hinge": on(use("squared_hinge"), "signs", predictions="values", width=1),
    "categorical_hinge": on(use("categorical_hinge"), "one_hot", predictions="values"),
    "binary_crossentropy": on(
        use("binary_crossentropy"), "binary", predictions="probabilities", width=1
    ),
    "binary_crossentropy.logits": on(
        use("binary_crossentropy", from_logits=True, label_smoothing=0.25),
        "binary",
        predictions="logits",
    ),
    "categorical_crossentropy": on(
        use("categorical_crossentropy", label_smoothing=0.25),
        "one_hot",
        predictions="distributions",
    ),
    "sparse_categorical_crossentropy": on(
        use("sparse_categorical_crossentropy"), "index", predictions="distributions"
    ),
    "sparse_categorical_crossentropy.logits": on(
        use("sparse_categorical_crossentropy", from_logits=True), "index", predictions="logits"
    ),
    "binary_iou": on(use("binary_iou"), "binary", predictions="quarters", width=1) | IN_FLOAT32,
    "binary_iou.positives": on(
        use("binary_iou", target_class_ids=[1], threshold=0.25),
        "binary",
        predictions="probabilities",
        width=1,
    )
    | IN_FLOAT32,
    "mean_iou": on(use("mean_iou"), "one_hot", predictions="distributions") | IN_FLOAT32,
    "mean_iou.index": on(use("mean_iou"), "index", predictions="quarters", width=5) | IN_FLOAT32,
    "matthews_correlation": on(
        use("matthews_correlation"), "binary", predictions="probabilities", width=1
    ),
    "matthews_correlation.classes": on(
        use("matthews_correlation"), "one_hot", predictions="distributions"
    ),
    "matthews_correlation.one_side": on(
        use("matthews_correlation"), "binary", predictions="zeros", width=1
    ),
}
