"""The contract between a layer and the model that owns its arrays.

The model calls `build` once with the shapes that come in; the layer answers with those that go out
and declares its weights and buffers. From then on the layer writes where it is told, as a numpy
ufunc does with `out=`, and allocates nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Any

from nncli.engine.activations import Activation
from nncli.engine.buffers import Buffer
from nncli.engine.capacity import check_weights
from nncli.engine.component import Component, require
from nncli.engine.constraints import Constraint
from nncli.engine.context import Context
from nncli.engine.initializers import Initializer
from nncli.engine.parameters import Weight
from nncli.engine.penalties import Activity
from nncli.engine.regularizers import Regularizer
from nncli.engine.types import Array, Arrays, Call, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class Layer(Component):
    """Base of all layers."""

    name: str | None = None
    """What weights and messages call the layer; by default its type, numbered (dense, dense_1)."""
    inputs: tuple[str, ...] | None = None
    """The layers it reads, by name; by default the one above. `encoder.1` is a second output."""
    trainable: bool = True
    """False keeps the layer's weights as they are."""

    def __post_init__(self) -> None:
        if self.name is not None:
            require(
                self.name != "" and not set(self.name) & set("/. "),
                f"name must not be empty or contain '/', '.' or spaces, got {self.name!r}",
            )
        self.input_shapes: tuple[Shape, ...] = ()
        self.output_shapes: tuple[Shape, ...] = ()
        self.input_masks: tuple[Buffer | None, ...] = ()
        self.activity: Activity | None = None
        super().__post_init__()

    @property
    def views_input(self) -> bool:
        """Whether the output is the input's memory in another shape; then nothing is run."""
        return False

    @property
    def passes_in_inference(self) -> bool:
        """Whether the layer does nothing outside training, and is then left out."""
        return False

    @property
    def needs_whole_batch(self) -> bool:
        """Whether the layer adds up something over the batch, and meets its replicas for it."""
        return False

    @property
    def sequential_calls(self) -> int:
        """How many products must wait for each other, as the steps of a recurrent layer do."""
        return 1

    @property
    def adapts(self) -> bool:
        """Whether the layer is fitted to the training rows before training, by `adapt`."""
        return False

    @property
    def wrapped(self) -> tuple[Layer, ...]:
        """The layers that work inside this one, for those that change how they are used."""
        return ()

    @property
    def reads_integers(self) -> bool:
        """Whether the layer takes an Input's integers as they are; others get them as floats."""
        return False

    @property
    def output_dtype(self) -> Any:
        """The type of the outputs where it isn't the model's own precision."""
        return None

    @property
    def final_activation(self) -> str | None:
        """The type of the activation that ends the layer, if one does."""
        return None

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare weights and buffers for inputs of these shapes and return the outputs' shapes.

        Raises:
            ShapeError: if the inputs don't fit the layer.
        """
        raise NotImplementedError

    def output_mask(self) -> Buffer | None:
        """Return the mask of the outputs, asked once after `build`; by default that of the inputs.

        A mask is a buffer of bools, (rows, steps), False where a sequence has been padded. The
        layer that makes it declares it and fills it in `forward`; those behind find it among their
        `input_masks` before they are built, and read its `array`. As in Keras, a layer that can't
        say what a mask would mean for its outputs drops it by returning None.
        """
        return self.input_masks[0] if self.input_masks else None

    def output_masks(self) -> tuple[Buffer | None, ...]:
        """Return the mask of each output: the same for all, but where some have no steps."""
        return (self.output_mask(),) * len(self.output_shapes)

    def adapt(self, batches: Iterable[Array]) -> None:
        """Fit the layer to all that reaches it from the training rows, batch by batch."""

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Fill `outputs`, arrays of (rows, *output shape)."""
        for run, arguments in self.forward_calls(inputs, outputs, context):
            run(*arguments)

    def forward_calls(self, inputs: Arrays, outputs: Arrays, context: Context) -> list[Call]:
        """Return what `forward` does as a list of calls, made once for each number of rows.

        A layer defines one of the two: this one where the calls are so few and short that looking
        up what they need would take as long as they do.
        """
        return [(self.forward, (inputs, outputs, context))]

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Write the gradients of the inputs (None: not wanted) and of the weights.

        Gradients are set, never added to: where a value feeds several layers the model sums.
        `d_outputs` may be overwritten, since nobody reads it afterwards.
        """
        for run, arguments in self.backward_calls(inputs, outputs, d_outputs, d_inputs, context):
            run(*arguments)

    def backward_calls(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> list[Call]:
        """Return what `backward` does as a list of calls; see `forward_calls`."""
        return [(self.backward, (inputs, outputs, d_outputs, d_inputs, context))]

    def release_activation(self) -> Activation | None:
        """Give away the activation that ends the layer, before it is built.

        A crossentropy that follows softmax or sigmoid works on the logits, as Keras's does; the
        model then applies the released activation itself where probabilities are wanted.
        """
        return None

    def joined_with(self, reader: Layer) -> Layer | None:
        """Return a layer that does the work of this one and of its only reader faster, if any.

        Both are built, and keep their names, weights and places in the summary.
        """
        return None

    def declare(
        self,
        name: str,
        shape: Shape,
        initializer: Initializer,
        *,
        regularizer: Regularizer | None = None,
        constraint: Constraint | None = None,
    ) -> Weight:
        """Declare a weight that is trained unless the layer is frozen.

        Raises:
            ShapeError: if memory has no room for it, or regularizer or constraint can't work on it.
        """
        check_weights(f"its {name}", prod(shape), self.float_type.itemsize)
        for rule in (regularizer, constraint):
            if rule is not None and self.trainable:
                rule.build(name, shape)
        weight = Weight(
            shape, initializer, self.trainable, regularizer=regularizer, constraint=constraint
        )
        return self.add_weight(name, weight)

    def watch_activity(self, regularizer: Regularizer | None, shape: Shape) -> None:
        """Make `activity`, which regularizes the outputs of (rows, *shape), where that is wanted.

        The layer calls it at the end of forward and at the beginning of backward.

        Raises:
            ShapeError: if the regularizer is one for weights.
        """
        if regularizer is not None:
            if not regularizer.of_single_values:
                raise ShapeError(f"activity_regularizer can't be {regularizer.type}")
            self.activity = Activity(regularizer, self.add_buffer(None, *shape))

    def adopt_activation(self, activation: Activation, shape: Shape) -> Activation:
        """Build the activation for arrays of (rows, *shape) as a part of this layer."""
        activation.build(shape)
        self.add_part("", activation)
        return activation

    @property
    def parameter_count(self) -> int:
        """All numbers that are saved with the layer, trainable or not."""
        return self.trainable_count + self.non_trainable_count

    @property
    def trainable_count(self) -> int:
        """How many numbers the optimizer changes."""
        return self._count(trainable=True)

    @property
    def non_trainable_count(self) -> int:
        """How many numbers are saved but not changed by the optimizer."""
        return self._count(trainable=False)

    def _count(self, *, trainable: bool) -> int:
        return sum(
            prod(weight.shape)
            for _, part in self.walk()
            for weight in part.weights.values()
            if weight.trainable is trainable
        )
