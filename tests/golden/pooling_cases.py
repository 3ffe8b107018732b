"""What is compared with Keras: poolings (see cases.py)."""

from __future__ import annotations

from tests.golden.words import Case, case, take, use

POOLINGS: dict[str, Case] = {
    "MaxPooling2D": case(take(6, 4, 2), use("MaxPooling2D")),
    "MaxPooling2D.dropped_rows": case(take(5, 7, 2), use("MaxPooling2D", pool_size=[2, 3])),
    "MaxPooling2D.overlapping": case(
        take(6, 7, 2), use("MaxPooling2D", pool_size=3, strides=[2, 1]), rows=1
    ),
    "MaxPooling2D.gaps_between": case(take(7, 8, 1), use("MaxPooling2D", pool_size=2, strides=3)),
    "MaxPooling2D.same": case(
        take(5, 6, 2), use("MaxPooling2D", pool_size=3, strides=2, padding="same")
    ),
    "MaxPooling2D.same_even": case(
        take(5, 7, 1), use("MaxPooling2D", pool_size=[2, 4], padding="same")
    ),
    "MaxPooling2D.constant_image": case(take(4, 6, 2), use("MaxPooling2D"), values="constant"),
    "MaxPooling2D.ties": case(
        take(6, 6, 2), use("MaxPooling2D", pool_size=3, strides=2, padding="same"), values="ties"
    ),
    "MaxPooling2D.after_relu": case(
        take(6, 6, 1),
        use("Conv2D", filters=3, kernel_size=3, activation="relu"),
        use("MaxPooling2D"),
        values="constant",
    ),
    "MaxPooling2D.stacked": case(
        take(15, 13, 2),
        use("Conv2D", filters=9, kernel_size=3, activation="relu", padding="same"),
        use("MaxPooling2D"),
        use("Conv2D", filters=4, kernel_size=[2, 1], strides=[1, 2]),
        use("MaxPooling2D", pool_size=[3, 1]),
    ),
    "AveragePooling2D": case(take(6, 4, 2), use("AveragePooling2D", pool_size=2)),
    "AveragePooling2D.same": case(
        take(5, 7, 2), use("AveragePooling2D", pool_size=[3, 2], strides=2, padding="same")
    ),
    "GlobalAveragePooling2D": case(take(4, 3, 2), use("GlobalAveragePooling2D")),
    "GlobalAveragePooling2D.keepdims": case(
        take(4, 3, 2), use("GlobalAveragePooling2D", keepdims=True), rows=1
    ),
    "GlobalMaxPooling2D": case(take(4, 3, 2), use("GlobalMaxPooling2D")),
    "GlobalMaxPooling2D.ties": case(
        take(4, 4, 2), use("GlobalMaxPooling2D", keepdims=True), values="ties"
    ),
    "MaxPooling1D": case(take(6, 2), use("MaxPooling1D")),
    "MaxPooling1D.dropped_steps": case(
        take(8, 2), use("MaxPooling1D", pool_size=3, strides=[2]), rows=1
    ),
    "MaxPooling1D.same_ties": case(
        take(7, 2),
        use("MaxPooling1D", pool_size=4, strides=3, padding="same"),
        values="ties",
    ),
    "AveragePooling1D": case(take(6, 2), use("AveragePooling1D", pool_size=2)),
    "AveragePooling1D.same": case(
        take(7, 3), use("AveragePooling1D", pool_size=[4], strides=2, padding="same"), rows=1
    ),
    "GlobalAveragePooling1D": case(take(5, 3), use("GlobalAveragePooling1D")),
    "GlobalAveragePooling1D.keepdims": case(
        take(5, 3), use("GlobalAveragePooling1D", keepdims=True), rows=1
    ),
    "GlobalAveragePooling1D.masked": case(
        take(6, dtype="int32"),
        use("Embedding", input_dim=7, output_dim=3, mask_zero=True),
        use("LSTM", units=2, return_sequences=True),
        use("GlobalAveragePooling1D"),
        values="tokens",
    ),
    "GlobalAveragePooling1D.masked_keepdims": case(
        take(6, dtype="int32"),
        use("Embedding", input_dim=7, output_dim=3, mask_zero=True),
        use("GlobalAveragePooling1D", keepdims=True),
        values="tokens",
    ),
    "GlobalMaxPooling1D": case(take(5, 3), use("GlobalMaxPooling1D")),
    "GlobalMaxPooling1D.ties": case(
        take(6, 2), use("GlobalMaxPooling1D", keepdims=True), values="ties"
    ),
    "GlobalMaxPooling1D.masked": case(
        take(6, 2), use("Masking"), use("GlobalMaxPooling1D"), values="gaps"
    ),
}
