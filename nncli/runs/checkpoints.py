"""The checkpoint/ folder: the state of a training, twice: the newest, and the one before it.

A state is one file of arrays; what isn't an array lies in it as JSON. Files are named after the
number of batches learnt, so that no clock decides which is newer.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from nncli.engine.state import State
from nncli.engine.types import Array
from nncli.errors import RunError
from nncli.runs.arrays import opened, refuse_changed, write_arrays
from nncli.runs.store import writing

GENERATIONS = 2
_REST = "state.json"
_ARRAY = "array"
"""The one key of the object that stands for an array in the JSON."""

_ODD = (OverflowError, RecursionError)
"""What shapes that numpy can't have raise, and JSON without end."""


def save_checkpoint(folder: Path, number: int, state: State) -> None:
    """Write a state durably as the newest, and drop all but the one before it.

    What has a higher number is damaged, or the future of a training that went on from before it.

    Raises:
        RunError: it can't be written; the older ones are as they were.
    """
    arrays: dict[str, Array] = {}
    rest = json.dumps(_taken_apart(state, arrays, ()))
    arrays[_REST] = np.frombuffer(rest.encode(), np.uint8)
    path = folder / f"{number}.safetensors"
    write_arrays(path, arrays)
    with writing(path):
        files = _newest_first(folder)
        kept = files[files.index(path) :][:GENERATIONS]
        for file in set(files) - set(kept):
            file.unlink(missing_ok=True)


def load_checkpoint(folder: Path) -> tuple[State | None, list[str]]:
    """Return the newest state that is whole, or None, and what is wrong with newer ones."""
    damages: list[str] = []
    for path in _newest_first(folder):
        try:
            return _load(path), damages
        except RunError as error:
            damages.append(str(error))
    return None, damages


def _load(path: Path) -> State:
    try:
        with opened(path) as file:
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (no mapping)
            refuse_changed(file, arrays, path)
        state: State = _put_together(json.loads(arrays[_REST].tobytes()), arrays)
    except (LookupError, AttributeError, TypeError, ValueError, *_ODD) as error:
        raise RunError(f"{path} is damaged: {error!r}") from None
    return state


def _newest_first(folder: Path) -> list[Path]:
    files = [path for path in folder.glob("*.safetensors") if path.stem.isdecimal()]
    return sorted(files, key=lambda path: int(path.stem), reverse=True)


def _taken_apart(value: Any, arrays: dict[str, Array], place: tuple[str, ...]) -> Any:
    """Return the value as JSON, its arrays moved to `arrays` under their places as names."""
    if isinstance(value, np.ndarray | np.generic):
        name = "/".join(place)
        arrays[name] = np.asarray(value)
        return {_ARRAY: name}
    if isinstance(value, dict):
        return {key: _taken_apart(item, arrays, (*place, key)) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_taken_apart(v, arrays, (*place, str(i))) for i, v in enumerate(value)]
    return value


def _put_together(value: Any, arrays: dict[str, Array]) -> Any:
    if isinstance(value, dict):
        if value.keys() == {_ARRAY}:
            return arrays[value[_ARRAY]]
        return {key: _put_together(item, arrays) for key, item in value.items()}
    if isinstance(value, list):
        return [_put_together(item, arrays) for item in value]
    return value
