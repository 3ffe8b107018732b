"""Where tables come from: files read piece by piece, cells as numbers or as text."""
