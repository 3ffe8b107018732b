"""The last layer against the loss and the classes."""

from pathlib import Path

import pytest

from nncli.api.training import train
from nncli.config.loading import load
from nncli.errors import ConfigError

CONFIG = """\
data: {{train: table.csv, target: kind}}
layers:
  - {{type: Dense, units: {units}, activation: {activation}}}
loss: {loss}
optimizer: adam
epochs: 1
"""

BINARY, CATEGORICAL = "binary_crossentropy", "categorical_crossentropy"


def _train(folder: Path, classes: int, **parts: object) -> None:
    rows = "".join(f"{row},{row % classes}\n" for row in range(12))
    (folder / "table.csv").write_text("x,kind\n" + rows, encoding="utf-8")
    (folder / "c.yaml").write_text(CONFIG.format(**parts), encoding="utf-8")
    train(load(folder / "c.yaml"), runs_dir=folder / "runs", plots=False)


@pytest.mark.parametrize(
    ("classes", "units", "activation", "loss", "message"),
    [
        (2, 1, "linear", BINARY, "binary_crossentropy takes probabilities, but the last layer's"
         " activation is linear, whose outputs are none; give it activation: sigmoid, or the loss"
         " from_logits: true"),
        (3, 3, "relu", CATEGORICAL, "categorical_crossentropy takes probabilities, but the last"
         " layer's activation is relu, whose outputs are none; give it activation: softmax, or the"
         " loss from_logits: true"),
        (2, 1, "softmax", BINARY, "softmax over a single output is always 1; take activation:"
         " sigmoid, or a unit for each class"),
        (3, 4, "softmax", CATEGORICAL, "the target has 3 classes (0, 1, 2), but the last layer has"
         " 4 units; let the network end with a Dense layer of 3 units"),
        (2, 3, "sigmoid", BINARY, "the target has 2 classes (0, 1), but the last layer has 3 units;"
         " let the network end with a Dense layer of 1 unit with activation: sigmoid"),
        (2, 3, "softmax", CATEGORICAL, "the target has 2 classes (0, 1), but the last layer has"
         " 3 units; let the network end with a Dense layer of 2 units"),
        (3, 2, "linear", "mean_squared_error", "the target has 1 column, but the last layer has 2"
         " units; let the network end with a Dense layer of 1 unit"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(
    tmp_path: Path, classes: int, units: int, activation: str, loss: str, message: str
) -> None:
    with pytest.raises(ConfigError) as error:
        _train(tmp_path, classes, units=units, activation=activation, loss=loss)
    assert str(error.value) == f"{tmp_path}/c.yaml:3:5: layers[0]: {message}"
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize(
    ("classes", "activation", "loss", "way_out"),
    [
        (2, "sigmoid", CATEGORICAL, "binary_crossentropy with activation: sigmoid"),
        (3, "softmax", CATEGORICAL, "binary_crossentropy with activation: sigmoid"),
        (2, "sigmoid", f"sparse_{CATEGORICAL}", "binary_crossentropy with activation: sigmoid"),
        (2, "sigmoid", "categorical_focal_crossentropy",
         "binary_focal_crossentropy with activation: sigmoid"),
        (2, "linear", f"{{type: {CATEGORICAL}, from_logits: true}}",
         "binary_crossentropy with activation: sigmoid"),
        (2, "tanh", "categorical_hinge", "hinge"),
    ],
)  # fmt: skip
def test_a_single_output_has_no_other_to_be_compared_with(
    tmp_path: Path, classes: int, activation: str, loss: str, way_out: str
) -> None:
    with pytest.raises(ConfigError) as error:
        _train(tmp_path, classes, units=1, activation=activation, loss=loss)
    (problem,) = error.value.problems
    assert problem.path == ("layers", 0)
    assert problem.message.endswith(
        "compares the outputs of the classes with each other, but the last layer has a single "
        "one, and nothing would be learnt"
    )
    assert problem.hint == f"for two classes take loss: {way_out}, for more a unit for each class"


@pytest.mark.parametrize(
    ("shape", "instead"),
    [
        ("1, 1", " (or GlobalAveragePooling1D, or return_sequences: false in a recurrent layer)"),
        ("1, 1, 1", " (or GlobalAveragePooling2D)"),
        ("1, 1, 1, 1", ""),
    ],
)
def test_axes_that_are_left_over_are_to_be_flattened(
    tmp_path: Path, shape: str, instead: str
) -> None:
    layers = f"relu}}\n  - {{type: Reshape, target_shape: [{shape}]}}\n"
    layers += "  - {type: Dense, units: 1, activation: sigmoid"
    with pytest.raises(ConfigError) as error:
        _train(tmp_path, 2, units=1, activation=layers, loss=BINARY)
    (problem,) = error.value.problems
    assert problem.hint == (
        f"let the network end with Flatten{instead} and then a Dense layer of 1 unit with "
        "activation: sigmoid"
    )


def test_shapes_that_a_binary_loss_cannot_take_are_refused(tmp_path: Path) -> None:
    layers = "sigmoid}\n  - {type: Reshape, target_shape: [1, 1]"
    with pytest.raises(ConfigError, match=r"has two classes, but the last layer has outputs"):
        _train(tmp_path, 2, units=1, activation=layers, loss=BINARY)


def test_layers_that_only_pass_numbers_on_are_looked_through(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"c.yaml:3:5: layers\[0\]: .* activation is linear"):
        _train(tmp_path, 2, units=1, activation="linear}\n  - {type: Flatten", loss=BINARY)


@pytest.mark.parametrize(
    ("classes", "units", "activation", "loss"),
    [
        (2, 1, "sigmoid", BINARY),
        (2, 1, "linear", "{type: binary_crossentropy, from_logits: true}"),
        (2, 2, "softmax", BINARY),
        (3, 3, "softmax", "sparse_categorical_crossentropy"),
        (3, 3, "linear", "{type: categorical_crossentropy, from_logits: true}"),
        (3, 1, "relu", "mean_squared_error"),
    ],
)
def test_what_fits_is_trained(
    tmp_path: Path, classes: int, units: int, activation: str, loss: str
) -> None:
    _train(tmp_path, classes, units=units, activation=activation, loss=loss)
    assert (tmp_path / "runs" / "c" / "results.json").exists()
