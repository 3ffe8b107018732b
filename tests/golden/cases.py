"""What is compared with Keras: every case a plain dict in the words of a config.

A key is "member" or "member.what is special"; a new member needs one line (two for a layer: its
defaults and an awkward set). `make.py` runs the cases in Keras and stores what came out;
tests/engine runs them here. Neither is imported by this file.

Keras rounds hyperparameters to float32 even where it computes in float64: cases marked `rounded`
agree to 5e-6, the others use values that float32 holds exactly and agree to 1e-9.
"""

from __future__ import annotations

from tests.golden.convolution_cases import CONVOLUTIONS
from tests.golden.noise_cases import NOISES
from tests.golden.normalization_cases import NORMALIZATIONS
from tests.golden.pooling_cases import POOLINGS
from tests.golden.recurrent_cases import RECURRENT
from tests.golden.reshaping_cases import RESHAPING
from tests.golden.words import Case, case, take, use

# ---------------------------------------------------------------------------------- layers
# One entry a case, whose first Input and last layer are what its key says.

LAYERS: dict[str, Case] = {
    "Input": case(take(4), use("Activation", activation="tanh")),
    "Input.image": case(take(3, 2, 1), use("Flatten"), rows=1),
    "Dense": case(take(4), use("Dense", units=3)),
    "Dense.awkward": case(
        take(4), use("Dense", units=1, activation="sigmoid", use_bias=False), rows=1
    ),
    "Dense.three_axes": case(take(3, 4), use("Dense", units=2, activation="tanh")),
    "Dense.softmax": case(take(4), use("Dense", units=3, activation="softmax")),
    "Dense.relu": case(take(4), use("Dense", units=6, activation="relu"), rows=5),
    "Dense.stacked": case(
        take(4), use("Dense", units=5, activation="silu"), use("Dense", units=2, activation="elu")
    ),
    "Dense.two_outputs": case(
        take(4, name="x"),
        use("Dense", units=2, inputs=["x"], activation="relu"),
        use("Dense", units=3, inputs=["x"], activation="tanh"),
    ),
    "Activation": case(take(4), use("Activation", activation="relu")),
    "Activation.three_axes": case(take(2, 3), use("Activation", activation="softmax"), rows=1),
    "ReLU": case(take(4), use("ReLU")),
    "ReLU.slope": case(take(2, 3), use("ReLU", negative_slope=0.125), rows=1),
    "ReLU.bounds": case(
        take(4, 3), use("ReLU", max_value=0.75, negative_slope=0.125, threshold=0.25)
    ),
    "ReLU.ties": case(
        take(4, 3), use("ReLU", max_value=1.0, negative_slope=0.5, threshold=0.5), values="ties"
    ),
    "ReLU.clipped": case(take(4, 3), use("ReLU", max_value=0.5), values="ties"),
    "LeakyReLU": case(take(4), use("LeakyReLU")) | {"rounded": True},
    "LeakyReLU.slope": case(take(2, 3), use("LeakyReLU", negative_slope=0.125), rows=1),
    "PReLU": case(take(4, 3), use("PReLU")),
    "PReLU.shared": case(take(3, 2, 4), use("PReLU", shared_axes=[1, 2])),
    "PReLU.one_slope": case(
        take(3), use("Dense", units=4), use("PReLU", shared_axes=[1]), use("Dense", units=2), rows=1
    ),
    "ELU": case(take(4), use("ELU")),
    "ELU.alpha": case(take(2, 3), use("ELU", alpha=0.375), rows=1),
    "Softmax": case(take(4), use("Softmax")),
    "Softmax.axis": case(take(3, 4), use("Softmax", axis=1), rows=1),
    "Softmax.axes": case(take(2, 3, 4), use("Softmax", axis=[-3, 3])),
    "ActivityRegularization": case(take(4), use("ActivityRegularization")),
    "ActivityRegularization.three_axes": case(
        take(2, 3), use("ActivityRegularization", l1=0.25, l2=0.125), rows=1
    ),
    "Flatten": case(take(2, 3, 2), use("Flatten")),
    "Flatten.flat_already": case(take(4), use("Flatten"), rows=1),
    "Flatten.beside_another": case(
        take(2, 3, name="image"),
        use("Dense", units=4, inputs=["image"], name="hidden"),
        use("Activation", activation="tanh", inputs=["hidden"]),
        use("Flatten", inputs=["hidden"], name="flat"),
        use("Dense", units=3, activation="silu", inputs=["flat"]),
        use("Activation", activation="relu", inputs=["flat"]),
    ),
    "Reshape": case(take(12), use("Reshape", target_shape=[2, 3, 2])),
    "Reshape.inferred": case(take(4, 3), use("Reshape", target_shape=[2, -1]), rows=1),
    "Rescaling": case(take(4), use("Rescaling", scale=0.00390625)),
    "Rescaling.offset": case(take(2, 2, 1), use("Rescaling", scale=0.125, offset=-1.0)),
    "Embedding": case(
        take(5, dtype="int32"), use("Embedding", input_dim=7, output_dim=3), values="tokens"
    ),
    "Embedding.masked": case(
        take(6, dtype="int32"),
        use("Embedding", input_dim=7, output_dim=3, mask_zero=True),
        use("LSTM", units=3),
        values="tokens",
    ),
    "Masking": case(take(6, 2), use("Masking"), use("LSTM", units=3), values="gaps"),
    "Masking.sequences": case(
        take(6, 2),
        use("Masking", mask_value=0.0),
        use("GRU", units=3, return_sequences=True),
        values="gaps",
    ),
    "LSTM": case(take(5, 3), use("LSTM", units=4)),
    "LSTM.sequences": case(
        take(5, 3), use("LSTM", units=2, return_sequences=True, go_backwards=True), rows=1
    ),
    "LSTM.plain": case(
        take(4, 3), use("LSTM", units=2, activation="relu", use_bias=False, unit_forget_bias=False)
    ),
    "GRU": case(take(5, 3), use("GRU", units=4)),
    "GRU.reset_before": case(
        take(5, 3), use("GRU", units=2, reset_after=False, return_sequences=True), rows=1
    ),
    "Bidirectional": case(take(4, 3), use("Bidirectional", layer=use("LSTM", units=2))),
    "Bidirectional.masked_sum": case(
        take(6, 2),
        use("Masking"),
        use("Bidirectional", layer=use("GRU", units=3, return_sequences=True), merge_mode="sum"),
        values="gaps",
    ),
    "Concatenate": case(
        take(3, name="a"), take(2, name="b"), use("Concatenate", inputs=["a", "b"])
    ),
    "Concatenate.first_axis": case(
        take(3, 2, name="a"), take(1, 2, name="b"), use("Concatenate", axis=1, inputs=["a", "b"])
    ),
    "Add": case(take(3, name="a"), take(3, name="b"), use("Add", inputs=["a", "b"])),
    "Add.itself": case(
        take(3, name="a"), use("Dense", units=3, name="d"), use("Add", inputs=["a", "d", "d"])
    ),
    "graph.two_inputs_two_outputs": case(
        take(3, name="left"),
        take(4, name="right"),
        use("Dense", units=5, activation="tanh", inputs=["left"], name="hidden"),
        use("Concatenate", inputs=["hidden", "right"], name="both"),
        use("Dense", units=2, activation="softmax", inputs=["both"], name="label"),
        use("Dense", units=1, inputs=["both"], name="amount"),
    ),
    "Embedding.masked_sequences": case(
        take(6, dtype="int32"),
        use("Embedding", input_dim=9, output_dim=2, mask_zero=True),
        use("SimpleRNN", units=3, return_sequences=True),
        use("GRU", units=2),
        rows=4,
        values="tokens",
    ),
    "Masking.stacked": case(
        take(6, 2),
        use("Masking"),
        use("LSTM", units=3, return_sequences=True, go_backwards=True),
        use("Dense", units=2, activation="tanh"),
        use("LSTM", units=2, activation="silu", recurrent_activation="elu"),
        rows=4,
        values="gaps",
    ),
    "Masking.reset_before": case(
        take(5, 2), use("Masking"), use("GRU", units=3, reset_after=False), values="gaps"
    ),
    "Masking.dropped": case(
        take(5, 2), use("Masking"), use("Flatten"), use("Dense", units=2), values="gaps"
    ),
    "SimpleRNN": case(take(5, 3), use("SimpleRNN", units=4)),
    "SimpleRNN.awkward": case(
        take(5, 3),
        use(
            "SimpleRNN",
            units=2,
            activation="softplus",
            use_bias=False,
            return_sequences=True,
            go_backwards=True,
        ),
        rows=1,
    ),
    "SimpleRNN.one_step": case(take(1, 3), use("SimpleRNN", units=2, activation="relu")),
    "LSTM.activations_of_inputs": case(
        take(4, 3), use("LSTM", units=2, activation="silu", recurrent_activation="softplus")
    ),
    "GRU.awkward": case(
        take(4, 3),
        use("GRU", units=3, activation="elu", recurrent_activation="silu", use_bias=False),
    ),
    "GRU.backwards": case(
        take(4, 3),
        use("GRU", units=2, go_backwards=True, return_sequences=True),
        use("GRU", units=3, reset_after=False, activation="relu", go_backwards=True),
    ),
    "Bidirectional.mul": case(
        take(4, 3), use("Bidirectional", layer=use("SimpleRNN", units=2), merge_mode="mul"), rows=1
    ),
    "Bidirectional.ave": case(
        take(4, 3),
        use(
            "Bidirectional",
            layer=use("GRU", units=2, return_sequences=True),
            merge_mode="ave",
        ),
    ),
    "Bidirectional.masked": case(
        take(6, 2),
        use("Masking"),
        use("Bidirectional", layer=use("LSTM", units=2, return_sequences=True)),
        use("Bidirectional", layer=use("LSTM", units=3)),
        rows=4,
        values="gaps",
    ),
    "Bidirectional.masked_mul": case(
        take(6, 2),
        use("Masking"),
        use("Bidirectional", layer=use("LSTM", units=3, return_sequences=True), merge_mode="mul"),
        values="gaps",
    ),
    "TimeDistributed": case(
        take(4, 3), use("TimeDistributed", layer=use("Dense", units=2, activation="tanh"))
    ),
    "TimeDistributed.images": case(
        take(3, 5, 4, 2),
        use("TimeDistributed", layer=use("Conv2D", filters=2, kernel_size=3)),
        use("TimeDistributed", layer=use("Flatten")),
        use("LSTM", units=2),
    ),
    "TimeDistributed.sequences": case(
        take(3, 4, 2), use("TimeDistributed", layer=use("LSTM", units=2)), rows=1
    ),
    "Add.broadcast": case(
        take(3, 2, name="a"), take(1, 2, name="b"), use("Add", inputs=["a", "b"])
    ),
    "Add.masked": case(
        take(6, 2),
        use("Masking", name="m"),
        use("Dense", units=2, inputs=["m"], name="d"),
        use("Add", inputs=["m", "d"]),
        use("GRU", units=3),
        values="gaps",
    ),
    "Subtract": case(take(3, name="a"), take(3, name="b"), use("Subtract", inputs=["a", "b"])),
    "Subtract.itself": case(
        take(3, name="a"), use("Dense", units=3, name="d"), use("Subtract", inputs=["d", "a"])
    ),
    "Multiply": case(
        take(3, name="a"),
        take(3, name="b"),
        take(3, name="c"),
        use("Multiply", inputs=["a", "b", "c"]),
    ),
    "Multiply.broadcast": case(
        take(3, 2, name="a"), take(3, 1, name="b"), use("Multiply", inputs=["a", "b"]), rows=1
    ),
    "Average": case(
        take(3, name="a"),
        take(3, name="b"),
        take(3, name="c"),
        use("Average", inputs=["a", "b", "c"]),
    ),
    "Average.two": case(
        take(3, 2, name="a"), take(3, 2, name="b"), use("Average", inputs=["a", "b"]), rows=1
    ),
    "Maximum": case(
        take(3, name="a"),
        take(3, name="b"),
        take(3, name="c"),
        use("Maximum", inputs=["a", "b", "c"]),
    ),
    "Maximum.ties": case(
        take(4, 3, name="a"),
        take(4, 3, name="b"),
        use("Maximum", inputs=["a", "b"]),
        values="ties",
    ),
    "Maximum.masked": case(
        take(6, 2),
        use("Masking", name="a"),
        use("Dense", units=2, inputs=["a"], name="d"),
        use("Masking", inputs=["d"], name="e"),
        use("Maximum", inputs=["a", "e"]),
        use("GRU", units=3),
        values="gaps",
    ),
    "Minimum": case(take(3, name="a"), take(3, name="b"), use("Minimum", inputs=["a", "b"])),
    "Minimum.ties": case(
        take(4, 3, name="a"),
        take(4, 3, name="b"),
        take(4, 3, name="c"),
        use("Minimum", inputs=["a", "b", "c"]),
        values="ties",
    ),
    "Concatenate.masked": case(
        take(6, 2),
        use("Masking", name="m"),
        use("Dense", units=3, inputs=["m"], name="d"),
        use("Concatenate", inputs=["m", "d"]),
        use("LSTM", units=2),
        values="gaps",
    ),
    "Concatenate.masked_steps": case(
        take(4, 2, name="a"),
        take(6, 2, name="b"),
        use("Masking", inputs=["b"], name="m"),
        use("Concatenate", axis=1, inputs=["a", "m"]),
        use("LSTM", units=2),
        values="gaps",
    ),
}

LAYERS |= CONVOLUTIONS | POOLINGS | NOISES | NORMALIZATIONS | RECURRENT | RESHAPING
