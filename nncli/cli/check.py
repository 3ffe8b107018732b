"""nncli check: all that is wrong with a config, and what is odd about its table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nncli.cli.completing import configs
from nncli.cli.options import AsJson, Changes, from_environment, overrides

if TYPE_CHECKING:
    from nncli.api.checking import Check
    from nncli.errors import NncliError


def check(
    config: Annotated[
        Path,
        typer.Argument(
            metavar="CONFIG", autocompletion=configs, help="The YAML file; - reads standard input."
        ),
    ],
    changes: Changes = None,
    no_data: Annotated[
        bool, typer.Option("--no-data", help="Look at the config alone, not at its table.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say all that is wrong with CONFIG and odd about its table; train nothing.

    Ends with exit code 2 where training would fail, and with 0 otherwise.

    \b
    nncli check config.yaml
    nncli check config.yaml -s data.scale=none --json
    """
    from nncli.api import checking
    from nncli.api.survey import load_surveyed
    from nncli.errors import NncliError
    from nncli.reporting.console import write_line

    try:
        loaded = load_surveyed(config, [*from_environment(), *overrides(changes)])
        found = checking.check_config(loaded) if no_data else checking.check(loaded)
    except NncliError as error:
        if not as_json:
            raise
        write_line(_as_json({"ok": False, "errors": _errors(error), "warnings": []}), sys.stdout)
        raise typer.Exit(2) from None
    write_line(_as_json(_facts(found)) if as_json else _report(config, found), sys.stdout)


def _report(config: Path, found: Check) -> str:
    from nncli.reporting.findings import titled
    from nncli.reporting.summary import summary_text

    facts = [("rows", ", ".join(f"{count:,} {name}" for name, count in found.rows.items()))]
    total = sum(found.classes.values())
    facts += [("classes", f"{n}: {c:,} ({c / total:.0%})") for n, c in found.classes.items()]
    columns = [("columns", f"{name}: {words}") for name, words in found.columns.items()]
    if len(columns) > 40:
        columns = [*columns[:20], ("columns", f"... {len(columns) - 25} more ..."), *columns[-5:]]
    odd = [
        ("look at", each.what + f"; {each.advice}" * bool(each.advice)) for each in found.oddities
    ]
    parts = [summary_text(found.model)] if found.model is not None else []
    if found.rows:
        parts += [titled([*facts, *columns])]
    parts += [titled(odd)] * bool(odd)
    verdict = "no mistakes" + f"; {len(odd)} to look at" * bool(odd)
    return "\n\n".join([*parts, f"{config}: {verdict}; next:\n\n  nncli train {config}"])


def _facts(found: Check) -> dict[str, Any]:
    model = found.model
    return {
        "ok": True,
        "errors": [],
        "warnings": [
            {"kind": o.kind, "columns": list(o.columns), "message": o.what, "advice": o.advice}
            for o in found.oddities
        ],
        "parameters": model and int(model.parameters.values.size + model.state.values.size),
        "rows": dict(found.rows),
        "classes": dict(found.classes),
        "columns": {str(name): words for name, words in found.columns.items()},
    }


def _errors(error: NncliError) -> list[dict[str, str]]:
    from nncli.errors import ConfigError

    if not isinstance(error, ConfigError):
        return [{"path": "", "message": str(error), "hint": ""}]
    return [
        {"path": ".".join(map(str, p.path)), "message": p.message, "hint": p.hint}
        for p in error.problems
    ]


def _as_json(content: dict[str, Any]) -> str:
    from nncli.json_text import json_text

    return json_text(content, indent=2)
