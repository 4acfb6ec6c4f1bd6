"""``python -m wagefit.labs`` builds, checks and grades the labs."""

from wagefit.labs.commands import main

main()
