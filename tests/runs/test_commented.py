"""Comments in YAML: beside their keys where they fit, above them where they don't."""

from __future__ import annotations

import yaml

from nncli.runs.commented import commented_yaml

CONTENT = {
    "seed": 1,
    "data": {"train": "a.csv", "drop": ["id", "b: c"]},
    "layers": [{"type": "Dense", "units": 1}],
}
LONG = "so long that it can't stand beside its key " * 3


def test_beside_and_above() -> None:
    comments = {
        (): "From a.csv.",
        ("seed",): "a seed",
        ("data", "drop"): "id: an id\nb: empty",
        ("layers", 0): "the last layer",
        ("data", "test"): "isn't there",
    }
    assert commented_yaml(CONTENT, comments) == (
        "# From a.csv.\n"
        "seed: 1                                         # a seed\n"
        "data:\n"
        "  train: a.csv\n"
        "  # id: an id\n"
        "  # b: empty\n"
        "  drop: [id, 'b: c']\n"
        "layers:\n"
        "  - {type: Dense, units: 1}                     # the last layer\n"
    )


def test_long_comments_are_wrapped_and_change_nothing() -> None:
    text = commented_yaml(CONTENT, {("data", "train"): LONG, ("layers",): LONG})
    assert max(map(len, text.splitlines())) <= 100
    assert text.count("  # so long") == 1
    assert yaml.safe_load(text) == CONTENT
