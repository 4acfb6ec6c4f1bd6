"""What columns of figures are called: the mean, percentiles and people, and bounds and errors of these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from wagefit.errors import FactError

Column = TypeVar("Column")

_FACT = re.compile(r"(?P<figure>mean|employment|p\d{1,2}(?:\.\d+)?)(?P<kind>_at_least|_rse)?")
_END = re.compile(r"p(?:0+|100)(?:\.0*)?(?:_at_least|_rse)?")  # of all wages, at which no fit has a finite quantile


def fact_of(name: str) -> tuple[str, str] | None:
    """The figure that a fact is about and its kind, such as ``("p90", "_at_least")``; None if `name` is no fact."""
    match = _FACT.fullmatch(name)
    if match is None or (match["figure"][0] == "p" and float(match["figure"][1:]) == 0):
        return None
    if name == "employment_at_least":
        return None
    return match["figure"], match["kind"] or ""


def is_wage(name: str) -> bool:
    """Whether a fact is a mean or a percentile itself, not its bound or its error."""
    fact = fact_of(name)
    return fact is not None and fact[1] == "" and fact[0] != "employment"


def is_bound(name: str) -> bool:
    """Whether a fact is what a mean or a percentile is at least."""
    fact = fact_of(name)
    return fact is not None and fact[1] == "_at_least"


def key_of(name: str) -> float | str:
    """What a wage or its bound is known by in a fit: ``"mean"``, or a probability such as 0.9 of ``p90``."""
    figure = name.removesuffix("_at_least")
    return figure if figure == "mean" else float(figure[1:]) / 100


def standard_fact(name: str) -> str | None:
    """The one name of the fact that a column holds, whatever its case; None where it holds none.

    Examples
    --------
    >>> from wagefit.shared.fact_names import standard_fact
    >>> standard_fact("Median"), standard_fact("P05"), standard_fact("occupation")
    ('p50', 'p5', None)
    """
    text = re.sub("^median(?=$|_)", "p50", name.strip().casefold())
    fact = fact_of(text)
    if fact is None:
        return None
    figure, kind = fact
    return (f"p{float(figure[1:]):.12g}" if figure[0] == "p" else figure) + kind


def with_standard_facts(owner: str, columns: Mapping[str, Column]) -> dict[str, Column]:
    """`columns` with the one name of each fact; FactError where `owner` has two of one fact, or an end of all wages."""
    found: dict[str, Column] = {}
    given: dict[str, str] = {}
    for name, column in columns.items():
        if _END.fullmatch(name.strip().casefold()):
            raise FactError(f"{owner} has {name!r}; expected percentiles above P0 and below P100")
        known = standard_fact(name) or name
        if known in given:
            raise FactError(f"{owner} has {given[known]!r} and {name!r}, which are one figure; expected one of them")
        given[known], found[known] = name, column
    return found
