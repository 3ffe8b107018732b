"""What is compared with Keras: whole training runs, as plain dicts (see cases.py)."""

from __future__ import annotations

from typing import Any

from tests.golden.words import Case, take, use

RATE = 0.25


def run(*layers: Case, targets: str = "values", **fields: Any) -> Case:
    """A config without data: ten rows in batches of four, so that the last one is short."""
    plain = {
        "layers": list(layers) or SMALL,
        "loss": "mean_squared_error",
        "optimizer": use("sgd", learning_rate=RATE),
        "metrics": [],
        "batch_size": 4,
        "epochs": 3,
        "rows": 10,
        "targets": targets,
    }
    return plain | fields


SMALL = [take(3), use("Dense", units=5, activation="tanh"), use("Dense", units=2)]
PAIR = [
    take(3),
    use("Dense", units=5, activation="tanh"),
    use("Dense", units=1, activation="sigmoid"),
]
CLASSES = [
    take(3),
    use("Dense", units=5, activation="relu"),
    use("Dense", units=4, activation="softmax"),
]
COUNTS = [
    take(3),
    use("Dense", units=5, activation="selu"),
    use("Dense", units=2, activation="softplus"),
]
IMAGES = [
    take(36),
    use("Rescaling", scale=0.5),
    use("Reshape", target_shape=[6, 6, 1]),
    use("Conv2D", filters=3, kernel_size=3, activation="relu"),
    use("MaxPooling2D"),
    use("Conv2D", filters=2, kernel_size=2, padding="same", activation="elu"),
    use("Flatten"),
    use("Dropout", rate=0.0),
    use("Dense", units=4),
    use("Activation", activation="softmax"),
]
NORMAL = {"momentum": 0.875, "epsilon": 2.0**-10}
RESIDUAL = [
    take(6, 7, 2),
    use("Conv2D", filters=4, kernel_size=3, padding="same", use_bias=False),
    use("BatchNormalization", **NORMAL),
    use("ReLU", name="stem"),
    use("Conv2D", filters=4, kernel_size=3, padding="same", activation="relu"),
    use("Conv2D", filters=4, kernel_size=3, padding="same"),
    use("BatchNormalization", name="branch", **NORMAL),
    use("Add", inputs=["stem", "branch"]),
    use("Activation", activation="relu"),
    use("Conv2D", filters=5, kernel_size=2, strides=2, activation="tanh"),
    use("GlobalAveragePooling2D"),
    use("Dense", units=3, activation="softmax"),
]
BETAS = {"beta_1": 0.875, "beta_2": 0.96875, "epsilon": 2.0**-20}

