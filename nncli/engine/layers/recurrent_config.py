"""What a config says of a recurrent layer, and the weights that follow from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from nncli.engine.activations import Activation, Tanh
from nncli.engine.component import require
from nncli.engine.constraints import Constraint
from nncli.engine.initializers import GlorotUniform, Initializer, Orthogonal, Zeros
from nncli.engine.layers.base import Layer
from nncli.engine.layers.gates import is_elementwise
from nncli.engine.parameters import Weight
from nncli.engine.regularizers import Regularizer


@dataclass(kw_only=True)
class RecurrentConfig(Layer):
    """The arguments that SimpleRNN, LSTM and GRU share."""

    cell: ClassVar[str]
    """What Keras calls the part that owns the weights."""

    units: int
    """How many numbers the state and each output have."""
    activation: Activation = field(default_factory=Tanh)
    """What is applied to the candidate of the new state."""
    use_bias: bool = True
    """Whether a bias is added."""
    kernel_initializer: Initializer = field(default_factory=GlorotUniform)
    """How the inputs' weights, (features, gates * units), start."""
    recurrent_initializer: Initializer = field(default_factory=Orthogonal)
    """How the state's weights, (units, gates * units), start."""
    bias_initializer: Initializer = field(default_factory=Zeros)
    """How the bias starts."""
    kernel_regularizer: Regularizer | None = None
    """What the size of the inputs' weights adds to the loss."""
    recurrent_regularizer: Regularizer | None = None
    """What the size of the state's weights adds to the loss."""
    bias_regularizer: Regularizer | None = None
    """What the bias' size adds to the loss."""
    activity_regularizer: Regularizer | None = None
    """What the outputs' size adds to the loss, averaged over the rows of a batch."""
    kernel_constraint: Constraint | None = None
    """What the inputs' weights are held to after every step."""
    recurrent_constraint: Constraint | None = None
    """What the state's weights are held to after every step."""
    bias_constraint: Constraint | None = None
    """What the bias is held to after every step."""
    return_sequences: bool = False
    """Whether there is an output for each step, or only for the last."""
    return_state: bool = False
    """Whether the last state is a further output, `lstm.1`; an LSTM's cell is a third, `lstm.2`."""
    go_backwards: bool = False
    """Whether the last step comes first; the outputs then stand in this order too."""
    zero_output_for_mask: bool = False
    """Whether outputs at masked steps are zeros, or those of the step before."""
    dropout: float = 0.0
    """The fraction of the inputs that is dropped in training, the same in all steps."""
    recurrent_dropout: float = 0.0
    """The fraction of the state that is dropped in training, the same in all steps."""

    def check(self) -> None:
        """Refuse layers without units, rates that are no fraction, and softmax."""
        require(self.units >= 1, f"units must be at least 1, got {self.units}")
        require(
            not (self.return_state and self.activity_regularizer),
            "activity_regularizer can't go together with return_state; "
            "use an ActivityRegularization layer behind",
        )
        for name in ("dropout", "recurrent_dropout"):
            rate = getattr(self, name)
            require(0 <= rate < 1, f"{name} must be at least 0 and below 1, got {rate}")
        for name in ("activation", "recurrent_activation"):
            function = getattr(self, name, self.activation)
            require(
                is_elementwise(function),
                f"{name} must act on each number by itself, got {function.type}",
            )

    def declare_weights(self, features: int, gates: int) -> None:
        """Declare kernel, recurrent kernel and bias, for so many gates side by side."""
        width = gates * self.units
        self.kernel = self.declare(
            f"{self.cell}/kernel",
            (features, width),
            self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        self.recurrent_kernel = self.declare(
            f"{self.cell}/recurrent_kernel",
            (self.units, width),
            self.recurrent_initializer,
            regularizer=self.recurrent_regularizer,
            constraint=self.recurrent_constraint,
        )
        self.bias: Weight | None = None
        if self.use_bias:
            self.bias = self.declare(
                f"{self.cell}/bias",
                self.bias_shape(width),
                self.first_bias(),
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )

    def bias_shape(self, width: int) -> tuple[int, ...]:
        """Return the bias' shape: one number for each column of the kernels."""
        return (width,)

    def first_bias(self) -> Initializer:
        """Return how the bias starts."""
        return self.bias_initializer
