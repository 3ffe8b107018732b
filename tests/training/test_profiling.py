"""The profile accounts for every part of a training, and changes none of its numbers."""

from nncli.reporting.profile import profile_text
from nncli.training.profiling import profile
from tests.training.test_loop import _Rows, _trainer


def test_every_part_has_its_time_and_the_numbers_stay() -> None:
    plain = _trainer(validation=_Rows(20))
    plain.fit(3)
    trainer = _trainer(validation=_Rows(20))
    seconds = profile(trainer)
    trainer.fit(3)
    assert trainer.history == plain.history
    assert list(seconds.forward) == ["dense", "dense_1"]
    assert list(seconds.backward) == ["dense_1", "dense"]
    assert list(seconds.other) == ["data", "loss", "optimizer", "metrics", "validation"]
    parts = (seconds.forward, seconds.backward, seconds.other)
    assert all(value > 0 for part in parts for value in part.values())
    assert 0 < seconds.rest < seconds.total


def test_the_table_has_a_line_for_each() -> None:
    trainer = _trainer()
    seconds = profile(trainer)
    trainer.fit(1)
    lines = profile_text(seconds, steps=32).splitlines()
    first = [line.split()[0] for line in lines]
    assert first == ["layer", "dense", "dense_1", "data", "loss", "optimizer", "metrics",
                     "validation", "everything", "total"]  # fmt: skip
    assert lines[-1].endswith("100.0 %")
