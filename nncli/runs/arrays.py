"""Files of named arrays: safetensors, with a checksum by which a single changed bit is noticed.

The format runs no code, and its reader refuses a header that promises more than the file has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from nncli.engine.types import Array
from nncli.errors import RunError
from nncli.runs.store import write_bytes

_CHECKSUM = "checksum"


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write named arrays atomically; equal arrays give equal bytes.

    Raises:
        RunError: the file can't be written.
    """
    compact = {name: np.asarray(array, order="C") for name, array in arrays.items()}
    write_bytes(path, save(compact, metadata={_CHECKSUM: checksum(compact)}))


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open a file of arrays for reading, as safetensors' own handle.

    Raises:
        RunError: it is missing or damaged.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            yield file
    except FileNotFoundError:
        raise RunError(f"{path} is missing") from None
    except OSError as error:
        raise RunError(f"can't read {path}: {error.strerror or error}") from error
    except SafetensorError as error:
        raise RunError(f"{path} is damaged, or no safetensors file: {error}") from error


def refuse_changed(file: Any, arrays: Mapping[str, Array], path: Path) -> None:
    """Compare all of a file's arrays with its checksum.

    Raises:
        RunError: they aren't what was written.
    """
    if (file.metadata() or {}).get(_CHECKSUM) != checksum(arrays):
        raise RunError(f"{path} is damaged: by its checksum, it isn't what was written")


def has_checksum(file: Any) -> bool:
    """Whether the file is one of ours; other programs write none."""
    return _CHECKSUM in (file.metadata() or {})


def checksum(arrays: Mapping[str, Array]) -> str:
    """Return a digest of names, types, shapes and values."""
    digest = sha256()
    for name in sorted(arrays):
        array = arrays[name]
        digest.update(f"{name}\0{array.dtype}\0{array.shape}\0".encode())
        digest.update(array.reshape(-1).view(np.uint8).data)
    return f"sha256:{digest.hexdigest()}"
