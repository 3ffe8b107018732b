"""A training's profile as a table: milliseconds by layer and by what else a step does."""

from __future__ import annotations

from collections.abc import Iterator

from nncli.reporting.figures import table
from nncli.training.profiling import Profile


def profile_text(profile: Profile, steps: int) -> str:
    """Return the table: times in milliseconds a step, shares of the whole in percent."""
    header = ("layer", "forward ms", "backward ms", "a step ms", "share")
    return table(header, list(_rows(profile, steps)))


def _rows(profile: Profile, steps: int) -> Iterator[tuple[str, ...]]:
    def milliseconds(seconds: float) -> str:
        return f"{1e3 * seconds / steps:.4f}"

    def whole(seconds: float) -> tuple[str, str]:
        return milliseconds(seconds), f"{100 * seconds / profile.total:.1f} %"

    for name, forward in profile.forward.items():
        backward = profile.backward.get(name, 0.0)
        yield name, milliseconds(forward), milliseconds(backward), *whole(forward + backward)
    others = profile.other | {"everything else": profile.rest, "total": profile.total}
    for name, seconds in others.items():
        yield name, "", "", *whole(seconds)
