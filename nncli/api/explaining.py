"""What init says of its decisions: beside the keys of the config, and to the user."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from nncli.data.inspection.contents import Content
from nncli.data.inspection.roles import is_time
from nncli.data.inspection.study import Study
from nncli.data.inspection.target import class_counts
from nncli.data.kinds.base import Kind
from nncli.data.naming import as_categories, counted, listed
from nncli.data.sources.table import Column

Path = tuple[str | int, ...]

_SCHEMA = "nncli.schema.json"
_MOST_CLASSES = 6
_PLURALS = {
    "numeric": "numbers",
    "categorical": "categories",
    "boolean": "yes and no",
    "datetime": "dates",
}
_FEW_NUMBERS = 5


def comments_on(content: dict[str, Any], found: Study) -> dict[Path, str]:
    """Return why a suggested config's keys are as they are, by path."""
    data, last = content["data"], len(content["layers"]) - 1
    held_out = "validation" in data
    comments: dict[Path, str] = {
        (): f"yaml-language-server: $schema={_SCHEMA}\n"
        f"From {found.table.label} ({counted(found.table.rows, 'row')}), by nncli init. "
        f"Editors help with it after: nncli schema -o {_SCHEMA}",
        ("seed",): "leave it out for other numbers each time",
        ("data", "encoding"): "the table isn't UTF-8; the first that can be read is taken",
        ("data", "target"): describe_target(found),
        ("data", "drop"): "\n".join(f"{each.column}: {each.why}" for each in found.left_out),
        ("data", "columns"): "categories of fewer rows than min_rows share a feature",
        ("data", "missing"): _missing(found.features),
        ("data", "target_missing"): "rows without a target are left out",
        ("data", "test"): "a fifth of the rows, scored once at the end",
        ("data", "validation"): "a fifth of the rest, scored after each epoch",
        ("data", "split"): f"the rows are in order of {found.ordered_by}: the last ones are held "
        "out, as the future will be",
        ("data", "scale"): _scale(found),
        ("data", "target_scale"): "the network sees the target with mean 0 and deviation 1; "
        "metrics and predictions don't",
        ("layers", last): _last(found),
        ("loss",): "" if found.task != "values" else "of the scaled target",
        ("epochs",): "at most" if held_out else "at most: there are too few rows to hold any out",
        ("callbacks",): "ends when the loss hasn't fallen for `patience` epochs, "
        "and takes the best weights",
    }
    if "precision" in content["metrics"]:
        comments[("metrics",)] = "the accuracy is high even if the rarer class is never named"
    if found.picture:
        comments[("layers", 0)] = f"the {len(found.features)} pixels as a picture"
    return {path: text for path, text in comments.items() if text}


def findings_of(content: dict[str, Any], found: Study) -> list[tuple[str, str]]:
    """Return what the user should know: what was seen and what was decided, with a title each."""
    return [(title, text) for title, text in _findings(content, found) if text]


def _findings(content: dict[str, Any], found: Study) -> Iterator[tuple[str, str]]:
    yield "predicts", f"{listed([t.name for t in found.targets])}: {describe_target(found)}"
    yield "from", _features(found)
    for each in found.left_out:
        yield "leaves out", f"{each.column}: {each.why}"
    if "encoding" in content["data"]:
        yield (
            "note",
            f"the table isn't UTF-8, read as {content['data']['encoding']}; where letters look "
            "wrong, change data.encoding",
        )
    yield "missing", _missing(found.features)
    yield "note", _perhaps_categories(found)
    if found.ordered_by is not None and len(found.features) == 1:
        yield (
            "note",
            f"{found.ordered_by} is all there is to learn from: what the rows before say "
            "is not looked at",
        )
    yield "holds out", _held_out(content, found)
    yield "network", _network(content)


