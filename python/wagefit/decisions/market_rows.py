"""The published row of each occupation, place and year that a list asks for."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wagefit import oews
from wagefit.errors import FactError

Key = TypeVar("Key", bound=Hashable)
Asked = tuple[str, str, "int | None"]


def numbered(keys: Sequence[Key]) -> tuple[list[Key], NDArray[np.intp]]:
    """The different keys in the order in which they come, and the number of each key among them."""
    number = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    return list(number), np.fromiter(map(number.__getitem__, keys), dtype=np.intp, count=len(keys))


def find_rows(asked: Sequence[Asked]) -> list[oews.Cell | str]:
    """The published row of each (occupation, place, year), or why there is none."""
    unknown = {occupation: _reason(occupation) for occupation in dict.fromkeys(each[0] for each in asked)}
    return [unknown[each[0]] or _row(*each) for each in asked]


def _reason(occupation: str) -> str:
    """What is wrong with a code or title; empty where some release has it."""
    if not occupation:
        return "occupation is missing; expected a code or title"
    found = _row(occupation, "", None)
    return found if isinstance(found, str) else ""


def _row(occupation: str, place: str, year: int | None) -> oews.Cell | str:
    try:
        return oews.cell(occupation, area=place or "US", year=year)
    except FactError as error:
        return str(error)
