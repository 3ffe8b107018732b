"""From files and flags to a LoadedConfig."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from nncli.config.loading import LoadedConfig, load
from nncli.config.overrides import Override
from nncli.config.resolving import moved, resolved
from nncli.config.schema import validate
from nncli.engine.activations import Relu
from nncli.engine.initializers import GlorotUniform
from nncli.engine.layers import Dense
from nncli.engine.optimizers import Adam
from nncli.errors import ConfigError, DataError, ShapeError

CONFIGS = Path(__file__).parent.parent.parent / "configs"
TEXT = """\
# comment
data: {train: a.csv, test: b.csv, target: y}
layers:
  - {type: Dense, units: 4, activation: relu}
  - {type: Dense, units: 1}
loss: mean_squared_error
optimizer: {type: adam, learning_rate: 1e-2}
epochs: 3
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cars.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_values_reach_the_engines_classes(path: Path) -> None:
    config = load(path).config
    first, last = config.layers
    assert isinstance(first, Dense)
    assert isinstance(last, Dense)
    assert (first.units, last.units) == (4, 1)
    assert isinstance(first.activation, Relu)
    assert isinstance(first.kernel_initializer, GlorotUniform)
    assert isinstance(config.optimizer, Adam)
    assert config.optimizer.learning_rate == 0.01
    assert (config.epochs, config.batch_size, config.shuffle) == (3, 32, True)


def test_file_is_kept_byte_for_byte_and_names_the_run(path: Path) -> None:
    loaded = load(path)
    assert loaded.source == TEXT.encode()
    assert loaded.name == "cars"
    assert loaded.directory == path.parent


def test_name_in_the_config_wins(path: Path) -> None:
    assert load(path, [Override.from_set("name=fast")]).name == "fast"


def test_later_changes_win_over_earlier_ones_and_the_file(path: Path) -> None:
    changes = [Override.from_set("epochs=4"), Override("--epochs 5", "epochs", "5")]
    assert load(path, changes).config.epochs == 5


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    loaded = load(Path("-"))
    assert (loaded.path, loaded.directory, loaded.name) == (None, Path(), "run")
    assert loaded.config.epochs == 3


def test_only_a_summary_does_without_data(path: Path) -> None:
    path.write_text(TEXT.replace("data:", "# data:"), encoding="utf-8")
    assert load(path, for_training=False).config.data is None
    with pytest.raises(ConfigError, match="data: missing; training needs a table"):
        load(path)


def test_resolved_loads_to_the_same_config(path: Path) -> None:
    config = load(path).config
    plain = resolved(config)
    assert list(plain)[:3] == ["name", "seed", "dtype"]
    assert plain["layers"][0]["type"] == "Dense"
    assert plain["layers"][0]["kernel_initializer"] == "glorot_uniform"
    assert plain["loss"] == "mean_squared_error"
    assert plain["optimizer"]["epsilon"] == 1e-7
    assert validate(plain) == config


@pytest.mark.parametrize("example", sorted(CONFIGS.glob("*.yaml")), ids=lambda path: path.stem)
def test_examples_resolve_to_themselves(example: Path) -> None:
    config = load(example, for_training=False).config
    assert validate(resolved(config)) == config


def test_moved_paths_lead_to_the_same_files(path: Path) -> None:
    config = load(path).config
    new = path.parent / "runs" / "cars"
    data = moved(config, path.parent, new).data
    assert config.data is not None
    assert data == replace(config.data, train="../../a.csv", test="../../b.csv")


def test_absolute_paths_stay(path: Path) -> None:
    config = load(path, [Override.from_set("data.train=/tables/a.csv")]).config
    data = moved(config, path.parent, path.parent / "runs").data
    assert data is not None
    assert data.train == "/tables/a.csv"


def raised_in(loaded: LoadedConfig, error: Exception) -> str:
    with pytest.raises(type(error)) as caught, loaded.locating():
        raise error
    return str(caught.value)


def test_errors_found_later_get_their_place(path: Path) -> None:
    loaded = load(path, [Override.from_set("layers.1.units=2")])
    late = ConfigError.at(("data", "target"), "there is no column 'y'", "did you mean 'x'?")
    assert raised_in(loaded, late) == (
        f"{path}:2:35: data.target: there is no column 'y'; did you mean 'x'?"
    )
    flagged = ConfigError.at(("layers", 1, "units"), "should be 1")
    assert raised_in(loaded, flagged) == "--set layers.1.units=2: layers[1].units: should be 1"
    assert raised_in(loaded, DataError("a.csv is empty")) == "a.csv is empty"


def test_shapes_that_do_not_fit_get_the_layers_place(path: Path) -> None:
    error = ShapeError("expected 3 axes")
    error.layer = 1
    with pytest.raises(ConfigError) as caught, load(path).locating():
        raise error
    assert str(caught.value) == f"{path}:5:5: layers[1]: expected 3 axes"


def test_missing_file_names_the_nearest(path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        load(path.with_name("car.yaml"))
    assert str(error.value) == (
        f"there is no file {path.with_name('car.yaml')}; did you mean {path}?"
    )


def test_folder_is_no_config(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        load(tmp_path)
    assert str(error.value) == f"{tmp_path} is a folder; name a config file in it"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "{}:1:1: the config is empty; it begins with keys such as 'data:' and 'layers:'"),
        (
            b"- a",
            "{}:1:1: the config should be a mapping; "
            "it begins with keys such as 'data:' and 'layers:'",
        ),
        (b"a: 1\nb: \xff", "{}:2:4: byte 0xff isn't UTF-8; save the config as UTF-8 text"),
        (b"#" * 300_001, "{} is larger than 300,000 bytes, too large for a config"),
    ],
)
def test_content_that_is_no_config(path: Path, content: bytes, message: str) -> None:
    path.write_bytes(content)
    with pytest.raises(ConfigError) as error:
        load(path)
    assert str(error.value) == message.format(path)


def test_byte_order_mark_is_no_character(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert load(path).config.epochs == 3
