"""``python -m wagefit`` is the command line."""

from wagefit.cli import main

main()
