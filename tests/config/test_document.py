"""YAML's traps: every one either reads as meant, or is refused in words that say what to do."""

from __future__ import annotations

import pytest

from nncli.config.document import Document, parse
from nncli.config.places import LocatedConfigError, Place, located
from nncli.errors import ConfigError


def problems(document: Document) -> str:
    return str(LocatedConfigError(located(document.problems, document.places)))


def test_places_are_those_of_keys_and_items() -> None:
    document = parse("data:\n  train: a.csv\nlayers:\n  - {type: Dense, units: 3}\n", "c.yaml")
    assert document.plain == {"data": {"train": "a.csv"}, "layers": [{"type": "Dense", "units": 3}]}
    assert document.places == {
        (): Place("c.yaml", 1, 1),
        ("data",): Place("c.yaml", 1, 1),
        ("data", "train"): Place("c.yaml", 2, 3),
        ("layers",): Place("c.yaml", 3, 1),
        ("layers", 0): Place("c.yaml", 4, 5),
        ("layers", 0, "type"): Place("c.yaml", 4, 6),
        ("layers", 0, "units"): Place("c.yaml", 4, 19),
    }


def test_quotes_make_text() -> None:
    assert parse("a: '3'\nb: \"no\"\nc: |\n  4\n", "c").plain == {"a": "3", "b": "no", "c": "4\n"}


def test_numbers_and_booleans_are_keys_as_they_are_written() -> None:
    assert parse("{0: a, 1.50: b, true: c}", "c").plain == {"0": "a", "1.50": "b", "true": "c"}


def test_empty_file_is_nothing() -> None:
    assert parse("# only a comment\n", "c").plain is None


def test_anchors_and_merges() -> None:
    text = "x: &a {p: 1, q: 2}\ny: {<<: *a, q: 3}\nz: {<<: [{p: 4}, *a]}\nw: *a\n"
    document = parse(text, "c")
    assert document.plain["y"] == {"p": 1, "q": 3}
    assert document.plain["z"] == {"p": 4, "q": 2}
    assert document.plain["w"] == {"p": 1, "q": 2}
    assert document.places["y", "p"] == Place("c", 1, 8)


def test_aliases_are_copies() -> None:
    plain = parse("x: &a {p: 1}\ny: *a\n", "c").plain
    plain["x"]["p"] = 2
    assert plain["y"] == {"p": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2", "c:2:1: a: set twice, the first time in line 1, column 1; keep one of them"),
        (
            "x: {b: 1, b: 2}",
            "c:1:11: x.b: set twice, the first time in line 1, column 5; keep one of them",
        ),
        ("null: 2", "c:1:1: null: a key must be text; put it in quotes"),
        ("? [a]\n: 3", "c:1:3: a list or mapping: a key must be text; put it in quotes"),
        (
            "epochs:20\nseed: 3",
            "c:1:1: epochs: a space is missing after the colon; write 'epochs: 20'",
        ),
        (
            "a: {b: 1}\nepochs:20\n",
            "c:2:1: epochs: a space is missing after the colon; write 'epochs: 20'",
        ),
        (
            "l: {type: Dense, units:10}",
            "c:1:18: l.units: a space is missing after the colon; write 'units: 10'",
        ),
        ("b: {<<: 3}", "c:1:1: b: '<<' takes in a mapping, as in '<<: *anchor'"),
        (
            "a: .inf",
            "c:1:1: a: .inf isn't a finite number; write one, or leave out a key with a default",
        ),
    ],
)
def test_what_has_no_one_meaning_is_a_problem(text: str, message: str) -> None:
    assert problems(parse(text, "c")) == message


TAB = "a tab; indent with spaces, YAML takes no tabs"
INDENTATION = "this line's indentation doesn't match the lines above"
TAG = "tags that start with '!' aren't used here; quote the text if it should start so"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\n\tb: 2", f"c:2:1: {TAB}"),
        ("a: b: c", "c:1:5: a second colon in one value, or a line indented too far"),
        ("a:\n    b: 1\n  c: 2\n", f"c:3:3: {INDENTATION}"),
        ("l:\n- type: Dense\n units: 3", f"c:3:2: {INDENTATION}"),
        ("a: [1,2\nb: 3", "c:1:4: a list is opened with '[' here; a comma or its ']' is missing"),
        ("a: {x: 1", "c:1:4: a mapping is opened with '{' here; a comma or its '}' is missing"),
        ("a: [b]]", "c:1:7: a list is closed here that was never opened with '['"),
        ("a: 'x\nb: 3", "c:1:4: a quote is opened here and never closed"),
        ("a: b\nc", "c:2:2: a colon is missing, as in 'key: value'"),
        ("a: *x", "c:1:4: an alias ('*name') needs its anchor ('&name') further up"),
        ("a: @x", "c:1:4: this character can't start a value; put the text in quotes"),
        ("a: !!python/object/apply:os.system [ls]", f"c:1:4: {TAG}"),
        ("a: !!int '3'", f"c:1:4: {TAG}"),
        ("a: 1\n---\nb: 2", "c:2:1: a second document starts ('---'); a config is one document"),
        ("a: \x01", "c:1:4: a character that can't be shown stands here; take it out"),
        ("x: &r [*r]", "c:1:4: nested deeper than 40 levels"),
        ("x: &r {<<: *r}", "c:1:1: a mapping that takes in itself by '<<'"),
        ("[" * 5000, "c:1:1: nested deeper than 40 levels"),
    ],
)
def test_what_is_no_yaml_is_refused(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse(text, "c")
    assert str(error.value) == message


def test_aliases_can_not_multiply_without_end() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    with pytest.raises(ConfigError, match="more than 100,000 values, counting aliases"):
        parse("\n".join(lines), "c")


def test_missing_spaces_hide_nothing_else() -> None:
    document = parse("epochs:20\ndata:\n  train:a.csv\n  test: 012\nseed: 3\n", "c")
    assert document.plain == {
        "epochs": 20,
        "data": {"train": "a.csv", "test": None},
        "seed": 3,
    }
    assert [place.split(": ")[0] for place in problems(document).splitlines()] == [
        "c:1:1", "c:3:3", "c:4:3",
    ]  # fmt: skip


def test_missing_spaces_are_said_beside_what_is_no_yaml() -> None:
    with pytest.raises(ConfigError) as error:
        parse("epochs:20\nseed: 3\nlayers: [\n", "c")
    assert str(error.value).splitlines() == [
        "c:1:1: a space is missing after the colon; write 'epochs: 20'",
        "c:4:1: the text ends, or a sign follows, where a value should stand",
    ]
