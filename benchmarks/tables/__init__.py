"""Large tables: reading them, and predicting their rows."""
