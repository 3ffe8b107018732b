"""Columns that are left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nncli.data.kinds.base import Kind


@dataclass(kw_only=True)
class Ignore(Kind):
    """Leaves the column out, as `data.drop` does."""

    reads = "nothing"

    type: Literal["ignore"] = "ignore"
