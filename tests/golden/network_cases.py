"""Whole networks that are compared with Keras, from first weights to history: see run_cases.py."""

from __future__ import annotations

from typing import Any

from tests.golden.rule_cases import BOTH
from tests.golden.run_cases import BETAS, RATE, run
from tests.golden.words import Case, take, use


def text(*layers: Case, **fields: Any) -> Case:
    """A run over tokens of which some are padding."""
    words = {"output_dim": 3, "mask_zero": True, **fields.pop("words", {})}
    embedding = use("Embedding", input_dim=6, **words)
    tokens = take(5, dtype="int32")
    return run(tokens, embedding, *layers, use("Dense", units=2), values="tokens", **fields)


def ruled(kind: str, rule: Any, *weights: str) -> dict[str, Any]:
    """Give each weight the rule: `ruled("constraint", "non_neg", "kernel", "bias")`."""
    return {f"{weight}_{kind}": rule for weight in weights}


def text_network(**fields: Any) -> Case:
    """Recurrent layers over tokens, some of which are padding."""
    sgd = use("sgd", learning_rate=RATE, momentum=0.75, nesterov=True)
    return run(
        take(7, dtype="int32"),
        use("Embedding", input_dim=6, output_dim=3, mask_zero=True),
        use("Bidirectional", layer=use("LSTM", units=3, return_sequences=True)),
        use("LSTM", units=4),
        use("Dense", units=1, activation="sigmoid"),
        **{
            "targets": "binary",
            "loss": "binary_crossentropy",
            "optimizer": sgd,
            "metrics": ["accuracy"],
            "values": "tokens",
            "epochs": 5,
            "rows": 13,
            **fields,
        },
    )


NETWORKS: dict[str, Case] = {
    "text": text_network(),
    "text.adam": text_network(optimizer=use("adam", learning_rate=RATE / 4, **BETAS)),
    "text.adam_clipped": text_network(
        optimizer=use("adamw", learning_rate=RATE / 4, clipnorm=0.125, **BETAS)
    ),
    "text.sgd_clipped": text_network(optimizer=use("sgd", learning_rate=RATE, clipnorm=0.0625)),
    "text.nadam": text_network(
        optimizer=use("nadam", learning_rate=RATE / 4, **BETAS), rounded=True
    ),
    "text.rmsprop": text_network(
        optimizer=use(
            "rmsprop", learning_rate=RATE / 16, rho=0.875, epsilon=2.0**-10, global_clipnorm=0.25
        )
    ),
    "text.adagrad": text_network(
        optimizer=use(
            "adagrad", learning_rate=RATE, initial_accumulator_value=0.125, epsilon=2.0**-20
        )
    ),
    "text.adadelta": text_network(
        optimizer=use("adadelta", learning_rate=1.0, rho=0.875, epsilon=2.0**-10)
    ),
    "text.ftrl": text_network(
        optimizer=use("ftrl", learning_rate=RATE, initial_accumulator_value=0.125)
    ),
    "branches": run(
        take(5, name="x"),
        use("Dense", units=6, activation="relu", name="wide", inputs=["x"]),
        use("Dense", units=3, activation="tanh", name="narrow", inputs=["x"]),
        use("Dense", units=6, activation="silu", name="deep", inputs=["narrow"]),
        use("Add", name="sum", inputs=["wide", "deep"]),
        use("LayerNormalization", name="level", inputs=["sum"], epsilon=2.0**-10),
        use("Concatenate", name="all", inputs=["level", "narrow", "x"]),
        use("Dense", units=2, inputs=["all"]),
        metrics=["mean_absolute_error"],
        optimizer=use("adam", learning_rate=RATE / 4, **BETAS),
        epochs=5,
    ),
    "regularizers.lstm": text(
        use(
            "LSTM",
            units=3,
            **ruled("regularizer", BOTH, "kernel", "recurrent", "bias", "activity"),
        ),
        words=ruled("regularizer", BOTH, "embeddings"),
    ),
    "regularizers.bidirectional": text(
        use(
            "Bidirectional",
            layer=use(
                "GRU",
                units=2,
                return_sequences=True,
                **ruled("regularizer", BOTH, "recurrent", "activity"),
            ),
        ),
        use(
            "TimeDistributed",
            layer=use("Dense", units=2, **ruled("regularizer", BOTH, "kernel", "bias")),
        ),
    ),
    "regularizers.normalizations": run(
        take(4, 6),
        use("BatchNormalization", momentum=0.875, **ruled("regularizer", BOTH, "gamma", "beta")),
        use("Dense", units=4),
        use("LayerNormalization", **ruled("regularizer", BOTH, "gamma")),
        use("GroupNormalization", groups=2, **ruled("regularizer", BOTH, "beta")),
        use("Dense", units=2),
        rounded=True,
    ),
    "constraints.lstm": text(
        use("LSTM", units=3, **ruled("constraint", "non_neg", "kernel", "recurrent", "bias")),
        words=ruled("constraint", "non_neg", "embeddings"),
    ),
    "constraints.normalizations": run(
        take(4, 6),
        use("BatchNormalization", momentum=0.875, **ruled("constraint", "non_neg", "beta")),
        use("LayerNormalization", **ruled("constraint", "non_neg", "gamma", "beta")),
        use("Dense", units=2),
        rounded=True,
    ),
    "constraints.bidirectional": text(
        use(
            "Bidirectional",
            layer=use("SimpleRNN", units=2, recurrent_constraint=use("max_norm", max_value=0.5)),
        ),
        rounded=True,
    ),
}

# Where an Embedding's gradient is the sum over its lookups, as with JAX, which rounds to float32.
SUMMED: dict[str, Case] = {
    "adamax": text_network(optimizer=use("adamax", learning_rate=RATE / 4, **BETAS), rounded=True),
    "clipvalue": text_network(
        optimizer=use("sgd", learning_rate=RATE, clipvalue=2.0**-10), rounded=True
    ),
}
