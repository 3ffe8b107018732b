"""What is compared with Keras: trainings of graphs, and of rows that don't count alike."""

from __future__ import annotations

from tests.golden.run_cases import CLASSES, PAIR, run
from tests.golden.words import Case, take, use

TWO_OF_EACH = [
    take(3, name="left"),
    take(2, name="right"),
    use("Dense", units=4, activation="tanh", name="near", inputs=["left"]),
    use("Dense", units=4, name="far", inputs=["right"]),
    use("Concatenate", name="both", inputs=["near", "far"]),
    use("Add", name="sum", inputs=["near", "far"]),
    use("Dense", units=2, name="price", inputs=["both"]),
    use("Dense", units=3, activation="softmax", name="kind", inputs=["sum"]),
]

GRAPHS: dict[str, Case] = {
    "outputs": run(
        *TWO_OF_EACH,
        targets={"price": "values", "kind": "index"},
        loss={"price": "mean_squared_error", "kind": "sparse_categorical_crossentropy"},
        loss_weights={"price": 2.0, "kind": 0.5},
        metrics={"price": ["mean_absolute_error"], "kind": ["accuracy"]},
        epochs=5,
        optimizer=use("sgd", learning_rate=2.0**-4),
    ),
    "outputs.weighed": run(
        *TWO_OF_EACH,
        targets={"price": "values", "kind": "one_hot"},
        loss={"price": "mean_absolute_error", "kind": "categorical_crossentropy"},
        metrics={"kind": ["accuracy"]},
        weighed=True,
        epochs=5,
        optimizer=use("sgd", learning_rate=2.0**-4),
    ),
    "autoencoder": run(
        take(5),
        use("Dense", units=2, activation="tanh", name="codes"),
        use("Dense", units=5),
        targets="inputs",
        epochs=5,
        optimizer=use("sgd", learning_rate=2.0**-4),
    ),
    "class_weight": run(
        *CLASSES,
        targets="one_hot",
        loss="categorical_crossentropy",
        metrics=["accuracy"],
        class_weight={"0": 0.5, "2": 3.0},
        epochs=5,
        optimizer=use("sgd", learning_rate=2.0**-4),
    ),
    "sample_weight": run(
        *PAIR,
        targets="binary",
        loss="binary_crossentropy",
        metrics=["accuracy"],
        weighed=True,
        epochs=5,
        optimizer=use("sgd", learning_rate=2.0**-4),
    ),
}
