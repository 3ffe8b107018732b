"""784-128-64-10."""

from keras.layers import Dense

from benchmarks.keras.fitting import fit

fit(
    "mnist",
    [
        Dense(128, activation="relu"),
        Dense(64, activation="relu"),
        Dense(10, activation="softmax"),
    ],
    loss="sparse_categorical_crossentropy",
)
