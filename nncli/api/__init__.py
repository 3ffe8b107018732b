"""What the commands do, as functions: they wire the packages together and print nothing.

starting.start(data, ...)         -> Starter             a first config for a table
checking.check(loaded)            -> Check               what is odd about a config's table
training.train(loaded, ...)       -> TrainingOutcome     a run folder and its scores
evaluation.evaluate(run, ...)     -> EvaluationOutcome   loss and metrics of a run on rows
prediction.predict(run, data)     -> Predictions         row by row, in the table's order
summary.summarize_config(loaded)  -> Summary             the network, built but not trained
"""
