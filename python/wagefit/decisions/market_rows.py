"""The published row of each occupation, place and year that a list asks for."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wagefit import oews
from wagefit.errors import FactError
from wagefit.oews.titles import names_of, newest_titled

Key = TypeVar("Key", bound=Hashable)
Asked = tuple[str, str, "int | None"]

SUGGESTED = 50  # unknown occupations whose nearest titles are looked for


def numbered(keys: Sequence[Key]) -> tuple[list[Key], NDArray[np.intp]]:
    """The different keys in the order in which they come, and the number of each key among them."""
    number = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    return list(number), np.fromiter(map(number.__getitem__, keys), dtype=np.intp, count=len(keys))


def find_rows(asked: Sequence[Asked]) -> list[oews.Cell | str]:
    """The published row of each (occupation, place, year), or why there is none.

    What comes nearest to an unknown occupation is looked for in the first `SUGGESTED` cases, because it takes time.
    """
    occupations = list(dict.fromkeys(occupation for occupation, _, _ in asked))
    unknown = [each for each in occupations if not (names_of(each) or newest_titled(each))]
    reasons = {each: _reason(each, i < SUGGESTED) for i, each in enumerate(unknown)}
    return [reasons[each[0]] if each[0] in reasons else _row(*each) for each in asked]


def _reason(occupation: str, is_suggested: bool) -> str:
    """What is wrong with an occupation that no release has."""
    if not occupation:
        return "occupation is missing; expected a code or title"
    found = _row(occupation, "", None) if is_suggested else ""
    return found if isinstance(found, str) and found else f"occupation is {occupation!r}; expected a code or title"


def _row(occupation: str, place: str, year: int | None) -> oews.Cell | str:
    try:
        return oews.cell(occupation, area=place or "US", year=year)
    except FactError as error:
        return str(error)
