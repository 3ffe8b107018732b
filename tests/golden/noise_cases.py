"""Layers that disturb values in training, where Keras can be compared: without noise, and outside.

What they draw is tested by itself, in tests/engine/test_noise.py.
"""

from __future__ import annotations

from tests.golden.words import Case, case, take, use

NOISES: dict[str, Case] = {
    "Dropout": case(take(4), use("Dropout", rate=0.5), training=False),
    "Dropout.none": case(take(4, 2), use("Dropout", rate=0.0), training=True),
    "Dropout.shaped": case(
        take(4, 2), use("Dropout", rate=0.0, noise_shape=[None, 1, 2]), training=True
    ),
    "SpatialDropout1D": case(take(4, 2), use("SpatialDropout1D", rate=0.5), training=False),
    "SpatialDropout1D.none": case(
        take(6, 2),
        use("Masking"),
        use("SpatialDropout1D", rate=0.0),
        use("LSTM", units=2),
        training=True,
        values="gaps",
    ),
    "SpatialDropout2D": case(take(4, 3, 2), use("SpatialDropout2D", rate=0.5), training=False),
    "SpatialDropout2D.none": case(
        take(4, 3, 2), use("SpatialDropout2D", rate=0.0), rows=1, training=True
    ),
    "GaussianNoise": case(take(4), use("GaussianNoise", stddev=0.5), training=False),
    "GaussianNoise.none": case(take(4, 2), use("GaussianNoise", stddev=0.0), training=True),
    "GaussianDropout": case(take(4), use("GaussianDropout", rate=0.5), training=False),
    "GaussianDropout.none": case(take(4, 2), use("GaussianDropout", rate=0.0), training=True),
    "AlphaDropout": case(take(4), use("AlphaDropout", rate=0.5), training=False),
    "AlphaDropout.none": case(
        take(4, 2), use("AlphaDropout", rate=0.0, noise_shape=[None, 1, None]), training=True
    ),
}
