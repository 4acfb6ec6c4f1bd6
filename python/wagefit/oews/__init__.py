"""Published tables of the Occupational Employment and Wage Statistics (OEWS)."""

from wagefit.oews.cell import Cell
from wagefit.oews.classification import Counterpart, crosswalk, soc_vintage
from wagefit.oews.embedded import cells, health_information
from wagefit.oews.fetching import fetch
from wagefit.oews.identification import FigureMatch, Identification, Match, identify
from wagefit.oews.lookup import cell, national
from wagefit.oews.reading import read
from wagefit.oews.row_facts import PublishedRow, facts
from wagefit.oews.titles import occupations, years
from wagefit.oews.unpublished import estimate_unpublished
from wagefit.oews.unpublished_cells import UnpublishedCell, UnpublishedCells
from wagefit.oews.validation import validate

__all__ = [
    "Cell",
    "Counterpart",
    "FigureMatch",
    "Identification",
    "Match",
    "PublishedRow",
    "UnpublishedCell",
    "UnpublishedCells",
    "cell",
    "cells",
    "crosswalk",
    "estimate_unpublished",
    "facts",
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
