"""A checkpoint that is none is left out in words, whatever its header says."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest

from nncli.runs.checkpoints import load_checkpoint

HEADERS = {
    "a type that numpy hasn't": ("BF16", [1], 2),
    "a small type that numpy hasn't": ("F8_E4M3", [1], 1),
    "a length that numpy can't have": ("F32", [1 << 62, 0], 0),
    "more axes than numpy can have": ("F32", [1] * 100, 4),
    "more than there is": ("F32", [1 << 40], 1 << 42),
}


@pytest.mark.parametrize(("dtype", "shape", "size"), HEADERS.values(), ids=HEADERS)
def test_a_header_that_lies(tmp_path: Path, dtype: str, shape: list[int], size: int) -> None:
    entry: dict[str, Any] = {"dtype": dtype, "shape": shape, "data_offsets": [0, size]}
    header = json.dumps({"state.json": entry}).encode()
    content = struct.pack("<Q", len(header)) + header + bytes(min(size, 99))
    (tmp_path / "1.safetensors").write_bytes(content)
    state, damages = load_checkpoint(tmp_path)
    assert state is None
    assert len(damages) == 1
    assert "1.safetensors is damaged" in damages[0]
