"""The command line: each command parses its flags, calls nncli.api, and prints what comes back."""
