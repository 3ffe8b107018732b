"""Rows ready for the engine."""

from __future__ import annotations

from dataclasses import dataclass

from nncli.engine.types import Arrays


@dataclass(frozen=True)
class Rows:
    """Inputs and targets of the same rows, one array for each input and output of the model."""

    inputs: Arrays
    targets: Arrays

    def __len__(self) -> int:
        return len(self.inputs[0])
