"""What the commands do, as functions: they wire the packages together and print nothing.

train(loaded, ...)     -> TrainingOutcome      a run folder and its scores
evaluate(run, ...)     -> EvaluationOutcome    loss and metrics of a run on rows
predict(run, data)     -> Predictions          row by row, in the table's order
summarize_config(...)  -> Summary              the network, built but not trained
"""

from nncli.api.evaluation import EvaluationOutcome, evaluate
from nncli.api.prediction import Predictions, predict
from nncli.api.summary import summarize_config, summarize_run
from nncli.api.training import TrainingOutcome, train

__all__ = [
    "EvaluationOutcome",
    "Predictions",
    "TrainingOutcome",
    "evaluate",
    "predict",
    "summarize_config",
    "summarize_run",
    "train",
]
