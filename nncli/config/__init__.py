"""From a YAML file and flags to a checked Config, or to all its mistakes, each with its place."""
