"""The numpy engine: layers, losses, optimizers and metrics with Keras's names and numbers.

It knows numpy and the standard library, and nothing of configs, tables or run folders.
"""
