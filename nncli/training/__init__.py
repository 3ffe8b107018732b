"""The training loop and the scores; it knows the engine, and reports through observers."""
