"""Where the truth about what Keras doesn't have comes from."""

from __future__ import annotations

from typing import Any

from sklearn.metrics import matthews_corrcoef


def matthews_correlation(y_true: Any, y_pred: Any, weights: Any) -> dict[str, float]:
    """Scikit-learn's coefficient of the classes that are said, with weights and without."""
    if y_pred.shape[-1] == 1:
        true, said = y_true.ravel(), (y_pred > 0.5).ravel()
    else:
        true, said = y_true.argmax(axis=-1), y_pred.argmax(axis=-1)
    return {
        "result": matthews_corrcoef(true, said),
        "weighted": matthews_corrcoef(true, said, sample_weight=weights),
    }
