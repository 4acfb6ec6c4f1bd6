"""``python -m wagefit`` is the command line."""

from wagefit.shell.cli import main

main()
