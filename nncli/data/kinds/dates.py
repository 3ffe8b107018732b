"""Columns of dates and times: how long ago, and where in the year, the week and the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np

from nncli.data.kinds.base import MISSING_TEXT, Learnt, TextKind
from nncli.data.texts import Texts
from nncli.engine.component import require
from nncli.engine.types import Array

Part = Literal["year", "month", "day", "weekday", "hour"]
_USUAL: tuple[Part, ...] = ("year", "month", "weekday")

_CYCLES = {"month": 12.0, "day": 31.0, "weekday": 7.0, "hour": 24.0}
"""After how many units a part comes round again."""


@dataclass(frozen=True, kw_only=True)
class LearntDates(Learnt):
    """The parts that are features, what a missing cell counts as, and how the years are scaled."""

    features: tuple[str, ...]
    fill: str
    offset: float
    divisor: float


@dataclass(kw_only=True)
class Datetime(TextKind):
    """Dates, with or without the time of day, taken apart.

    `year` counts with its fraction (2024.5 is in July) and is scaled to mean 0 and deviation 1;
    `month`, `day` (of the month), `weekday` and `hour` are the sine and cosine of their circle, so
    that December stands beside January; numbers as they are with `cyclical: false` (months from
    1, weekdays from Monday, 0). Times are taken as they are written, whatever their zone.
    """

    learnt_as = LearntDates
    ways = (
        "error", "drop", "median", "most_frequent", "constant", "indicator",
    )  # fmt: skip

    type: Literal["datetime"] = "datetime"
    format: str | None = None
    """How the cells are written, as `%d.%m.%Y`; by default as ISO 8601 has it, 2024-07-01 or
    2024-07-01 18:30."""
    features: tuple[Part, ...] | None = None
    """What becomes features; by default year, month and weekday, and hour where there are times."""
    cyclical: bool = True
    """Whether what comes round again is a sine and a cosine."""

    def check(self) -> None:
        """Refuse a value that is no date, and no parts at all."""
        super().check()
        require(
            self.features is None or len(self.features) > 0, "features must name at least one part"
        )
        fault = self.value is not None and self.fault(str(self.value))
        require(not fault, f"value {fault}, got {self.value!r}")

    def fault(self, text: str) -> str | None:
        """Refuse what isn't written in the format."""
        try:
            self._moment(text)
        except ValueError:
            return f"must hold dates as {self.format or '2024-07-01 or 2024-07-01 18:30'}"
        return None

    def learn(self, texts: Texts) -> LearntDates:
        """Return the parts that there are, and the years' mean and deviation."""
        counts = texts.counts()
        moments = {
            text: self._moment(text)
            for text, count in zip(texts.distinct, counts.tolist(), strict=True)
            if text and count
        }
        parts: tuple[Part, ...] = self.features or _USUAL
        if self.features is None and any(m.time() != m.min.time() for m in moments.values()):
            parts = (*_USUAL, "hour")
        fill = self._fill(moments, dict(zip(texts.distinct, counts.tolist(), strict=True)))
        years = np.array([_year(moments.get(t) or self._moment(fill)) for t in texts.distinct])
        mean = float(np.average(years, weights=counts)) if counts.any() else 0.0
        deviation = float(np.average((years - mean) ** 2, weights=counts) ** 0.5) if mean else 0.0
        return LearntDates(
            features=parts,
            fill=fill,
            offset=mean,
            divisor=deviation or 1.0,
            indicator=self.indicates(texts),
        )

    def feature_names(self, learnt: LearntDates) -> tuple[str, ...]:
        """Return a name for each number."""
        names: list[str] = []
        for part in learnt.features:
            circle = self.cyclical and part in _CYCLES
            names += [f".{part}_sin", f".{part}_cos"] if circle else [f".{part}"]
        return (*names, f" {MISSING_TEXT}") if learnt.indicator else tuple(names)

    def encode(self, learnt: LearntDates, texts: Sequence[str]) -> Array:
        """Return the parts of each text."""
        rows = [self._features(learnt, text) for text in texts]
        return np.array(rows).reshape(len(texts), len(self.feature_names(learnt)))

    def _features(self, learnt: LearntDates, text: str) -> list[float]:
        moment = self._moment(text or learnt.fill)
        features: list[float] = []
        for part in learnt.features:
            if part == "year":
                features.append((_year(moment) - learnt.offset) / learnt.divisor)
            elif self.cyclical:
                angle = 2 * np.pi * (_number(part, moment) - _first(part)) / _CYCLES[part]
                features += [float(np.sin(angle)), float(np.cos(angle))]
            else:
                features.append(_number(part, moment))
        return [*features, float(not text)] if learnt.indicator else features

    def _fill(self, moments: dict[str, datetime], counts: dict[str, int]) -> str:
        """Return the text that a missing cell stands for."""
        if self.missing == "constant":
            return str(self.value)
        in_order = sorted(moments, key=lambda text: moments[text])
        if not in_order:
            return datetime(2000, 1, 1).strftime(self.format or "%Y-%m-%d")
        if self.missing == "most_frequent":
            return max(in_order, key=lambda text: counts[text])
        reached = np.cumsum([counts[text] for text in in_order])
        return in_order[int(np.searchsorted(reached, reached[-1] / 2))]

    def _moment(self, text: str) -> datetime:
        if self.format is not None:
            moment = datetime.strptime(text, self.format)
        else:
            moment = datetime.fromisoformat(text.replace("/", "-"))
        return moment.replace(tzinfo=None)


def _year(moment: datetime) -> float:
    """Return the year with its fraction."""
    start = datetime(moment.year, 1, 1)
    length = datetime(moment.year, 12, 31) - start
    return moment.year + (moment - start).total_seconds() / (length.total_seconds() + 86400)


def _number(part: str, moment: datetime) -> float:
    match part:
        case "hour":
            return moment.hour + moment.minute / 60 + moment.second / 3600
        case "weekday":
            return float(moment.weekday())
        case _:
            return float(getattr(moment, part))


def _first(part: str) -> int:
    return 1 if part in ("month", "day") else 0
