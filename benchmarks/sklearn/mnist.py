"""784-128-64-10."""

from benchmarks.sklearn.fitting import fit

fit("mnist", (128, 64))
