"""A family's members by the names that configs use; a member's file is imported when it is needed.

To make a class of a component takes most of a millisecond, and there are well over a hundred: to
import them all would take longer than a small training.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any


class Members(Mapping[str, type[Any]]):
    """Names to classes. The names are known from the start, the classes once they are asked for."""

    def __init__(self) -> None:
        self._modules: dict[str, str] = {}
        self._classes: dict[str, type[Any]] = {}

    def place(self, package: str, modules: Mapping[str, str]) -> None:
        """Say in which module of a package each member lies: `{"Dense": "dense"}`."""
        self._modules |= {name: f"{package}.{module}" for name, module in modules.items()}

    def add(self, name: str, member: type[Any]) -> None:
        """Take in a class that has just been made."""
        self._classes[name] = member

    def by_class_name(self, name: str) -> type[Any]:
        """Return the member whose class is called that: AdamW for adamw.

        Raises:
            AttributeError: there is none, as from a module that lacks a name.
        """
        for key in self:
            if key.replace("_", "").lower() == name.lower() and self[key].__name__ == name:
                return self[key]
        raise AttributeError(f"there is no {name}")

    def __getitem__(self, name: str) -> type[Any]:
        if name not in self._classes and name in self._modules:
            import_module(self._modules[name])
        return self._classes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._modules.keys() | self._classes.keys()))

    def __len__(self) -> int:
        return len(self._modules.keys() | self._classes.keys())
