"""Published tables of the Occupational Employment and Wage Statistics (OEWS)."""

from wagefit.oews.embedded import Cell, cells, health_information, national, occupations, years
from wagefit.oews.fetching import fetch
from wagefit.oews.identification import FigureMatch, Identification, Match, identify
from wagefit.oews.reading import read
from wagefit.oews.validation import validate

__all__ = [
    "Cell",
    "FigureMatch",
    "Identification",
    "Match",
    "cells",
    "fetch",
    "health_information",
    "identify",
    "national",
    "occupations",
    "read",
    "validate",
    "years",
]
