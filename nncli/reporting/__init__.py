"""What a user sees of a run: tables and progress on the console, and pictures."""
