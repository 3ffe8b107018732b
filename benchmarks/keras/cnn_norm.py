"""The CNN with batch normalization after each convolution."""

from keras.layers import BatchNormalization, Conv2D, Dense, Dropout, Flatten, MaxPooling2D

from benchmarks.keras.fitting import fit

fit(
    "cnn_norm",
    [
        Conv2D(32, 3, activation="relu"),
        BatchNormalization(),
        MaxPooling2D(2),
        Conv2D(64, 3, activation="relu"),
        BatchNormalization(),
        MaxPooling2D(2),
        Flatten(),
        Dense(128, activation="relu"),
        Dropout(0.5),
        Dense(10, activation="softmax"),
    ],
    loss="sparse_categorical_crossentropy",
)
