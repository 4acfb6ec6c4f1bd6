"""Occupations by code and title, release by release."""

from __future__ import annotations

import functools
import re
from difflib import get_close_matches
from itertools import takewhile
from typing import NamedTuple

import numpy as np

from wagefit.oews import all_occupations
from wagefit.oews.cell import DETAILED
from wagefit.oews.embedded import cells, health_codes

SUGGESTIONS = 5
LEAST_LIKENESS = 0.7  # of a misspelled word, a ratio of difflib


class Named(NamedTuple):
    """An occupation as one release names it."""

    year: int
    code: str
    title: str
    group: str
    employment: float


@functools.cache
def title_key(title: str) -> str:
    """A title without what releases and people spell differently: case, punctuation, "and", plurals."""
    words = re.findall(r"[a-z0-9]+", title.lower().replace("'s", "s"))
    return " ".join(_singular(word) for word in words if word not in ("and", "the"))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def occupations(year: int | None = None) -> dict[str, str]:
    """Code and title of every occupation of the nation, by code.

    Parameters
    ----------
    year : int, optional
        Year of the release; None for all releases, with the newest title of each code.

    Examples
    --------
    >>> wf.oews.occupations(2018)["29-2071"]
    'Medical Records and Health Information Technicians'
    >>> wf.oews.occupations()["29-1141"]
    'Registered Nurses'
    """
    return dict(sorted((each.code, each.title) for each in national_names() if year in (None, each.year)))


def years(occupation: str) -> tuple[int, ...]:
    """The releases that have a national row of an occupation, oldest first.

    Examples
    --------
    >>> wf.oews.years("29-2071")[-3:]
    (2016, 2017, 2018)
    """
    return tuple(each.year for each in names_of(occupation))


@functools.cache
def names_of(occupation: str) -> tuple[Named, ...]:
    """What each release calls a code, oldest first."""
    return _named(all_occupations.rows_where(area="US", occupation=occupation).tolist(), occupation)


def codes_titled(title: str, year: int) -> tuple[str, ...]:
    """The codes of a release with this title, those of detailed occupations first."""
    key = title_key(title)
    found = [each for each in _names_by_key().get(key, ()) if each.year == year]
    return tuple(each.code for each in sorted(found, key=lambda each: (each.group != DETAILED, each.code)))


def newest_titled(title: str) -> str | None:
    """The newest code with this title, that of a detailed occupation if there are several; None without one."""
    found = _names_by_key().get(title_key(title))
    return None if found is None else codes_titled(title, max(each.year for each in found))[0]


def suggestions(asked: str, year: int | None = None) -> str:
    """The occupations of a release, the newest if None, whose codes or titles come nearest, as a list in words.

    Titles with the most words of what was asked for come first, and among these the occupations of most people. Empty
    where no title has a word like one of them.
    """
    latest = max(each.year for each in national_names()) if year is None else year
    known = {each.code: each for each in national_names() if each.year == latest}
    if re.fullmatch(r"[\d-]+", asked):
        near = sorted(known, key=lambda code: _distance(asked, code))[:SUGGESTIONS]
    else:
        near = _nearest_titles(asked, tuple(known.values()))[:SUGGESTIONS]
    return ", ".join(f"{code} ({known[code].title})" for code in near)


def _distance(asked: str, code: str) -> tuple[int, int]:
    """How far a code is from what was asked for: digits that they do not share at their beginning, then numbers."""
    wanted, other = (text.replace("-", "") for text in (asked, code))
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(wanted, other, strict=False)))
    return -shared, abs(int(wanted or 0) - int(other))


def _nearest_titles(asked: str, known: tuple[Named, ...]) -> list[str]:
    """Codes whose titles have a word of what was asked for, nearest first, each title once."""
    words = {each.code: set(title_key(each.title).split()) for each in known}
    wanted = _spelled(title_key(asked), set().union(*words.values()))
    n_found = {code: len(wanted & of_title) for code, of_title in words.items()}
    ascending = sorted(known, key=lambda each: (n_found[each.code], each.employment, each.group == DETAILED))
    by_title = {title_key(each.title): each.code for each in ascending}
    return [code for code in reversed(by_title.values()) if n_found[code] > 0]


def _spelled(key: str, vocabulary: set[str]) -> set[str]:
    """The words of a key that titles have; where they have none of them, the words of titles that are likest."""
    words = key.split()
    near = (get_close_matches(word, vocabulary, 1, LEAST_LIKENESS) for word in words)
    return set(words) & vocabulary or {matches[0] for matches in near if matches}


@functools.cache
def national_names() -> tuple[Named, ...]:
    """Every code of every release of the nation, by year. The total of 1997 has no code."""
    return _named(all_occupations.rows_where(area="US").tolist(), None)


def _named(rows: list[int], occupation: str | None) -> tuple[Named, ...]:
    """Names in these rows and of health information occupations, a code that stands twice as the detailed one."""
    code, title, group = (_texts(f"occupation{part}", rows) for part in ("", "_title", "_group"))
    people = np.nan_to_num(all_occupations.figures("employment"))[rows].tolist()
    found = list(map(Named, all_occupations.numbers("year")[rows].tolist(), code, title, group, people))
    if occupation is None or occupation in health_codes():
        health = (cell for cell in cells(occupation=occupation) if cell.is_national)
        found += [
            Named(c.year, c.occupation, c.occupation_title, c.occupation_group, c.employment or 0.0) for c in health
        ]
    by_group = sorted(found, key=lambda each: each.group == DETAILED)
    return tuple(sorted({(each.year, each.code): each for each in by_group if each.code}.values()))


def _texts(name: str, rows: list[int]) -> list[str]:
    """A column's texts in these rows."""
    texts = all_occupations.texts(name)
    return [texts[number] for number in all_occupations.numbers(name)[rows].tolist()]


@functools.cache
def _names_by_key() -> dict[str, tuple[Named, ...]]:
    groups: dict[str, list[Named]] = {}
    for each in national_names():
        groups.setdefault(title_key(each.title), []).append(each)
    return {key: tuple(found) for key, found in groups.items()}
