"""Where problems are shown, and how."""

from __future__ import annotations

from nncli.config.places import LocatedConfigError, Place
from nncli.errors import Problem


def test_a_problem_is_shown_in_its_line() -> None:
    place = Place("c.yaml", 12, 19, "  - {type: Dense, units: 8.0}", 5)
    error = LocatedConfigError(
        [
            (
                place,
                Problem(
                    path=("layers", 0, "units"), message="expected a whole number", hint="write 8"
                ),
            )
        ]
    )
    assert str(error) == "c.yaml:12:19: layers[0].units: expected a whole number; write 8"
    assert error.with_lines().splitlines() == [
        str(error),
        "    12 |   - {type: Dense, units: 8.0}",
        "       |                   ^^^^^",
    ]


def test_what_has_no_line_of_its_own_shows_none() -> None:
    problem = Problem(path=("loss",), message="missing")
    flagged = LocatedConfigError([(Place("--set a=1"), problem)])
    assert flagged.with_lines() == "--set a=1: loss: missing"


def test_of_thousands_of_problems_the_first_are_said_and_the_rest_counted() -> None:
    problem = Problem(path=("loss",), message="missing")
    error = LocatedConfigError([(Place("c.yaml", line, 1, "a"), problem) for line in range(1, 26)])
    *first, last = str(error).splitlines()
    assert first == [f"c.yaml:{line}:1: loss: missing" for line in range(1, 21)]
    assert last == "... and 5 more; nncli check --json lists all"
    *first, last = error.with_lines().splitlines()
    assert len(first) == 3 * 20
    assert last == "... and 5 more; nncli check --json lists all"
    assert len(error.problems) == 25


def test_of_a_long_line_the_part_around_the_place_is_shown() -> None:
    line = f"[{'a,' * 150}b{',c' * 150}]"
    assert Place("c", 1, 302, line, 1).excerpt().splitlines() == [
        f"     1 | ... {'a,' * 20}b{',c' * 29}, ...",
        f"       | {' ' * 44}^",
    ]


def test_a_mark_never_leaves_the_line() -> None:
    assert Place("c", 1, 200, "short", 9).excerpt().count("^") == 1
    assert Place("c", 3, 3, "a: [1,", 99).excerpt().count("^") == 4
