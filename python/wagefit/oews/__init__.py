"""Published tables of the Occupational Employment and Wage Statistics (OEWS)."""

from wagefit.oews.classification import Counterpart, crosswalk, soc_vintage
from wagefit.oews.embedded import Cell, cells, health_information, national, occupations, years
from wagefit.oews.fetching import fetch
from wagefit.oews.identification import FigureMatch, Identification, Match, identify
from wagefit.oews.reading import read
from wagefit.oews.validation import validate

__all__ = [
    "Cell",
    "Counterpart",
    "FigureMatch",
    "Identification",
    "Match",
    "cells",
    "crosswalk",
    "fetch",
    "health_information",
    "identify",
    "national",
    "occupations",
    "read",
    "soc_vintage",
    "validate",
    "years",
]