def describe_target(found: Study) -> str:
    """Return what the target holds."""
    target = found.targets[0]
    if found.task == "labels":
        return f"{len(found.targets)} columns of yes and no"
    if found.task == "values":
        if len(found.targets) > 1:
            return f"{len(found.targets)} columns of numbers"
        assert target.values is not None
        values = target.values[target.present]
        return f"numbers from {values.min():g} to {values.max():g}"
    counts = class_counts(target)
    total = sum(counts.values())
    if len(counts) > _MOST_CLASSES:
        return f"{len(counts)} classes, {listed(sorted(counts, key=_in_order))}"
    shares = [f"{label} ({count / total:.0%})" for label, count in counts.items()]
    return f"{len(counts)} classes, {listed(shares)}"


def _in_order(label: object) -> tuple[float, str]:
    try:
        return float(str(label)), ""
    except ValueError:
        return 0.0, str(label)


def _features(found: Study) -> str:
    if found.picture:
        height, width, _ = found.picture
        return f"{len(found.features)} pixels, a picture of {height} x {width}"
    by_kind = sorted(found.features, key=lambda content: _kind(content.kind))
    parts = []
    for kind, group in groupby(by_kind, key=lambda content: _kind(content.kind)):
        parts.append(f"{kind} ({_some_names([content.name for content in group])})")
    return f"{counted(len(found.features), 'column')}: {', '.join(parts)}"


def _kind(kind: Kind | None) -> str:
    return "text" if kind is None else _PLURALS[kind.type]


def _some_names(columns: Sequence[Column]) -> str:
    names = list(map(str, columns))
    return ", ".join(names if len(names) <= 8 else [*names[:5], f"and {len(names) - 5} more"])


def _missing(features: Sequence[Content]) -> str:
    lacking = [content for content in features if content.missing]
    if not lacking:
        return ""
    cells = ", ".join(f"{content.name} ({content.missing})" for content in lacking[:6])
    more = f" and {len(lacking) - 6} more columns" if len(lacking) > 6 else ""
    return f"cells of {cells}{more}: filled in, and marked by a further feature"


def _scale(found: Study) -> str:
    kinds = {_kind(content.kind) for content in found.features}
    return "numbers to mean 0 and deviation 1" if "numbers" in kinds else ""


def _may_be_categories(content: Content) -> bool:
    """Whether a column's few whole numbers may name kinds of things, as a 3 for Japan."""
    few = 3 <= content.distinct <= _FEW_NUMBERS
    return content.whole and few and not content.missing and not is_time(content)


def _perhaps_categories(found: Study) -> str:
    names = [] if found.picture else [c.name for c in found.features if _may_be_categories(c)]
    if not names:
        return ""
    what, whose = ("an amount", "its") if len(names) == 1 else ("amounts", "their")
    return (
        f"{_some_names(names)} taken for {what}; if {whose} numbers only name kinds, "
        f"say data.columns: {as_categories(names[0])}"
    )


def _held_out(content: dict[str, Any], found: Study) -> str:
    if "test" not in content["data"]:
        return "nothing: with so few rows all are trained on"
    return "a fifth of the rows to test on, a fifth of the rest to stop by" + (
        f", the last ones, since the rows are in order of {found.ordered_by}"
        if found.ordered_by is not None
        else ""
    )


def _last(found: Study) -> str:
    if found.task == "classes" and found.outputs == 2:
        return f"the probability of {max(class_counts(found.targets[0]), key=_in_order)}"
    if found.task == "classes":
        return "the probability of each class"
    return "" if found.task == "values" else "a probability for each column"


def _network(content: dict[str, Any]) -> str:
    layers = content["layers"]
    convolutions = sum(layer["type"] == "Conv2D" for layer in layers)
    units = [str(layer["units"]) for layer in layers if layer["type"] == "Dense"]
    (stopping,) = content["callbacks"]
    looking = f"{counted(convolutions, 'convolution')}, then " if convolutions else ""
    return (
        f"{looking}Dense {', '.join(units)}; batches of {content['batch_size']}, up to "
        f"{content['epochs']} epochs until {stopping['monitor']} no longer falls"
    )
