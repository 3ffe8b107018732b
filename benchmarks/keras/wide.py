"""784-512-512-10 with dropout."""

from keras.layers import Dense, Dropout

from benchmarks.keras.fitting import fit

fit(
    "wide",
    [
        Dense(512, activation="relu"),
        Dropout(0.2),
        Dense(512, activation="relu"),
        Dropout(0.2),
        Dense(10, activation="softmax"),
    ],
    loss="sparse_categorical_crossentropy",
)
