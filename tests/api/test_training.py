"""What a run's record says of how it was made."""

from pathlib import Path

import pytest

from nncli.api.training import train
from nncli.config.loading import load
from nncli.errors import TrainingError
from nncli.runs.record import read_record

CONFIG = """\
seed: 7
replicas: 3
data: {train: t.csv, target: y}
layers: [{type: Dense, units: 1}]
loss: mean_squared_error
optimizer: adam
epochs: 1
"""


def test_seed_replicas_and_threads_are_recorded(tmp_path: Path) -> None:
    rows = "".join(f"{x},{x}\n" for x in range(12))
    (tmp_path / "t.csv").write_text("x,y\n" + rows, encoding="utf-8")
    (tmp_path / "c.yaml").write_text(CONFIG, encoding="utf-8")
    outcome = train(load(tmp_path / "c.yaml"), runs_dir=tmp_path, threads=2, plots=False)
    record = read_record(outcome.run.record)
    assert [record[name] for name in ("seed", "replicas", "threads")] == [7, 3, 2]
    assert record["status"] == "finished"


def test_pictures_that_cannot_be_written_cost_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_the_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    rows = "".join(f"{x},{x}\n" for x in range(12))
    (tmp_path / "t.csv").write_text("x,y\n" + rows, encoding="utf-8")
    (tmp_path / "c.yaml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.setattr("nncli.api.pictures.draw_run", fill_the_disk)
    with pytest.raises(TrainingError, match=r"complete but for its pictures: .*No space left"):
        train(load(tmp_path / "c.yaml"), runs_dir=tmp_path)
    assert read_record(tmp_path / "c" / "run.json")["status"] == "finished"
    assert (tmp_path / "c" / "results.json").exists()
