"""Pima: a small net over small batches."""

from keras.layers import Dense

from benchmarks.keras.fitting import fit

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
