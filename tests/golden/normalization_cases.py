"""Normalizing layers, as in Keras; their epsilons are exact in float32, but for the defaults'."""

from __future__ import annotations

from tests.golden.words import Case, case, take, use

EPSILON = 2.0**-10

NORMALIZATIONS: dict[str, Case] = {
    "BatchNormalization": case(
        take(4),
        use("BatchNormalization", momentum=0.875, epsilon=EPSILON),
        rows=5,
        training=False,
    ),
    "BatchNormalization.training": case(
        take(3, 2, 4), use("BatchNormalization", momentum=0.875), rows=5, training=True
    ),
    "BatchNormalization.plain": case(
        take(4), use("BatchNormalization", center=False, scale=False), rows=4, training=True
    ),
    "BatchNormalization.frozen": case(
        take(4),
        use("BatchNormalization", trainable=False, epsilon=EPSILON),
        rows=4,
        training=True,
    ),
    "BatchNormalization.other_axis": case(
        take(3, 2, 4), use("BatchNormalization", axis=1, momentum=0.875), rows=4, training=True
    ),
    "BatchNormalization.other_axis_inference": case(
        take(3, 4), use("BatchNormalization", axis=-2, epsilon=EPSILON), training=False
    ),
    "BatchNormalization.masked": case(
        take(6, 3),
        use("Masking"),
        use("BatchNormalization", momentum=0.875),
        use("GRU", units=2),
        training=True,
        values="gaps",
    ),
    "BatchNormalization.masked_other_axis": case(
        take(6, 3),
        use("Masking"),
        use("BatchNormalization", axis=1, momentum=0.5, epsilon=0.25),
        rows=5,
        training=True,
        values="gaps",
    ),
    "BatchNormalization.masked_frozen": case(
        take(6, 3),
        use("Masking"),
        use("BatchNormalization", trainable=False, epsilon=EPSILON),
        use("LSTM", units=2),
        training=True,
        values="gaps",
    ),
    "LayerNormalization": case(take(5), use("LayerNormalization"), rows=4),
    "LayerNormalization.exact": case(
        take(4, 3), use("LayerNormalization", epsilon=EPSILON), use("Dense", units=2)
    ),
    "LayerNormalization.axes": case(
        take(3, 2, 4), use("LayerNormalization", axis=[1, 3], epsilon=EPSILON, center=False)
    ),
    "LayerNormalization.whole_row": case(
        take(3, 2, 4), use("LayerNormalization", axis=[1, 2, 3], epsilon=EPSILON, scale=False)
    ),
    "LayerNormalization.middle": case(
        take(2, 3, 4), use("LayerNormalization", axis=2, epsilon=EPSILON), rows=1
    ),
    "LayerNormalization.masked": case(
        take(6, 3),
        use("Masking"),
        use("LayerNormalization", epsilon=EPSILON),
        use("GRU", units=2),
        values="gaps",
    ),
    "GroupNormalization": case(take(3, 64), use("GroupNormalization")),
    "GroupNormalization.images": case(
        take(3, 2, 6), use("GroupNormalization", groups=3, epsilon=EPSILON)
    ),
    "GroupNormalization.first_axis": case(
        take(4, 3, 2), use("GroupNormalization", groups=2, axis=1, epsilon=EPSILON, scale=False)
    ),
    "GroupNormalization.instance": case(
        take(4, 3), use("GroupNormalization", groups=-1, epsilon=EPSILON, center=False), rows=1
    ),
    "GroupNormalization.one_group": case(
        take(6), use("GroupNormalization", groups=1, axis=-1, epsilon=EPSILON)
    ),
    "RMSNormalization": case(take(5), use("RMSNormalization"), rows=4),
    "RMSNormalization.axes": case(
        take(3, 2, 4), use("RMSNormalization", axis=[2, 3], epsilon=0.25), use("Dense", units=2)
    ),
    "RMSNormalization.masked": case(
        take(6, 3),
        use("Masking"),
        use("RMSNormalization", epsilon=EPSILON),
        use("GRU", units=2),
        values="gaps",
    ),
    "UnitNormalization": case(take(4), use("UnitNormalization")),
    "UnitNormalization.axes": case(
        take(3, 2, 4), use("UnitNormalization", axis=[1, 3]), use("Dense", units=2), rows=1
    ),
    "UnitNormalization.first_axis": case(take(3, 2), use("UnitNormalization", axis=1)),
    "Normalization": case(take(4), use("Normalization")),
    "Normalization.axes": case(
        take(3, 2, 4), use("Normalization", axis=[1, 3]), use("Dense", units=2), rows=1
    ),
    "Normalization.all_alike": case(take(3, 4), use("Normalization", axis=None, invert=True)),
    "Normalization.given": case(
        take(2, 3),
        use("Normalization", mean=[0.5, 1.0, -2.0], variance=[0.25, 0.0625, 4.0]),
    ),
    "Normalization.given_one": case(
        take(2, 3), use("Normalization", axis=1, mean=0.5, variance=4.0, invert=True)
    ),
}
