"""nncli's share of the work, where it isn't the command line itself."""
