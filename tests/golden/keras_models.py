"""Plain config dicts become Keras objects, so that both sides run from the same words."""

from __future__ import annotations

from typing import Any

import keras

from tests.golden.function_cases import bare

Plain = dict[str, Any]


def plain(component: str | Plain) -> Plain:
    """Write "adam" as {"type": "adam"}."""
    return {"type": component} if isinstance(component, str) else component


def member(module: Any, component: str | Plain) -> Any:
    """Return the object of a keras module that `{type: mean_squared_error, ...}` stands for."""
    fields = with_rules(arguments(plain(component)))
    name = fields.pop("type").replace("_", "").lower()
    classes = {key.lower(): value for key, value in vars(module).items() if isinstance(value, type)}
    return classes[name](**fields)


def with_rules(fields: Plain) -> Plain:
    """Return the fields with what stands for regularizers, constraints and schedules made."""
    modules = {
        "regularizer": keras.regularizers,
        "constraint": keras.constraints,
        "rate": keras.optimizers.schedules,
    }
    made = dict(fields)
    for key, value in fields.items():
        module = modules.get(key.rpartition("_")[2])
        if module and isinstance(value, str | dict):
            made[key] = member(module, value)
        if hasattr(made[key], "factor"):  # float32, which Keras can't multiply by float64
            made[key].factor = float(made[key].factor)
    return made


def callback(component: str | Plain) -> Any:
    """Return the callback; a table of rates becomes the function that Keras wants."""
    fields = dict(plain(component))
    if "schedule" in fields:
        table = dict(fields["schedule"])
        fields["schedule"] = lambda epoch, rate: table.get(epoch + 1, rate)
    return member(keras.callbacks, fields)


def arguments(fields: Plain) -> Plain:
    """Return the fields with lists turned into the tuples that Keras wants (but thresholds)."""
    return {
        key: tuple(value) if isinstance(value, list) and key != "thresholds" else value
        for key, value in fields.items()
    }


def activation(component: str | Plain) -> Any:
    """Return keras.activations' function with its arguments bound."""
    fields = bare(plain(component))
    function = keras.activations.get(fields.pop("type"))
    return lambda x: function(x, **fields)


def layer(fields: Plain) -> Any:
    """Return the layer for one entry of a config's `layers`."""
    fields = arguments(fields)
    kind = fields.pop("type")
    fields.pop("inputs", None)
    for inner in fields.keys() & {"layer", "backward_layer"}:
        fields[inner] = layer(fields[inner])
    if isinstance(fields.get("activation"), dict):
        fields["activation"] = activation(fields["activation"])
    classes = {"Conv2DTranspose": Conv2DTranspose, "UpSampling2D": UpSampling2D}
    return classes.get(kind, getattr(keras.layers, kind))(**with_rules(fields))


class Conv2DTranspose(keras.layers.Conv2DTranspose):  # type: ignore[misc]
    """Dilates by laying zeros into the kernel, since TensorFlow can't do it on a CPU."""

    def call(self, inputs: Any) -> Any:
        """Call Keras's own with the larger kernel."""
        kernel, dilation = self.kernel, self.dilation_rate
        self.kernel, self.dilation_rate = with_zeros_between(kernel, dilation), (1, 1)
        outputs = super().call(inputs)
        self.kernel, self.dilation_rate = kernel, dilation
        return outputs


class UpSampling2D(keras.layers.UpSampling2D):  # type: ignore[misc]
    """Takes lanczos in float32, since TensorFlow has no gradient of it in float64."""

    def call(self, inputs: Any) -> Any:
        """Call Keras's own, with fewer digits where it must be."""
        if not self.interpolation.startswith("lanczos"):
            return super().call(inputs)
        return keras.ops.cast(super().call(keras.ops.cast(inputs, "float32")), inputs.dtype)


def with_zeros_between(kernel: Any, dilation: tuple[int, int]) -> Any:
    """Return the kernel with rows and columns that far apart."""
    (height, width, *channels), (down, across) = kernel.shape, dilation
    apart = keras.ops.reshape(kernel, (height, 1, width, 1, *channels))
    apart = keras.ops.pad(apart, [(0, 0), (0, down - 1), (0, 0), (0, across - 1), (0, 0), (0, 0)])
    apart = keras.ops.reshape(apart, (height * down, width * across, *channels))
    return apart[: (height - 1) * down + 1, : (width - 1) * across + 1]


def model(layers: list[Plain]) -> keras.Model:
    """Chain the layers, or connect them as their `inputs` say; what nobody reads is an output."""
    keras.utils.clear_session()
    inputs, named, unread, previous = [], {}, {}, None
    for fields in layers:
        if fields["type"] == "Input":
            tensor = keras.Input(**{key: fields[key] for key in fields if key != "type"})
            inputs.append(tensor)
        else:
            names = [name.partition(".") for name in fields.get("inputs", [])]
            read = [named[name] for name, _, _ in names] or [previous]
            for tensor in read:
                unread.pop(id(tensor), None)
            numbers = [int(number or 0) for _, _, number in names] or [0]
            sources = [
                tensor[number] if isinstance(tensor, list | tuple) else tensor
                for tensor, number in zip(read, numbers, strict=True)
            ]
            made = layer(fields)
            if len(sources) > 1 and isinstance(made, keras.layers.RNN):
                mask = keras.src.backend.get_keras_mask(sources[0])  # which Keras else forgets
                tensor = made(sources[0], initial_state=sources[1:], mask=mask)
            else:
                tensor = made(sources[0] if len(sources) == 1 else sources)
        if "name" in fields:
            named[fields["name"]] = tensor
        unread[id(tensor)] = previous = tensor
    outputs = list(unread.values())
    return keras.Model(inputs, outputs[0] if len(outputs) == 1 else outputs)


def weights(network: keras.Model) -> dict[str, Any]:
    """Return the model's variables by Keras's path: dense/kernel, lstm/lstm_cell/bias."""
    return {variable.path: variable for variable in network.weights}


def metric(component: str | Plain, case: Plain | None = None) -> Any:
    """Return a metric; "accuracy" stays a word, which compile resolves by the shapes."""
    component = plain(component)
    if component["type"] == "accuracy":
        return "accuracy"
    if component["type"] == "mean_iou" and case:  # here it is told by the shapes, too
        fields = {"num_classes": case["width"], "sparse_y_true": case["targets"] == "index"}
        component = component | fields | {"sparse_y_pred": False}
    return member(keras.metrics, component)
