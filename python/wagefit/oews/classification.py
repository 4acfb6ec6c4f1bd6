"""Which occupational classification a release uses, and what a code of one release is in another."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from wagefit.errors import FactError
from wagefit.shared.arguments import as_count
from wagefit.shared.embedded_tables import read_table

OWN = "OES"  # the classification that the survey had before the Standard Occupational Classification (SOC)
# First release of each classification. Two numbers name a mixture that BLS used while it changed from one to the next.
FIRST_YEARS = ((2021, "2018"), (2019, "2010/2018"), (2012, "2010"), (2010, "2000/2010"), (1999, "2000"))


@dataclass(frozen=True)
class Counterpart:
    """A code of another release that has jobs in common with the one that was asked for.

    Attributes
    ----------
    occupation, occupation_title : str
        Its code and title there.
    soc_vintage : str
        The classification of that release, as of `soc_vintage`.
    relation : {"same", "part", "whole", "overlap"}
        ``"same"``: the same jobs; ``"part"``: only some of them, and no others; ``"whole"``: all of them, and others
        too; ``"overlap"``: some of them, and others too.
    source : str
        What says so.

    Examples
    --------
    >>> [(other.occupation, other.relation) for other in wf.oews.crosswalk("29-2071", 2018, 2025)]
    [('29-2072', 'part'), ('29-9021', 'overlap')]
    """

    occupation: str
    occupation_title: str
    soc_vintage: str
    relation: str
    source: str


def soc_vintage(year: int) -> str:
    """The classification of a release's occupation codes.

    Parameters
    ----------
    year : int
        Year of the release.

    Returns
    -------
    {"OES", "2000", "2000/2010", "2010", "2010/2018", "2018"}
        ``"OES"``, the survey's own, before 1999; then the vintage of the Standard Occupational Classification, two
        where the release mixes them (2010-11 and 2019-20).

    Examples
    --------
    >>> wf.oews.soc_vintage(2018)
    '2010'
    """
    return next((vintage for first, vintage in FIRST_YEARS if year >= first), OWN)


def crosswalk(occupation: str, year: int, to: int) -> tuple[Counterpart, ...]:
    """What a health information occupation of one release is called in another.

    Parameters
    ----------
    occupation : str
        Code in the release of `year`, such as ``"29-2071"``: one of the health information occupations or of those
        that they were mixed with.
    year, to : int
        Years of the two releases, 1999 or later, in either order.

    Returns
    -------
    tuple of Counterpart
        By code. Wages compare from release to release only where the relation is ``"same"``.

    Raises
    ------
    FactError
        A release is older than the Standard Occupational Classification, or the code is not among those of its release,
        naming them.

    Examples
    --------
    >>> import wagefit as wf
    >>> [(found.occupation, found.relation) for found in wf.oews.crosswalk("29-2071", 2018, 2021)]
    [('29-2072', 'part'), ('29-9021', 'overlap')]
    """
    before, after = (_occupations(_classified(name, when)) for name, when in (("year", year), ("to", to)))
    if occupation not in before:
        raise FactError(f"occupation is {occupation!r}; expected one of {', '.join(before)} for {year}")
    asked, title = before[occupation], _titles()
    vintage = soc_vintage(to)
    return tuple(
        Counterpart(code, title[vintage, code][0], vintage, _relation(asked, parts), title[vintage, code][1])
        for code, parts in after.items()
        if asked & parts
    )


def _classified(name: str, year: int) -> str:
    vintage = soc_vintage(as_count(name, year))
    if vintage == OWN:
        raise FactError(f"{name} is {year}; expected {FIRST_YEARS[-1][0]} or later: older codes have no crosswalk")
    return vintage


def _relation(asked: frozenset[str], parts: frozenset[str]) -> str:
    if asked == parts:
        return "same"
    if parts < asked:
        return "part"
    return "whole" if asked < parts else "overlap"


@functools.cache
def _occupations(vintage: str) -> dict[str, frozenset[str]]:
    """The parts that each code of a classification holds, by ascending code."""
    rows = [row for row in read_table("occupation_parts") if row["soc_vintage"] == vintage]
    codes = sorted({row["occupation"] for row in rows})
    return {code: frozenset(row["part"] for row in rows if row["occupation"] == code) for code in codes}


@functools.cache
def _titles() -> dict[tuple[str, str], tuple[str, str]]:
    """Title and source of each code, by classification and code."""
    rows = read_table("occupation_parts")
    return {(row["soc_vintage"], row["occupation"]): (row["occupation_title"], row["source"]) for row in rows}
