"""nncli train: a config in, a run folder out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nncli.cli.completing import configs, run_names
from nncli.cli.notes import warn
from nncli.cli.options import (
    Changes,
    Progress,
    RunsDir,
    from_environment,
    overrides,
    parse_duration,
)

if TYPE_CHECKING:
    from nncli.api.session import TrainingOutcome, Watching
    from nncli.config.loading import LoadedConfig
    from nncli.training.observer import Observer


def train(
    config: Annotated[
        Path | None,
        typer.Argument(
            metavar="CONFIG", autocompletion=configs, help="The YAML file; - reads standard input."
        ),
    ] = None,
    changes: Changes = None,
    resume: Annotated[
        str | None,
        typer.Option(
            metavar="RUN",
            autocompletion=run_names,
            help="Go on with a run, where it was left, instead of CONFIG.",
        ),
    ] = None,
    allow_changes: Annotated[
        bool,
        typer.Option(
            "--allow-changes",
            help="Resume though table, settings or version have changed since.",
        ),
    ] = False,
    name: Annotated[
        str | None,
        typer.Option("--name", "-n", help="The run's name; by default the config's."),
    ] = None,
    runs_dir: RunsDir = Path("runs"),
    epochs: Annotated[int | None, typer.Option(help="Short for --set epochs=...")] = None,
    seed: Annotated[int | None, typer.Option(help="Short for --set seed=...")] = None,
    max_time: Annotated[
        float | None,
        typer.Option(
            parser=parse_duration,
            metavar="DURATION",
            help="End in good order after so long, as in 90s, 30m or 1h30m.",
        ),
    ] = None,
    threads: Annotated[
        int | None,
        typer.Option(min=1, help="In how many threads replicas run; by default one each."),
    ] = None,
    no_plots: Annotated[bool, typer.Option("--no-plots", help="Draw no pictures.")] = False,
    dry_run: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="[N]", help="Try N batches (by default 3) of every stage; write nothing."
        ),
    ] = None,
    profile: Annotated[
        bool, typer.Option("--profile", help="Measure each layer's time; printed, and kept.")
    ] = False,
    progress: Annotated[
        Progress, typer.Option(help="How progress is shown; auto: a bar on a terminal, else lines.")
    ] = Progress.auto,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Print a line of JSON for each epoch as it ends, and last one of the result "
            "(with --quiet that alone).",
        ),
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print the run's folder and nothing else.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Print the network's summary first.")
    ] = False,
) -> None:
    """Train the network that CONFIG describes, and write a run folder.

    \b
    nncli train configs/pima.yaml
    nncli train configs/pima.yaml -s optimizer.learning_rate=1e-2 --name faster

    Ctrl-C ends the training after the batch that is running, and keeps what was learned. That run,
    or one that was killed, goes on to the same numbers with

    \b
    nncli train --resume pima
    nncli train --resume pima --epochs 200     also trains a finished one further
    """
    from nncli.api import resuming, training
    from nncli.api.survey import load_surveyed
    from nncli.config.loading import load
    from nncli.reporting.console import write_line
    from nncli.runs.folder import find

    watching: Watching = {
        "observer": _observer(progress, as_json=as_json, quiet=quiet, verbose=verbose),
        "max_seconds": max_time,
        "plots": not no_plots,
        "profiled": profile,
    }
    if resume is not None:
        _refuse_beside_resume(config, name, dry_run)
        run = find(resume, runs_dir)
        outcome = resuming.resume(
            run,
            load(run.config, overrides(changes, epochs, seed)),
            further=epochs is not None,
            changed=allow_changes,
            threads=threads,
            **watching,
        )
    elif config is None:
        raise typer.BadParameter("name a config, or a run with --resume", param_hint="CONFIG")
    else:
        changed = [*from_environment(), *overrides(changes, epochs, seed)]
        loaded = load_surveyed(config, changed)
        if dry_run is not None:
            write_line(_tried(loaded, dry_run, as_json=as_json), sys.stdout)
            return
        outcome = training.train(loaded, runs_dir=runs_dir, name=name, threads=threads, **watching)
    warn(outcome.notes)
    if as_json:
        write_line(_as_json(outcome), sys.stdout)
    else:
        if profile and not quiet:
            write_line(outcome.run.profile.read_text(encoding="utf-8"), sys.stdout)
        write_line(str(outcome.run.path) if quiet else _report(outcome), sys.stdout)
    if outcome.interrupted:
        raise typer.Exit(130)


def _observer(progress: Progress, *, as_json: bool, quiet: bool, verbose: bool) -> Observer:
    """Return what shows the training: text on standard output, or JSON there and text beside it."""
    from nncli.reporting.console import EpochsAsJson, SummaryFirst, progress_on
    from nncli.training.observer import Observers

    stream = sys.stderr if as_json else sys.stdout
    shown: list[Observer] = [SummaryFirst(stream)] if verbose else []
    if not quiet:
        shown.append(progress_on(stream, progress.value))
        shown += [EpochsAsJson(sys.stdout)] if as_json else []
    return Observers(*shown)


def _refuse_beside_resume(config: Path | None, name: str | None, dry_run: int | None) -> None:
    """Refuse what has no meaning for a run that is there already."""
    for given, what in ((config, "CONFIG"), (name, "--name"), (dry_run, "--dry-run")):
        if given is not None:
            raise typer.BadParameter(f"can't go together with {what}", param_hint="--resume")


def _tried(loaded: LoadedConfig, batches: int, *, as_json: bool) -> str:
    from nncli.api.dry_run import dry_run
    from nncli.json_text import json_text
    from nncli.reporting.results import score_table

    scores = dry_run(loaded, batches)
    if as_json:
        return json_text(scores, indent=2)
    title = f"dry run: up to {batches} batches of each stage went through; nothing was written"
    return f"{title}\n\n{score_table(scores)}"


def _as_json(outcome: TrainingOutcome) -> str:
    from nncli.json_text import json_text

    facts = {
        "run": str(outcome.run.path),
        "status": "interrupted" if outcome.interrupted else "finished",
        "stopped": outcome.stop_reason,
        "seed": outcome.config.seed,
        "epochs": outcome.history.epochs,
        "seconds": outcome.seconds,
        **outcome.results,
    }
    return json_text(facts)


def _report(outcome: TrainingOutcome) -> str:
    from nncli.api.failing import way_out
    from nncli.reporting.results import training_report

    return training_report(
        run=outcome.run.path,
        seed=outcome.config.seed,
        seconds=outcome.seconds,
        stop_reason=outcome.stop_reason,
        results=outcome.results,
        history=outcome.history,
        monitor=outcome.monitor,
        directions=outcome.directions,
        way_out=way_out(outcome),
    )