RUNS: dict[str, Case] = {
    "mean_squared_error": run(
        metrics=["mean_squared_error", "mean_absolute_error", "root_mean_squared_error", "r2_score"]
    ),
    "mean_squared_error.sequence": run(
        take(4, 3),
        use("Dense", units=5, activation="tanh"),
        use("Dense", units=2),
        metrics=["mean_absolute_error"],
    ),
    "mean_squared_error.normalized": run(
        take(3),
        use("Normalization"),
        use("Dense", units=4),
        use("BatchNormalization", momentum=0.875, epsilon=2.0**-10),
        use("Activation", activation="relu"),
        use("LayerNormalization", epsilon=2.0**-10),
        use("Dense", units=2),
    ),
    "mean_absolute_error": run(loss="mean_absolute_error"),
    "mean_absolute_error.frozen": run(
        take(3),
        use("Dense", units=5, activation="relu"),
        use("Dense", units=4, activation="tanh", trainable=False),
        use("Dense", units=2),
        loss="mean_absolute_error",
    ),
    "huber": run(loss=use("huber", delta=0.5)),
    "binary_crossentropy": run(
        *PAIR,
        targets="binary",
        loss="binary_crossentropy",
        metrics=["accuracy", "binary_accuracy", "precision", "recall", "auc"],
        optimizer=use("sgd", learning_rate=2.0),
        rows=18,
    ),
    "binary_crossentropy.logits": run(
        *PAIR[:-1],
        use("Dense", units=1),
        targets="binary",
        loss=use("binary_crossentropy", from_logits=True, label_smoothing=0.25),
    ),
    "binary_crossentropy.not_fused": run(
        *PAIR,
        use("Reshape", target_shape=[1]),
        targets="binary",
        loss="binary_crossentropy",
    ),
    "mean_squared_error.xor": run(*PAIR, targets="binary", metrics=["binary_accuracy"], rows=19),
    "categorical_crossentropy": run(
        *CLASSES,
        targets="one_hot",
        loss="categorical_crossentropy",
        metrics=["accuracy", "categorical_accuracy", use("f1_score", average="macro"), "auc"],
    ),
    "categorical_crossentropy.sequence": run(
        take(6, 3),
        *CLASSES[1:],
        targets="one_hot",
        loss="categorical_crossentropy",
        metrics=["accuracy"],
    ),
    "categorical_crossentropy.smooth": run(
        *CLASSES,
        targets="one_hot",
        loss=use("categorical_crossentropy", label_smoothing=0.25),
        metrics=["accuracy"],
    ),
    "categorical_crossentropy.sigmoid": run(
        *CLASSES[:-1],
        use("Dense", units=4, activation="sigmoid"),
        targets="one_hot",
        loss="categorical_crossentropy",
    ),
    "categorical_crossentropy.tanh": run(
        *CLASSES[:-1],
        use("Dense", units=4, activation="softplus"),
        targets="one_hot",
        loss="categorical_crossentropy",
    ),
    "sparse_categorical_crossentropy": run(
        *CLASSES,
        targets="index",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy", "sparse_categorical_accuracy"],
    ),
    "sparse_categorical_crossentropy.images": run(
        *IMAGES,
        targets="index",
        loss="sparse_categorical_crossentropy",
        optimizer=use("adam", learning_rate=RATE / 4, **BETAS),
        metrics=["accuracy"],
        rows=11,
    ),
    "sparse_categorical_crossentropy.residual": run(
        *RESIDUAL,
        targets="index",
        loss="sparse_categorical_crossentropy",
        optimizer=use("adam", learning_rate=RATE / 8, **BETAS),
        metrics=["accuracy"],
        rows=11,
        epochs=5,
    ),
    "mean_squared_error.masked": run(
        take(6, 2),
        use("Masking"),
        use("LSTM", units=3, return_sequences=True),
        use("Dense", units=2),
        metrics=["mean_absolute_error"],
        values="gaps",
        rows=11,
    ),
    "sparse_categorical_crossentropy.masked": run(
        take(5, dtype="int32"),
        use("Embedding", input_dim=6, output_dim=3, mask_zero=True),
        use("Bidirectional", layer=use("GRU", units=2, return_sequences=True)),
        use("Dense", units=3, activation="softmax"),
        targets="index",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        values="tokens",
        rows=11,
    ),
    "log_cosh": run(loss="log_cosh", metrics=["cosine_similarity"]) | {"rounded": True},
    "mean_absolute_percentage_error": run(
        loss="mean_absolute_percentage_error",
        metrics=["mean_absolute_percentage_error"],
        optimizer=use("sgd", learning_rate=2.0**-12),
    ),
    "mean_squared_logarithmic_error": run(
        *COUNTS,
        targets="counts",
        loss="mean_squared_logarithmic_error",
        metrics=["mean_squared_logarithmic_error"],
    ),
    "poisson": run(*COUNTS, targets="counts", loss="poisson", metrics=["poisson"]),
    "kl_divergence": run(
        *CLASSES, targets="shares", loss="kl_divergence", metrics=["kl_divergence"]
    ),
    "cosine_similarity": run(loss="cosine_similarity", metrics=["mean_absolute_error"]),
    "hinge": run(
        *PAIR[:-1],
        use("Dense", units=1, activation="tanh"),
        targets="binary",
        loss="hinge",
        metrics=["hinge", "true_positives", "false_negatives"],
    ),
    "squared_hinge": run(
        take(3),
        use("Dense", units=5),
        use("PReLU"),
        use("Dense", units=2),
        targets="binary",
        loss="squared_hinge",
        metrics=["squared_hinge"],
    ),
    "categorical_hinge": run(
        *CLASSES, targets="one_hot", loss="categorical_hinge", metrics=["categorical_hinge"]
    ),
    "binary_focal_crossentropy": run(
        *PAIR,
        targets="binary",
        loss=use("binary_focal_crossentropy", apply_class_balancing=True),
        metrics=["binary_crossentropy", use("precision_at_recall", recall=0.5)],
        optimizer=use("sgd", learning_rate=2.0),
    ),
    "categorical_focal_crossentropy": run(
        take(3),
        use("Dense", units=4, activation="mish"),
        use("Dense", units=4),
        use("Softmax"),
        targets="one_hot",
        loss=use("categorical_focal_crossentropy", gamma=1.5),
        metrics=["categorical_crossentropy", use("auc", curve="PR", multi_label=True)],
        optimizer=use("sgd", learning_rate=2.0),
    ),
    "categorical_crossentropy.softmax_layer": run(
        take(3),
        use("Dense", units=4, activation="selu"),
        use("Dense", units=4),
        use("Softmax"),
        targets="one_hot",
        loss="categorical_crossentropy",
    ),
}
