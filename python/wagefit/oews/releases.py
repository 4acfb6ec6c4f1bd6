"""The releases of the survey: their years, their names, and the wage from which on they print `#`."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence

from wagefit.errors import FactError
from wagefit.shared.arguments import as_count
from wagefit.shared.embedded_tables import read_table

FIRST_YEAR = 1997
FIRST_SPRING = 2003  # from then on the reference month is May
SPRING, AUTUMN = 5, 11  # months to which wages refer; before 2003 they are of the fourth quarter


def as_release(name: str, year: int) -> int:
    """`year` if there can be a release of it; FactError otherwise."""
    last = dt.datetime.now(tz=dt.timezone.utc).year
    if not FIRST_YEAR <= as_count(name, year) <= last:
        raise FactError(f"{name} is {year}; expected a year from {FIRST_YEAR} to {last}")
    return int(year)


def release_name(year: int) -> str:
    """Name of the release of a year."""
    return f"May {year}" if year >= FIRST_SPRING else str(year)


def reference_month(year: int) -> tuple[int, int]:
    """Year and month to which the wages of a release refer; November for those of October to December."""
    return year, SPRING if year >= FIRST_SPRING else AUTUMN


def top_code(year: int) -> float | None:
    """Annual wage from which on the release of `year` prints `#`, in dollars; None where it has no top code."""
    for first, last, wage in _top_codes():
        if first <= year <= last:
            return wage
    return None


@functools.cache
def _top_codes() -> Sequence[tuple[int, int, float]]:
    rows = read_table("top_codes")
    return [(int(row["first_year"]), int(row["last_year"]), float(row["annual"])) for row in rows]
