"""The command line."""

from wagefit.shell.cli import main

__all__ = ["main"]
