"""What the columns of a published row call its occupation, its place and its release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagefit.shared.numbers import is_missing

# Columns that may hold the name; the first that says something counts.
TITLE = ("title", "occupation_title", "occupation")
PLACE = ("place", "area_title", "area")
RELEASE = ("release", "year")


def text_of(columns: Mapping[str, Any], *names: str) -> str:
    """The text of the first of the columns `names` that says something; empty where none does.

    Examples
    --------
    >>> from wagefit.tables.row_names import text_of
    >>> text_of({"release": None, "year": 2021.0}, "release", "year")
    '2021'
    """
    return next(filter(None, (_text(columns.get(name)) for name in names)), "")


def _text(value: Any) -> str:
    if is_missing(value):
        return ""
    return f"{value:.0f}" if isinstance(value, float) else str(value).strip()
