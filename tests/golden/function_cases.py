"""Which activations and initializers are compared with Keras, and how (see cases.py)."""

from __future__ import annotations

from tests.golden.words import Case, use

MARKS = ("rounded", "largest", "axes")


def bare(component: Case) -> Case:
    """Return a component without what is said about its case."""
    return {key: value for key, value in component.items() if key not in MARKS}


# ----------------------------------------------------------------------------- activations
# Run on a table of values with zeros, ties and large ones among them, cut at `largest`.

ACTIVATIONS: dict[str, Case] = {
    "linear": use("linear"),
    "relu": use("relu"),
    "relu6": use("relu6"),
    "sigmoid": use("sigmoid"),
    "hard_sigmoid": use("hard_sigmoid"),
    "log_sigmoid": use("log_sigmoid"),
    "tanh": use("tanh"),
    "softmax": use("softmax"),
    "log_softmax": use("log_softmax"),
    "softplus": use("softplus"),
    "softsign": use("softsign"),
    "elu": use("elu"),
    "elu.alpha": use("elu", alpha=0.375),
    "selu": use("selu"),
    "celu": use("celu"),
    "celu.alpha": use("celu", alpha=0.375),
    "gelu": use("gelu") | {"rounded": True},  # TensorFlow rounds its sqrt(1/2)
    "gelu.approximate": use("gelu", approximate=True),
    "leaky_relu": use("leaky_relu") | {"rounded": True},
    "leaky_relu.slope": use("leaky_relu", negative_slope=0.125),
    "leaky_relu.steep": use("leaky_relu", negative_slope=1.5),
    "silu": use("silu"),
    "hard_silu": use("hard_silu"),
    "mish": use("mish"),
    "hard_shrink": use("hard_shrink"),
    "hard_shrink.threshold": use("hard_shrink", threshold=1.0),
    "soft_shrink": use("soft_shrink"),
    "soft_shrink.threshold": use("soft_shrink", threshold=1.0),
    "tanh_shrink": use("tanh_shrink"),
    "threshold": use("threshold", threshold=1.0, default_value=-0.25),
    "hard_tanh": use("hard_tanh"),
    "sparse_sigmoid": use("sparse_sigmoid"),
    "sparse_plus": use("sparse_plus"),
    "squareplus": use("squareplus"),
    "squareplus.b": use("squareplus", b=0.25),
    "exponential": use("exponential") | {"largest": 4.0},
}

# ---------------------------------------------------------------------------- initializers
# Keras's stream of numbers is its own: only mean, deviation and bounds are compared.
# `axes` are the numbers of axes that an initializer is made for, where not all.

INITIALIZERS: dict[str, Case] = {
    "zeros": use("zeros"),
    "ones": use("ones"),
    "constant": use("constant", value=0.625),
    "random_normal": use("random_normal"),
    "random_normal.shifted": use("random_normal", mean=2.0, stddev=0.25),
    "random_uniform": use("random_uniform"),
    "random_uniform.bounds": use("random_uniform", minval=1.0, maxval=3.0),
    "truncated_normal": use("truncated_normal"),
    "truncated_normal.shifted": use("truncated_normal", mean=-1.0, stddev=0.5),
    "glorot_uniform": use("glorot_uniform"),
    "glorot_normal": use("glorot_normal"),
    "he_uniform": use("he_uniform"),
    "he_normal": use("he_normal"),
    "lecun_uniform": use("lecun_uniform"),
    "lecun_normal": use("lecun_normal"),
    "variance_scaling.normal": use("variance_scaling"),
    "variance_scaling.uniform": use(
        "variance_scaling", scale=0.5, mode="fan_avg", distribution="uniform"
    ),
    "variance_scaling.random_normal": use(
        "variance_scaling", scale=2.0, mode="fan_out", distribution="untruncated_normal"
    ),
    "identity": use("identity", gain=0.5) | {"axes": [2]},
    "orthogonal": use("orthogonal", gain=3.0) | {"axes": [2, 4]},
}
INITIALIZER_SHAPES: tuple[tuple[int, ...], ...] = ((200, 300), (3, 5, 40, 100), (50_000,))


def fits(case: Case, shape: tuple[int, ...]) -> bool:
    """Whether an initializer is made for weights of so many axes."""
    return len(shape) in case.get("axes", [len(shape)])
