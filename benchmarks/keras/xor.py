"""XOR."""

from keras.layers import Dense

from benchmarks.keras.fitting import fit

fit(
    "xor",
    [
        Dense(16, activation="relu"),
        Dense(1, activation="sigmoid"),
    ],
    loss="mean_squared_error",
)
