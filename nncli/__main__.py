"""`python -m nncli` is `nncli`."""

from nncli.cli.app import main

main()
