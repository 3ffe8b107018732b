"""Regularizers, constraints and callbacks that are compared with Keras: training runs each."""

from __future__ import annotations

from typing import Any

from tests.golden.run_cases import BETAS, CLASSES, RATE, run
from tests.golden.words import Case, take, use


def dense(units: int = 5, **fields: Any) -> list[Case]:
    """The small network, its first layer with some fields."""
    first = use("Dense", units=units, activation="tanh", **fields)
    return [take(3), first, use("Dense", units=2)]


BOTH = use("l1_l2", l1=0.0625, l2=0.125)
ACROSS = use("orthogonal_regularizer", factor=0.5, mode="columns")

REGULARIZERS: dict[str, Case] = {
    "l1": run(*dense(kernel_regularizer="l1"), rounded=True),
    "l1.exact": run(*dense(kernel_regularizer=use("l1", l1=0.125), bias_regularizer=BOTH)),
    "l1.activity": run(*dense(activity_regularizer=use("l1", l1=0.125))),
    "l2": run(*dense(kernel_regularizer="l2", bias_regularizer="l2"), rounded=True),
    "l2.exact": run(*dense(kernel_regularizer=use("l2", l2=0.25)), metrics=["mean_absolute_error"]),
    "l2.activity": run(
        take(3),
        use("Dense", units=5, activation="gelu", activity_regularizer=use("l2", l2=0.25)),
        use("Dense", units=2, activity_regularizer=use("l2", l2=0.125), kernel_regularizer=BOTH),
        rounded=True,
    ),
    "l2.adam": run(
        *dense(kernel_regularizer=use("l2", l2=0.25)),
        optimizer=use("adam", learning_rate=RATE / 4, clipnorm=0.5, **BETAS),
    ),
    "l2.frozen": run(
        *dense(kernel_regularizer=use("l2", l2=0.25), kernel_constraint="non_neg", trainable=False)
    ),
    "l1_l2": run(*dense(kernel_regularizer="l1_l2")),
    "l1_l2.exact": run(*dense(kernel_regularizer=BOTH, activity_regularizer=BOTH)),
    "l1_l2.layer": run(
        take(4, 3),
        use("Dense", units=5, activation="relu"),
        use("ActivityRegularization", l1=0.0625, l2=0.125),
        use("Dense", units=2),
    ),
    "l1_l2.classes": run(
        *CLASSES[:-1],
        use("Dense", units=4, activation="softmax", activity_regularizer=BOTH),
        targets="one_hot",
        loss="categorical_crossentropy",
        metrics=["accuracy"],
    ),
    "orthogonal_regularizer": run(
        *dense(kernel_regularizer="orthogonal_regularizer"), rounded=True
    ),
    "orthogonal_regularizer.exact": run(
        *dense(kernel_regularizer=use("orthogonal_regularizer", factor=0.5))
    ),
    "orthogonal_regularizer.columns": run(*dense(kernel_regularizer=ACROSS)),
}

# Keras adds 1e-7, rounded to float32, to norms: cases of norms agree to 5e-6.
CONSTRAINTS: dict[str, Case] = {
    "non_neg": run(*dense(kernel_constraint="non_neg", bias_constraint="non_neg")),
    "non_neg.accumulation": run(
        *dense(kernel_constraint="non_neg"),
        optimizer=use("sgd", learning_rate=RATE, gradient_accumulation_steps=2),
    ),
    "max_norm": run(*dense(kernel_constraint="max_norm"), rounded=True),
    "max_norm.small": run(
        *dense(
            kernel_constraint=use("max_norm", max_value=0.5, axis=1),
            bias_constraint=use("max_norm", max_value=0.25),
        ),
        rounded=True,
    ),
    "min_max_norm": run(*dense(kernel_constraint="min_max_norm"), rounded=True),
    "min_max_norm.slow": run(
        *dense(
            kernel_constraint=use("min_max_norm", min_value=0.75, max_value=1.0, rate=0.25, axis=-1)
        ),
        rounded=True,
    ),
    "unit_norm": run(*dense(kernel_constraint="unit_norm"), rounded=True),
    "unit_norm.all": run(
        *dense(kernel_constraint=use("unit_norm", axis=[0, 1])),
        optimizer=use("sgd", learning_rate=RATE, use_ema=True, ema_momentum=0.5),
        rounded=True,
    ),
}


def watched(*callbacks: Case, rate: float = RATE, **fields: Any) -> Case:
    """A long run with validation on its own rows, which at first learns too fast."""
    return run(
        optimizer=use("sgd", learning_rate=rate),
        callbacks=list(callbacks),
        **{"epochs": 12, **fields},
    )


CALLBACKS: dict[str, Case] = {
    "early_stopping": watched(use("early_stopping", min_delta=0.0625)),
    "early_stopping.patient": watched(
        use(
            "early_stopping",
            monitor="loss",
            min_delta=0.03125,
            patience=2,
            restore_best_weights=True,
            start_from_epoch=2,
        )
    ),
    "early_stopping.up": watched(
        use("early_stopping", monitor="r2_score", mode="max", min_delta=0.0625, baseline=0.25),
        metrics=["r2_score"],
    ),
    "reduce_lr_on_plateau": watched(
        use("reduce_lr_on_plateau", patience=1, min_delta=0.0625, factor=0.5)
    ),
    "reduce_lr_on_plateau.cooldown": watched(
        use(
            "reduce_lr_on_plateau",
            monitor="val_r2_score",
            patience=2,
            cooldown=2,
            factor=0.25,
            min_lr=0.03125,
            min_delta=0.5,
        ),
        metrics=["r2_score"],
        epochs=16,
    ),
    "learning_rate_scheduler": watched(
        use("learning_rate_scheduler", schedule=[[1, 0.5], [3, 0.25], [6, 0.0625]]), epochs=8
    ),
    "learning_rate_scheduler.late": watched(
        use("learning_rate_scheduler", schedule=[[4, 0.03125]]),
        use("early_stopping", monitor="loss", min_delta=0.0625, patience=1),
    ),
    "terminate_on_nan": watched(use("terminate_on_nan"), epochs=2),
}
"""model_checkpoint, which changes no number, has tests of its own."""
