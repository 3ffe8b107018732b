"""PyTorch eager, with the training loop of its tutorials."""
