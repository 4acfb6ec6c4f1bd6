"""One row of the embedded tables by occupation, area and year."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches

from wagefit.errors import FactError
from wagefit.oews import all_occupations
from wagefit.oews.cell import ALL_INDUSTRIES, DETAILED, Cell
from wagefit.oews.classification import OWN, crosswalk, soc_vintage
from wagefit.oews.embedded import cells, health_codes
from wagefit.oews.releases import release_name
from wagefit.oews.titles import codes_titled, names_of, newest_titled, suggestions, title_key
from wagefit.shared.arguments import as_count, require_text

NATION = "US"
NATION_NAMES = ("us", "u.s.", "usa", "united states")


def cell(occupation: str, *, area: str = NATION, year: int | None = None) -> Cell:
    """The published row of an occupation.

    Parameters
    ----------
    occupation : str
        Code, such as ``"29-1141"``, or title, such as ``"registered nurses"``, in any case, plural or singular.
    area : str
        ``"US"``; a state's two letters or name (May 2025); for the health information occupations also the code of a
        metropolitan or nonmetropolitan area.
    year : int, optional
        Year of the release; the newest that has the row when None.

    Returns
    -------
    Cell
        Its ``note`` says what was assumed: a code that the release does not have is followed by its title, and equal
        titles are not always equal jobs; a code may have had another title.

    Raises
    ------
    FactError
        An argument is no text; there is no such occupation, area or row: the message names what comes nearest, or the
        years that there are.

    Examples
    --------
    >>> wf.oews.cell("29-1141", area="NJ", year=2025).p50
    106500.0
    >>> nurses = wf.oews.cell("registered nurses", year=2005)
    >>> nurses.occupation, nurses.mean
    ('29-1111', 56880.0)
    >>> wf.oews.cell("29-1141", year=2005).note[:65]
    'May 2005 has no 29-1141: 29-1111 has the title "Registered nurses'
    """
    require_text("occupation", occupation, 'a code such as "29-1141", or a title')
    require_text("area", area, 'US or a state such as "NJ"')
    place = known_area(area)
    when = None if year is None else as_count("year", year)
    code = occupation if _is_code(occupation) else _titled(occupation, when)
    found = _rows(code, place)
    if when is None:
        when = max(found) if found else _newest(place)
    return _noted(found[when]) if when in found else _followed(code, place, when, tuple(found))


def national(occupation: str, year: int | None = None) -> Cell:
    """The nation's row of an occupation, as `cell` gives it.

    Parameters
    ----------
    occupation : str
        Code, such as ``"29-2071"``, or title.
    year : int, optional
        Year of the release; the newest that has the occupation when None.

    Returns
    -------
    Cell

    Raises
    ------
    FactError
        If there is no such row, naming what comes nearest, or the years that there are.

    Examples
    --------
    >>> wf.oews.national("29-2071", 2018).mean
    44010.0
    """
    return cell(occupation, year=year)


def known_area(area: str) -> str:
    """The code of an area that is given by code or name; FactError with the nearest names otherwise."""
    text = area.strip()
    if text.lower() in NATION_NAMES:
        return NATION
    if text.upper() in all_occupations.texts("area"):
        return text.upper()
    areas = {row.area: row.area_title for row in cells()}
    if text.upper() in areas:
        return text.upper()
    by_name = {name.lower(): code for code, name in areas.items()}
    if text.lower() in by_name:
        return by_name[text.lower()]
    near = [f"{by_name[name]} ({areas[by_name[name]]})" for name in get_close_matches(text.lower(), by_name, 3, 0.5)]
    nearest = f"; near in name: {', '.join(near)}" if near else ""
    raise FactError(f"area is {area!r}; expected US or a state such as NJ{nearest}")


def _is_code(occupation: str) -> bool:
    """Whether some release has the code; those of health information are known without unpacking the large table."""
    return occupation in health_codes() or bool(names_of(occupation))


def _titled(occupation: str, year: int | None) -> str:
    in_year = () if year is None else codes_titled(occupation, year)
    code = in_year[0] if in_year else newest_titled(occupation)
    if code is None:
        raise FactError(f"occupation is {occupation!r}; expected a code or title{_such_as(suggestions(occupation))}")
    return code


def _such_as(names: str) -> str:
    return f" such as {names}" if names else ', such as 29-1141 or "registered nurses"'


def _rows(code: str, area: str) -> dict[int, Cell]:
    """The rows of a code in an area by year; the detailed one where broad and detailed share a code."""
    found = cells(occupation=code, area=area, industry=ALL_INDUSTRIES)
    return {row.year: row for row in sorted(found, key=lambda row: (row.year, row.occupation_group == DETAILED))}


def _newest(area: str) -> int:
    return max(row.year for row in cells(area=area))


def _noted(row: Cell) -> Cell:
    """The row, saying so where its code has another title in the newest release that has it.

    The titles of health information occupations are the same in all releases.
    """
    if row.occupation in health_codes():
        return row
    newest = names_of(row.occupation)[-1]
    if title_key(newest.title) == title_key(row.occupation_title):
        return row
    names = (
        f'{row.release} calls {row.occupation} "{row.occupation_title}", {release_name(newest.year)} "{newest.title}"'
    )
    return replace(row, note=f"{names}: the jobs may differ")


def _followed(code: str, area: str, year: int, years: tuple[int, ...]) -> Cell:
    """The row of a release that has not the code but one with its title: the title of the nearest year counts."""
    for named in sorted(names_of(code), key=lambda named: abs(named.year - year)):
        for other in codes_titled(named.title, year):
            row = _rows(other, area).get(year)
            if row is not None and other != code:
                return replace(row, note=_following(row, code, named.year))
    raise FactError(_no_row(code, area, year, years))


def _following(row: Cell, code: str, year: int) -> str:
    vintages = ", ".join(dict.fromkeys((soc_vintage(row.year), soc_vintage(year))))
    return (
        f'{row.release} has no {code}: {row.occupation} has the title "{row.occupation_title}" that {code} has in '
        f"{release_name(year)} (classifications: {vintages}); equal titles are not always equal jobs"
    )


def _no_row(code: str, area: str, year: int, years: tuple[int, ...]) -> str:
    title = names_of(code)[-1].title
    where = f"occupation {code} ({title})" + ("" if area == NATION else f" in {area}")
    if not years:
        return f"area is {area!r}; there is no row of {where}; states have rows in May 2025 alone"
    message = f"year is {year!r}; expected one of {', '.join(map(str, years))} for {where}"
    if area != NATION:
        return message
    links = _links(code, max(years), year)
    if links:
        return f"{message}; its jobs of {max(years)} are in {links}"
    in_year = suggestions(title, year)
    return f"{message}; the nearest titles of {year} are {in_year}" if in_year else message


def _links(code: str, year: int, to: int) -> str:
    """What became of a health information occupation, in words; nothing of others, whose crosswalk is not embedded."""
    if code not in health_codes() or OWN in (soc_vintage(year), soc_vintage(to)):
        return ""
    return ", ".join(
        f"{link.occupation} ({link.occupation_title}: {link.relation})" for link in crosswalk(code, year, to)
    )
