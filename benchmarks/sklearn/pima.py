"""Pima: a small net over small batches."""

from benchmarks.sklearn.fitting import fit

fit("pima", (10, 8, 8))
