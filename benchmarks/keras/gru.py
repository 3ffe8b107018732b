"""GRU 64 over 32 steps of 16."""

from keras.layers import GRU, Dense

from benchmarks.keras.fitting import fit

fit(
    "gru",
    [
        GRU(64),
        Dense(4, activation="softmax"),
    ],
    loss="sparse_categorical_crossentropy",
)
