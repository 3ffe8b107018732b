"""A table looked at as a colleague would before training: what its columns hold, and what is odd.

opening.recognise(path)          -> Dialect      delimiter and header seen from the first lines
contents.inspect(source)         -> Inspected    every column's cells, and the kind they seem to be
study.study(table, targets)      -> Study        what can be predicted from what
training.inspect_training(table)  -> Inspected   the columns that a config trains on
roles.left_out(table, targets)   -> LeftOut ...  columns that teach nothing, or too much
target.task_of(content)          -> Task         whether the target holds classes or values
pictures.picture_shape(contents) -> (28, 28, 1)  for columns that are pixels
zeros.suspicious_zeros(content)  -> int          zeros that may stand for missing cells
"""
