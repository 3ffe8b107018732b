"""Train neural networks from one YAML file, with Keras's vocabulary and Keras's numbers."""

__version__ = "0.1.0"
