"""Levels of areas, and the state that an area lies in."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import numpy as np

from wagefit.oews import all_occupations

NATION = "US"
NATIONAL, STATE, LOCAL = 0, 1, 2  # levels, the widest first
LEVELS = {"national": NATIONAL, "state": STATE, "territory": STATE, "metropolitan": LOCAL, "nonmetropolitan": LOCAL}


@functools.cache
def states() -> Mapping[str, str]:
    """Postal codes of the states and territories by their titles."""
    names: dict[str, str] = {}
    for kind in ("state", "territory"):
        rows = all_occupations.rows_where(area_type=kind)
        pairs = np.stack([all_occupations.numbers(name)[rows] for name in ("area_title", "area")], axis=1)
        titles, codes = all_occupations.texts("area_title"), all_occupations.texts("area")
        names |= {titles[title]: codes[code] for title, code in np.unique(pairs, axis=0).tolist()}
    return names


def state_of(title: str) -> str:
    """Postal code of the state that the title of an area names, of several the first; empty where it names none.

    Examples
    --------
    >>> from wagefit.oews.areas import state_of
    >>> state_of("Fargo, ND-MN"), state_of("Southern West Virginia nonmetropolitan area"), state_of("Guam")
    ('ND', 'WV', '')
    """
    codes = set(states().values())
    named = title.rpartition(", ")[2].split("-")[0]
    if named in codes:
        return named
    within = [name for name in states() if name in title]
    return states()[max(within, key=len)] if within else ""


def is_interstate(title: str) -> bool:
    """Whether the title of an area names several states, of which `state_of` gives the first.

    Examples
    --------
    >>> from wagefit.oews.areas import is_interstate
    >>> is_interstate("Fargo, ND-MN"), is_interstate("Portland-South Portland, ME")
    (True, False)
    """
    codes = set(states().values())
    named = title.rpartition(", ")[2].split("-")
    return sum(each.partition(" ")[0] in codes for each in named) > 1


def wider_area(title: str, level: int, primary_state: str) -> str:
    """Of a state the nation, of another area the state that the table names or else its title; empty where unknown."""
    if level != LOCAL:
        return NATION if level == STATE else ""
    return primary_state or state_of(title)


def key_of(code: str, title: str, level: int) -> str:
    """The key by which narrower areas refer to an area: `NATION`, a postal code, or the code itself."""
    if level == NATIONAL:
        return NATION
    return states().get(title, code) if level == STATE else code
