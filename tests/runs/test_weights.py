from __future__ import annotations

import json
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file

from nncli.errors import RunError
from nncli.runs.weights import load_weights, save_weights

WEIGHTS = {
    "dense/kernel": np.arange(6, dtype=np.float32).reshape(2, 3),
    "dense/bias": np.array([0.5, -1, 2], np.float32),
    "norm/count": np.array(3, np.int64),
}


def lying_file(shape: list[int], end: int) -> bytes:
    header = json.dumps({"a": {"dtype": "F32", "shape": shape, "data_offsets": [0, end]}}).encode()
    return struct.pack("<Q", len(header)) + header + b"\0" * 8


def test_there_and_back(tmp_path):
    path = tmp_path / "weights" / "best.safetensors"
    save_weights(path, WEIGHTS)
    loaded = load_weights(path, WEIGHTS)
    assert list(loaded) == list(WEIGHTS)
    for name, array in WEIGHTS.items():
        assert loaded[name].dtype == array.dtype
        np.testing.assert_array_equal(loaded[name], array, strict=True)
    assert set(load_file(path)) == set(WEIGHTS)


def test_views_are_saved_by_their_values(tmp_path):
    flat = np.arange(12, dtype=np.float32)
    weights = {"a": flat.reshape(3, 4).T, "b": flat[::2], "c": flat[3:3]}
    save_weights(tmp_path / "w", weights)
    for name, array in load_weights(tmp_path / "w", weights).items():
        np.testing.assert_array_equal(array, weights[name], strict=True)


def test_equal_weights_are_equal_bytes(tmp_path):
    save_weights(tmp_path / "a", WEIGHTS)
    save_weights(tmp_path / "b", dict(reversed(WEIGHTS.items())))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ({**WEIGHTS, "dense_1/bias": np.zeros(1)}, "dense_1/bias is missing"),
        (
            {k: WEIGHTS[k] for k in ["dense/kernel", "norm/count"]},
            "dense/bias is not in the network",
        ),
        (
            {**WEIGHTS, "dense/kernel": np.zeros((2, 4), np.float32)},
            r"dense/kernel has shape \(2, 3\), the network's \(2, 4\)",
        ),
        ({**WEIGHTS, "dense/bias": np.zeros(3)}, "dense/bias is float32, the network's float64"),
        ({str(i): np.zeros(1) for i in range(5)}, "another network's: 0 is missing; .*and 5 more"),
    ],
)
def test_another_network(tmp_path, expected, message):
    save_weights(tmp_path / "w", WEIGHTS)
    with pytest.raises(RunError, match=message):
        load_weights(tmp_path / "w", expected)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x80\x04pickle",
        b"PK\x03\x04" + b"\0" * 100,
        struct.pack("<Q", 2**62) + b"{}",
        struct.pack("<Q", 90_000_000) + b"{}",
        struct.pack("<Q", 2) + b"[]",
        lying_file([2], 2**60),
        lying_file([2**60], 8),
        lying_file([2**40, 2**40], 8),
        lying_file([3], 8),
    ],
)
def test_damaged_files(tmp_path, content):
    path = tmp_path / "w.safetensors"
    path.write_bytes(content)
    with pytest.raises(RunError, match=r"w\.safetensors is damaged, or no safetensors file"):
        load_weights(path, {"a": np.zeros(2, np.float32)})


@settings(deadline=None)
@given(length=st.integers(0, 300))
def test_a_truncated_file(tmp_path_factory, length):
    path = tmp_path_factory.mktemp("weights") / "w"
    save_weights(path, WEIGHTS)
    content = path.read_bytes()
    path.write_bytes(content[: min(length, len(content) - 1)])
    with pytest.raises(RunError, match="damaged"):
        load_weights(path, WEIGHTS)


def test_a_dtype_numpy_does_not_know(tmp_path):
    header = b'{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}'
    (tmp_path / "w").write_bytes(struct.pack("<Q", len(header)) + header + b"\0" * 4)
    with pytest.raises(RunError, match="a is BF16, the network's float32"):
        load_weights(tmp_path / "w", {"a": np.zeros(2, np.float32)})


def test_no_file(tmp_path):
    with pytest.raises(RunError, match="is missing"):
        load_weights(tmp_path / "w", WEIGHTS)
    with pytest.raises(RunError):
        load_weights(tmp_path, WEIGHTS)


def test_weights_that_are_not_numbers(tmp_path):
    path = tmp_path / "best.safetensors"
    spoiled = {**WEIGHTS, "dense/bias": np.array([0.5, np.nan, 2], np.float32)}
    save_weights(path, spoiled)
    with pytest.raises(RunError, match=r"hold NaN or infinity, in dense/bias"):
        load_weights(path, WEIGHTS)
