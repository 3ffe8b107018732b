"""Keras, on the backend that the environment variable KERAS_BACKEND names."""
