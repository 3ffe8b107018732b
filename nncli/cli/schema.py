"""nncli schema: the config's JSON Schema, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schema(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to write it; by default it is printed."
        ),
    ] = None,
) -> None:
    """Print the config's JSON Schema, by which an editor completes and checks a config.

    For VS Code's YAML extension begin the config with a line that names the file:

    \b
    nncli schema -o nncli.schema.json
    # yaml-language-server: $schema=nncli.schema.json
    """
    from nncli.config.shipped import schema_text

    if output is None or output == Path("-"):
        typer.echo(schema_text(), nl=False)
        return
    from nncli.runs.store import write_text

    write_text(output, schema_text())
