"""Two convolutions, each with a pool."""

from keras.layers import Conv2D, Dense, Dropout, Flatten, MaxPooling2D

from benchmarks.keras.fitting import fit

fit(
    "cnn",
    [
        Conv2D(32, 3, activation="relu"),
        MaxPooling2D(2),
        Conv2D(64, 3, activation="relu"),
        MaxPooling2D(2),
        Flatten(),
        Dense(128, activation="relu"),
        Dropout(0.5),
        Dense(10, activation="softmax"),
    ],
    loss="sparse_categorical_crossentropy",
)
