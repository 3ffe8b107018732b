"""From tables on disk to the arrays that a network trains on."""
