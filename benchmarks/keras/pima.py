"""Pima: a small net over small batches."""

from benchmarks.keras.fitting import fit
from keras.layers import Dense

fit(
    "pima",
    [
        Dense(10, activation="relu"),
        Dense(8, activation="relu"),
        Dense(8, activation="relu"),
        Dense(1, activation="sigmoid"),
    ],
    loss="binary_crossentropy",
)
