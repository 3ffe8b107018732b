"""Optimizers and schedules that are compared with Keras (see cases.py)."""

from __future__ import annotations

from typing import Any

from tests.golden.run_cases import BETAS, RATE, run
from tests.golden.words import Case, use


def steps(type: str, *, rounded: bool = False, **fields: Any) -> Case:
    """The small network trained by one optimizer, hyperparameters exact in float32."""
    return run(optimizer=use(type, **{"learning_rate": RATE / 4, **fields}), rounded=rounded)


def by_default(type: str, **fields: Any) -> Case:
    """The small network trained by one optimizer with Keras's own hyperparameters."""
    return run(optimizer=use(type, **fields), rounded=True)


SLOW = {"decay_steps": 4, "decay_rate": 0.5}
SHORT = {"decay_steps": 6, "end_learning_rate": 0.125}

OPTIMIZERS: dict[str, Case] = {
    "sgd": by_default("sgd"),
    "sgd.exact": steps("sgd"),
    "sgd.momentum": steps("sgd", momentum=0.875),
    "sgd.nesterov": steps("sgd", momentum=0.875, nesterov=True),
    "rmsprop": by_default("rmsprop"),
    "rmsprop.exact": steps("rmsprop", rho=0.875, epsilon=2.0**-20),
    "rmsprop.momentum": steps("rmsprop", rho=0.875, momentum=0.5, epsilon=2.0**-20),
    "rmsprop.centered": steps("rmsprop", rho=0.875, centered=True, epsilon=2.0**-10),
    "rmsprop.centered_momentum": steps(
        "rmsprop", rho=0.875, momentum=0.5, centered=True, epsilon=2.0**-10
    ),
    "adam": by_default("adam"),
    "adam.exact": steps("adam", **BETAS),
    "adam.amsgrad": steps("adam", amsgrad=True, **BETAS),
    "adamw": by_default("adamw"),
    "adamw.exact": steps("adamw", weight_decay=0.125, **BETAS),
    "adamw.amsgrad": steps("adamw", weight_decay=0.25, amsgrad=True, **BETAS),
    "adamw.none": steps("adamw", weight_decay=0.0, **BETAS),
    "adamax": by_default("adamax"),
    "adamax.exact": steps("adamax", **BETAS),
    "nadam": by_default("nadam"),
    "nadam.exact": steps("nadam", **BETAS, rounded=True),
    "adagrad": by_default("adagrad"),
    "adagrad.exact": steps("adagrad", initial_accumulator_value=0.25, epsilon=2.0**-20),
    "adadelta": by_default("adadelta"),
    "adadelta.exact": steps("adadelta", learning_rate=1.0, rho=0.875, epsilon=2.0**-10),
    "ftrl": by_default("ftrl"),
    "ftrl.exact": steps(
        "ftrl",
        initial_accumulator_value=0.25,
        l1_regularization_strength=0.125,
        l2_regularization_strength=0.25,
        l2_shrinkage_regularization_strength=0.125,
        beta=0.5,
    ),
    "ftrl.power": steps("ftrl", learning_rate_power=-0.25, initial_accumulator_value=0.25),
    "lion": by_default("lion"),
    "lion.exact": steps("lion", learning_rate=RATE / 16, beta_1=0.875, beta_2=0.96875),
    "sgd.weight_decay": steps("sgd", weight_decay=0.25, momentum=0.5),
    "sgd.clipnorm": steps("sgd", clipnorm=0.25),
    "sgd.clipvalue": steps("sgd", clipvalue=0.125, weight_decay=0.25),
    "adam.global_clipnorm": steps("adam", global_clipnorm=0.5, **BETAS),
    "sgd.ema": steps("sgd", use_ema=True, ema_momentum=0.75),
    "adam.ema_overwrite": steps(
        "adam", use_ema=True, ema_momentum=0.5, ema_overwrite_frequency=4, **BETAS
    ),
    "adam.accumulation": steps("adam", gradient_accumulation_steps=2, weight_decay=0.25, **BETAS),
    "nadam.accumulation": steps("nadam", gradient_accumulation_steps=3, **BETAS, rounded=True),
    "sgd.everything": steps(
        "sgd",
        momentum=0.5,
        gradient_accumulation_steps=2,
        clipnorm=0.25,
        weight_decay=0.125,
        use_ema=True,
        ema_momentum=0.75,
        ema_overwrite_frequency=3,
    ),
    "sgd.schedule": steps(
        "sgd",
        learning_rate=use("inverse_time_decay", initial_learning_rate=0.5, **SLOW),
        weight_decay=0.25,
        rounded=True,
    ),
    "adam.schedule": steps(
        "adam",
        learning_rate=use("polynomial_decay", initial_learning_rate=0.25, **SHORT),
        gradient_accumulation_steps=2,
        rounded=True,
        **BETAS,
    ),
}

FIRST = {"initial_learning_rate": 0.5}

# Keras computes rates in float32 whatever the precision: all of them agree to 5e-6.
SCHEDULES: dict[str, Case] = {
    "exponential_decay": {**FIRST, "decay_steps": 7, "decay_rate": 0.25},
    "exponential_decay.stairs": {**FIRST, "decay_steps": 7, "decay_rate": 0.25, "staircase": True},
    "inverse_time_decay": {**FIRST, "decay_steps": 7, "decay_rate": 0.25},
    "inverse_time_decay.stairs": {**FIRST, "decay_steps": 7, "decay_rate": 2.0, "staircase": True},
    "polynomial_decay": {**FIRST, "decay_steps": 20},
    "polynomial_decay.power": {
        **FIRST,
        "decay_steps": 20,
        "power": 2.5,
        "end_learning_rate": 0.0625,
    },
    "polynomial_decay.cycle": {
        **FIRST,
        "decay_steps": 8,
        "end_learning_rate": 0.0625,
        "cycle": True,
    },
    "piecewise_constant_decay": {"boundaries": [0, 5, 9], "values": [1.0, 0.5, 0.125, 0.0625]},
    "piecewise_constant_decay.two": {"boundaries": [5], "values": [0.5, 0.25]},
    "cosine_decay": {**FIRST, "decay_steps": 20},
    "cosine_decay.warmup": {
        "initial_learning_rate": 0.0,
        "decay_steps": 20,
        "alpha": 0.125,
        "warmup_target": 0.5,
        "warmup_steps": 10,
    },
    "cosine_decay_restarts": {**FIRST, "first_decay_steps": 6},
    "cosine_decay_restarts.equal": {
        **FIRST,
        "first_decay_steps": 6,
        "t_mul": 1.0,
        "m_mul": 0.5,
        "alpha": 0.125,
    },
    "cosine_decay_restarts.higher": {
        **FIRST,
        "first_decay_steps": 5,
        "t_mul": 1.5,
        "m_mul": 1.25,
    },
}
SCHEDULE_STEPS = 48
