"""Which rows of a table an equation counts, and how many people each of them stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagefit.errors import FactError
from wagefit.shared.arguments import FloatArray
from wagefit.shared.columns import as_counts, as_numbers, complete_rows, with_company

MOST_PEOPLE = 50_000_000


@dataclass(frozen=True)
class CountedRows:
    """The rows of a table of n that count."""

    kept: NDArray[np.bool_]
    """Whether a row counts, shape (n,)."""
    people: NDArray[np.int64] | None
    """How many people each of these rows stands for; None where a row is a person."""
    dropped: int
    """Number of rows left out because a value was missing."""
    weightless: int
    """Number of rows left out because their weight was 0."""
    lonely: int
    """Number of rows set aside because their one person is alone in a level of an absorbed factor."""


def counted_rows(
    columns: Sequence[Any], masses: Mapping[str, Any], absorbed: Sequence[Any], candidates: NDArray[np.bool_]
) -> CountedRows:
    """Those of `candidates`, shape (n,), that have a value in all columns, weight, and company in absorbed levels.

    masses: under `weights` and `frequencies`, where they are given.

    Raises
    ------
    FactError
        No row is left, or frequencies are no whole numbers of people, or too many.
    """
    complete = complete_rows([*columns, *absorbed, *masses.values()], len(candidates)) & candidates
    heavy = complete & _above_zero(masses, complete)
    people = _people(masses.get("frequencies"), heavy)
    kept = _with_company(absorbed, complete, heavy, people)
    return CountedRows(
        kept=kept,
        people=people[kept].astype(np.int64) if "frequencies" in masses else None,
        dropped=int((candidates & ~complete).sum()),
        weightless=int((complete & ~heavy).sum()),
        lonely=int((heavy & ~kept).sum()),
    )


def _above_zero(masses: Mapping[str, Any], complete: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows with a weight; what is below 0 is refused where it is used."""
    heavy = np.ones(len(complete), dtype=bool)
    for name, values in masses.items():
        heavy[complete] &= as_numbers(name, values[complete]) != 0.0
    return heavy


def _people(frequencies: Any, heavy: NDArray[np.bool_]) -> FloatArray:
    """How many people each row stands for, shape (n,)."""
    people = heavy.astype(float)
    if frequencies is not None:
        people[heavy] = as_counts("frequencies", frequencies[heavy])
    if people.sum() > MOST_PEOPLE:
        raise FactError(f"frequencies add up to {people.sum():,.0f}; expected at most {MOST_PEOPLE:,} people")
    return people


def _with_company(
    absorbed: Sequence[Any], complete: NDArray[np.bool_], heavy: NDArray[np.bool_], people: FloatArray
) -> NDArray[np.bool_]:
    """Rows of weight whose people are not alone in a level of an absorbed factor; FactError where there is none."""
    if not complete.any():
        raise FactError("frame has no row without a missing value; expected some")
    if not heavy.any():
        raise FactError("weights or frequencies are 0 in every row; expected finite numbers above 0")
    kept = with_company(absorbed, heavy, people)
    if not kept.any():
        raise FactError("every row is alone in a level of an absorbed factor; expected levels of several rows")
    return kept
