"""Wage distributions from published wage statistics."""

from wagefit._core import __version__

__all__ = ["__version__"]
