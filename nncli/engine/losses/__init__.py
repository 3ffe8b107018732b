"""One file a kind of loss; imported when a config names it, or on access."""

from typing import Any

from nncli.engine.losses.base import Loss

__all__ = ["Loss"]

Loss.members.place(
    __name__,
    {
        "binary_crossentropy": "crossentropy",
        "binary_focal_crossentropy": "focal",
        "categorical_crossentropy": "crossentropy",
        "categorical_focal_crossentropy": "focal",
        "categorical_hinge": "hinge",
        "cosine_similarity": "relative",
        "hinge": "hinge",
        "huber": "regression",
        "kl_divergence": "relative",
        "log_cosh": "regression",
        "mean_absolute_error": "regression",
        "mean_absolute_percentage_error": "relative",
        "mean_squared_error": "regression",
        "mean_squared_logarithmic_error": "relative",
        "poisson": "relative",
        "sparse_categorical_crossentropy": "crossentropy",
        "squared_hinge": "hinge",
    },
)


def __getattr__(name: str) -> Any:
    return Loss.members.by_class_name(name)
