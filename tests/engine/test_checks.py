"""Hyperparameters that make no sense are refused, and the message begins with the field."""

from __future__ import annotations

import pytest

from nncli.engine.activations import Activation
from nncli.engine.initializers import Initializer
from nncli.engine.layers import Layer
from nncli.engine.losses import Loss
from nncli.engine.metrics import Metric
from nncli.errors import ShapeError
from tests.engine import support
from tests.golden.words import Case, use

REFUSED: list[tuple[type, Case, str]] = [
    (Activation, use("leaky_relu", negative_slope=-0.1), "negative_slope"),
    (Activation, use("elu", alpha=-1.0), "alpha"),
    (Activation, use("celu", alpha=0.0), "alpha"),
    (Initializer, use("variance_scaling", scale=0.0), "scale"),
    (Layer, use("ReLU", max_value=-1.0), "max_value"),
    (Layer, use("ReLU", threshold=-1.0), "threshold"),
    (Layer, use("LeakyReLU", negative_slope=-0.1), "negative_slope"),
    (Layer, use("ELU", alpha=-1.0), "alpha"),
    (Layer, use("PReLU", shared_axes=[0]), "shared_axes"),
    (Layer, use("Dropout", rate=0.5, noise_shape=[32, 1]), "noise_shape"),
    (Layer, use("AlphaDropout", rate=0.5, noise_shape=[None, 0]), "noise_shape"),
    (Layer, use("AlphaDropout", rate=1.0), "rate"),
    (Layer, use("GaussianDropout", rate=1.0), "rate"),
    (Layer, use("GaussianNoise", stddev=-0.5), "stddev"),
    (Layer, use("Normalization", mean=1.0), "mean and variance"),
    (Layer, use("Normalization", mean=[1.0], variance=2.0), "mean and variance"),
    (Layer, use("Normalization", mean=1.0, variance=-2.0), "variance"),
    (Layer, use("LayerNormalization", axis=[0, 1]), "axis"),
    (Layer, use("RMSNormalization", axis=0), "axis"),
    (Layer, use("RMSNormalization", epsilon=-1.0), "epsilon"),
    (Layer, use("GroupNormalization", groups=0), "groups"),
    (Layer, use("BatchNormalization", momentum=1.5), "momentum"),
    (Layer, use("UnitNormalization", axis=[]), "axis"),
    (Layer, use("Bidirectional", layer=use("Dense", units=2)), "layer must be a SimpleRNN"),
    (Layer, use("Bidirectional", layer=use("GRU", units=2, go_backwards=True)), "layer must not"),
    (
        Layer,
        use(
            "Bidirectional",
            layer=use("GRU", units=2),
            backward_layer=use("LSTM", units=3, go_backwards=True),
        ),
        "backward_layer must have the units",
    ),
    (Layer, use("Dot", axes=[1, 2, 3]), "axes must be one"),
    (Layer, use("Dot", axes=[0, 1]), "axes must not be 0"),
    (Layer, use("Permute", dims=[0, 1]), "dims"),
    (Layer, use("RepeatVector", n=0), "n must"),
    (Loss, use("binary_focal_crossentropy", gamma=-1.0), "gamma"),
    (Loss, use("categorical_focal_crossentropy", label_smoothing=2.0), "label_smoothing"),
    (Metric, use("precision", thresholds=[0.5, 1.5]), "thresholds"),
    (Metric, use("recall", thresholds=[]), "thresholds"),
    (Metric, use("precision", top_k=0), "top_k"),
    (Metric, use("precision_at_recall", recall=1.5), "recall"),
    (Metric, use("sensitivity_at_specificity", specificity=0.5, num_thresholds=0), "num_thresh"),
    (Metric, use("auc", num_thresholds=1), "num_thresholds"),
    (Metric, use("auc", thresholds=[-0.5]), "thresholds"),
    (Metric, use("auc", label_weights=[-1.0]), "label_weights"),
    (Metric, use("fbeta_score", beta=0.0), "beta"),
    (Metric, use("f1_score", threshold=0.0), "threshold"),
    (Metric, use("r2_score", num_regressors=-1), "num_regressors"),
    (Metric, use("top_k_categorical_accuracy", k=0), "k must"),
    (Metric, use("binary_iou", target_class_ids=[2]), "target_class_ids"),
]
MISFITS: list[tuple[Case, bool]] = [
    (use("precision", class_id=3), False),
    (use("recall", top_k=4), False),
    (use("recall_at_precision", precision=0.5, class_id=-1), False),
    (use("auc", label_weights=[1.0, 2.0]), False),
    (use("binary_iou"), True),
    (use("mean_squared_error"), True),
    (use("categorical_crossentropy"), True),
    (use("sparse_categorical_crossentropy"), False),
    (use("top_k_categorical_accuracy"), True),
    (use("sparse_top_k_categorical_accuracy"), False),
]


@pytest.mark.parametrize(("family", "plain", "field"), REFUSED)
def test_refused(family: type, plain: Case, field: str) -> None:
    with pytest.raises(ValueError, match=f"^{field}"):
        support.make(family, plain)


@pytest.mark.parametrize(("plain", "sparse"), MISFITS)
def test_metrics_that_do_not_fit_three_outputs(plain: Case, sparse: bool) -> None:
    with pytest.raises(ShapeError):
        support.make(Metric, plain).build((3,), sparse=sparse)


def test_a_weight_for_each_class() -> None:
    loss = support.make(Loss, use("categorical_focal_crossentropy", alpha=[0.5, 0.5]))
    with pytest.raises(ShapeError, match="2 alphas for 3 classes"):
        loss.build((3,))
