from __future__ import annotations

from nncli.reporting.plots import draw_together
from nncli.training.history import History

VALIDATED = History(
    ["loss", "accuracy", "val_loss", "val_accuracy", "learning_rate"],
    [[0.9, 0.5, 0.8, 0.55, 0.1], [0.6, 0.7, 0.7, 0.66, 0.1]],
)
TRAINED = History(["loss", "learning_rate"], [[0.7, 0.1], [0.5, 0.1], [0.4, 0.1]])


def test_validation_where_there_is_else_training(tmp_path, seen):
    paths = draw_together(tmp_path, {"one": VALIDATED, "two": TRAINED})
    assert [path.name for path in paths] == ["loss.png", "accuracy.png"]
    loss, accuracy = seen["loss.png"], seen["accuracy.png"]
    assert loss["curves"] == [([1, 2], [0.8, 0.7]), ([1, 2, 3], [0.7, 0.5, 0.4])]
    assert loss["legends"] == ["one", "two (training)"]
    assert loss["texts"] == ["Loss", "2 runs, validation rows"]
    assert accuracy["curves"] == [([1, 2], [0.55, 0.66])]
    assert accuracy["texts"] == ["Accuracy", "1 run, validation rows"]


def test_learning_rates_that_differ(tmp_path, seen):
    slower = History(TRAINED.columns, [[0.7, 0.01]])
    draw_together(tmp_path, {"fast": TRAINED, "slow": slower})
    assert seen["learning_rate.png"]["curves"] == [([1, 2, 3], [0.1] * 3), ([1], [0.01])]
    assert seen["loss.png"]["legends"] == ["fast", "slow"]
    assert seen["loss.png"]["texts"][1] == "2 runs, training rows"


def test_a_short_run_beside_a_long_one_is_shown_whole(tmp_path, seen):
    long = History(["loss"], [[0.01]] * 40)
    draw_together(tmp_path, {"long": long, "short": History(["loss"], [[0.9], [0.8], [0.7]])})
    assert seen["loss.png"]["ylim"][1] > 0.9


def test_many_runs_have_room_in_the_legend(tmp_path, seen):
    draw_together(tmp_path, {f"run {number}": TRAINED for number in range(40)})
    assert len(seen["loss.png"]["legends"]) == 40
    assert seen["loss.png"]["size"][1] > 40 * 24
