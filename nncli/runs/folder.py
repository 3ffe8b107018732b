"""A run's folder: the one place that names its files, makes it, and finds it again."""

from __future__ import annotations

import difflib
import itertools
import os
from contextlib import suppress
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal

from nncli.errors import RunError
from nncli.runs.record import ended_with_result, read_record
from nncli.runs.store import make_folder, removed_on_failure, sync_folder

LONGEST_NAME = 200
"""In bytes: file systems stop at 255, and `-2`, `-3` ... must fit behind the name."""

OF_PICTURES = "plots"
"""In a run the folder of its pictures, beside the runs that of pictures of several."""

SHOWN_NAMES = 8
"""How many runs a message lists at most."""


@dataclass(frozen=True)
class RunFolder:
    """The folder of one run. Its properties are paths; none says that the file is there."""

    path: Path

    @classmethod
    def create(cls, runs_dir: Path, name: str) -> RunFolder:
        """Make a folder `name` in `runs_dir`, or `name-2`, `name-3` ... where that is taken.

        Runs that start together never share one. The folder is empty: no run yet (see record).

        Raises:
            RunError: the name can't be a folder's, or `runs_dir` can't be written.
        """
        check_name(name)
        try:
            make_folder(runs_dir)
            for number in itertools.count(1):
                path = runs_dir / (name if number == 1 else f"{name}-{number}")
                try:
                    path.mkdir()
                except FileExistsError:
                    continue
                break
            with removed_on_failure(path):
                sync_folder(runs_dir)
        except OSError as error:
            raise RunError(
                f"can't make a run folder in {runs_dir}: {error.strerror or error}; "
                "choose another place with --runs-dir"
            ) from error
        return cls(path)

    @property
    def name(self) -> str:
        """The folder's own name, by which commands know the run."""
        return self.path.resolve().name

    @property
    def config(self) -> Path:
        """The config as resolved, with every default; can be trained again."""
        return self.path / "config.yaml"

    @property
    def source_config(self) -> Path:
        """The user's config, byte for byte."""
        return self.path / "config.source.yaml"

    @property
    def record(self) -> Path:
        """What the run was and how it ended."""
        return self.path / "run.json"

    @property
    def summary(self) -> Path:
        """The table of layers."""
        return self.path / "summary.txt"

    @property
    def profile(self) -> Path:
        """Where the time went, for a run that was profiled."""
        return self.path / "profile.txt"

    @property
    def metrics(self) -> Path:
        """One row per epoch."""
        return self.path / "metrics.csv"

    @property
    def sizes(self) -> Path:
        """How large every layer's weights and gradients were after some epochs."""
        return self.path / "sizes.csv"

    @property
    def results(self) -> Path:
        """The final scores."""
        return self.path / "results.json"

    @property
    def splits(self) -> Path:
        """Which row went to which split."""
        return self.path / "splits.csv"

    @property
    def preprocessing(self) -> Path:
        """What was fitted on the training rows."""
        return self.path / "preprocessing.json"

    @property
    def best_weights(self) -> Path:
        """The weights of the best epoch."""
        return self.weights("best")

    @property
    def last_weights(self) -> Path:
        """The weights of the last epoch."""
        return self.weights("last")

    @property
    def checkpoint(self) -> Path:
        """The folder of what resuming needs."""
        return self.path / "checkpoint"

    @property
    def lock(self) -> Path:
        """Locked by whoever trains the run."""
        return self.checkpoint / "lock"

    @property
    def plots(self) -> Path:
        """The folder of the pictures."""
        return self.path / OF_PICTURES

    @property
    def predictions(self) -> Path:
        """The folder of what `predict` wrote."""
        return self.path / "predictions"

    @property
    def evaluations(self) -> Path:
        """The folder of what `evaluate` wrote."""
        return self.path / "evaluations"

    def refuse_links(self) -> None:
        """Refuse folders in it that lead elsewhere: a stranger's run may not write outside itself.

        Raises:
            RunError: names the link.
        """
        weights = self.last_weights.parent
        for path in (weights, self.checkpoint, self.plots, self.predictions, self.evaluations):
            if path.is_symlink():
                raise RunError(f"{path} is a link; nncli writes only to folders of the run's own")

    def weights(self, which: Literal["best", "last"]) -> Path:
        """Return the file of these weights."""
        return self.path / "weights" / f"{which}.safetensors"


def check_name(name: str) -> None:
    """Refuse what can't be one folder's name on every system, or reads as a flag or as hidden.

    Raises:
        RunError: says what is wrong with the name.
    """
    if not name.strip():
        problem = "it is empty"
    elif wrong := [character for character in name if character in '/\\<>:"|?*']:
        problem = f"it holds {wrong[0]!r}"
    elif not name.isprintable():
        problem = "it holds a character that can't be printed"
    elif name[0] in ".- " or name[-1] in ". ":
        problem = "it may not start with a dot, dash or space, nor end with a dot or space"
    elif name.casefold() == OF_PICTURES:
        problem = "`nncli plot` puts the pictures of several runs there"
    elif len(os.fsencode(name)) > LONGEST_NAME:
        problem = f"it is longer than {LONGEST_NAME} bytes"
    else:
        return
    raise RunError(f"{name!r} can't be the name of a run: {problem}; give another with --name")


def find(run: str | None, runs_dir: Path) -> RunFolder:
    """Return the run of this name in `runs_dir`, else at this path; None: the newest with a result.

    Raises:
        RunError: there is no such run, or it isn't one; names those that come near.
    """
    if run is None:
        return _newest(runs_dir)
    folders = [RunFolder(path) for path in (runs_dir / run, Path(run)) if _exists(path)]
    for folder in folders:
        if _exists(folder.record):
            read_record(folder.record)
            folder.refuse_links()
            return folder
    if folders:
        problem = f"{folders[0].path} isn't a run folder: it has no run.json"
    else:
        problem = f"there is no run {run!r}, neither in {runs_dir} nor as a path"
    raise RunError(f"{problem}; {_way_out(run, runs_dir)}")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long, not to be looked into, or no path at all
        return False


def _newest(runs_dir: Path) -> RunFolder:
    runs = _runs_in(runs_dir)
    ended = [(record["ended"], run) for run, record in runs if ended_with_result(record)]
    if ended:
        return max(ended, key=itemgetter(0))[1]
    others = f" ({len(runs)} failed or still running)" if runs else ""
    raise RunError(
        f"there is no finished run in {runs_dir}{others}; make one with `nncli train CONFIG`, "
        "or name another folder of runs with --runs-dir"
    )


def _runs_in(runs_dir: Path) -> list[tuple[RunFolder, dict[str, Any]]]:
    """Return the runs and their records; what is no run, or a damaged one, is passed over."""
    runs = []
    for path in sorted(runs_dir.glob("*/run.json")):
        with suppress(RunError):
            runs.append((RunFolder(path.parent), read_record(path)))
    return runs


def _way_out(run: str, runs_dir: Path) -> str:
    names = [folder.name for folder, _ in _runs_in(runs_dir)]
    if near := difflib.get_close_matches(Path(run).name, names):
        return f"did you mean {' or '.join(map(repr, near))}?"
    if names:
        return (
            f"{runs_dir} has {', '.join(names[:SHOWN_NAMES])}{', ...' * (len(names) > SHOWN_NAMES)}"
        )
    return "make one with `nncli train CONFIG`, or name another folder of runs with --runs-dir"
