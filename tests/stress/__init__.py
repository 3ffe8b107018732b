"""What takes too long, or needs too many rights, for every day: `just stress`."""
