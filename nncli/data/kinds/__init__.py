"""What a column holds, and how it becomes features; a kind is imported when a config names it."""

from typing import Any

from nncli.data.kinds.base import Kind

__all__ = ["Kind"]

Kind.members.place(
    __name__,
    {
        "boolean": "boolean",
        "categorical": "categorical",
        "datetime": "dates",
        "ignore": "ignore",
        "numeric": "numeric",
    },
)


def __getattr__(name: str) -> Any:
    return Kind.members.by_class_name(name)
