"""Run folders: where a run's files are, how each is written and read, which run is newest."""
