"""What BLS has called its columns since 1997, and what their cells mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wagefit.errors import FactError
from wagefit.shared.numbers import is_missing, read_number

PERCENTILES = {"p10": 0.10, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90}
WAGES = ("mean", *PERCENTILES)
HOURS = 2080  # of paid work a year, by which BLS turns hourly wages and top codes into annual ones
_PRINTED = {"mean": "mean", "p10": "pct10", "p25": "pct25", "p50": "median", "p75": "pct75", "p90": "pct90"}

# Names as they stand in lower case, blanks as underscores; "wpct" is read as "pct".
TEXT_COLUMNS = {
    "area": "area",
    "area_title": "area_title",
    "area_name": "area_title",
    "state": "area_title",
    "area_type": "area_type",
    "prim_state": "primary_state",
    "st": "primary_state",
    "naics": "industry",
    "naics_title": "industry_title",
    "i_group": "industry_group",
    "own_code": "ownership",
    "ownership": "ownership",
    "occ_code": "occupation",
    "occ_title": "occupation_title",
    "occ_titl": "occupation_title",
    "group": "occupation_group",
    "occ_group": "occupation_group",
    "o_group": "occupation_group",
}
NUMBER_COLUMNS = {
    "tot_emp": "employment",
    "emp_prse": "employment_rse",
    "jobs_1000": "jobs_per_1000",
    "loc_quotient": "location_quotient",
    "loc_q": "location_quotient",
    "pct_total": "percent_of_industry",
    "pct_rpt": "percent_reporting",
    "mean_prse": "mean_rse",
    **{f"a_{_PRINTED[name]}": name for name in WAGES},
    **{f"h_{_PRINTED[name]}": f"hourly_{name}" for name in WAGES},
}
MARK_COLUMNS = {"annual": "annual_only", "hourly": "hourly_only"}

OWNERSHIP = {
    "1": "Federal government",
    "2": "State government",
    "3": "Local government",
    "123": "Federal, state and local government",
    "235": "State and local government and private",
    "35": "Local government and private",
    "5": "Private",
    "57": "Private, local government gambling and tribal establishments",
    "58": "Private and state government hospitals and schools",
    "59": "Private and postal service",
    "1235": "All",
}
AREA_TYPES = {"1": "national", "2": "state", "3": "territory", "4": "metropolitan", "6": "nonmetropolitan"}
TERRITORIES = {"PR", "GU", "VI", "66", "72", "78"}


def standard_name(cell: Any) -> str:
    """A column's name without what changed between releases."""
    return re.sub(r"[\s.]+", "_", str(cell).strip().lower()).replace("wpct", "pct")


@dataclass(frozen=True)
class Figures:
    """One column of numbers: what is printed, and as what kind where it is no number."""

    values: list[float | None]
    at_least: list[bool]  # `#`: at or above the top code
    unavailable: list[bool]  # `*`, `**`: collected but not published
    below_half: list[bool]  # `~`: below half a percent


_MARKS = {"#": 1, "*": 2, "**": 2, "***": 2, "~": 3}


def parse_figures(name: str, cells: Sequence[Any]) -> Figures:
    """Numbers, padded or with thousands separators, and the marks that stand in their place; an empty cell is None.

    FactError where a cell of the column `name` is neither.
    """
    known: dict[Any, tuple[float | None, int]] = {}
    parsed = [
        (cell, 0) if type(cell) is float else known.get(cell) or known.setdefault(cell, _parsed(name, cell))
        for cell in cells
    ]
    marks = [mark for _, mark in parsed]
    at_least, unavailable, below_half = (
        [mark == _MARKS[sign] for mark in marks] if _MARKS[sign] in marks else [False] * len(marks) for sign in "#*~"
    )
    return Figures([value for value, _ in parsed], at_least, unavailable, below_half)


def _parsed(name: str, cell: Any) -> tuple[float | None, int]:
    if type(cell) is str and cell.isascii() and cell.isdecimal():
        return float(cell), 0
    if is_missing(cell):
        return None, 0
    text = str(cell).strip()
    if text in _MARKS:
        return None, _MARKS[text]
    value = read_number(text)
    if value is None:
        raise FactError(f"{name} is {text!r} in a row; expected a number such as 44,010 or a mark: {' '.join(_MARKS)}")
    return value, 0


def parse_text(cells: Sequence[Any]) -> list[str]:
    """Codes and titles; a code that Excel holds as a number is printed without a decimal point."""
    return [cell.strip() if type(cell) is str else _text_of(cell) for cell in cells]


def _text_of(cell: Any) -> str:
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def is_marked(cells: Sequence[Any]) -> list[bool]:
    """Whether the cells of ANNUAL or HOURLY say yes."""
    return [str(cell).strip().lower() in ("true", "1", "1.0", "x", "yes", "t") for cell in cells]


def area_codes(cells: Sequence[Any]) -> list[str]:
    """Area codes with the leading zeros that numbers lose: two digits for states, seven for nonmetropolitan areas."""
    widths = {1: 2, 6: 7}
    return [code.zfill(widths.get(len(code), 0)) if code.isdigit() else code for code in parse_text(cells)]


def area_type(code: str, printed: str) -> str:
    """Kind of area in words, from the printed code or else from the form of the area's own."""
    if printed in AREA_TYPES:
        return AREA_TYPES[printed]
    if code in TERRITORIES:
        return "territory"
    if code in ("", "99", "US"):
        return "national"
    return {2: "state", 7: "nonmetropolitan"}.get(len(code), "metropolitan")


def occupation_group(code: str, printed: str) -> str:
    """Level of an occupation in words; before 2010 a detailed occupation has none printed."""
    group = printed.lower()
    if code in ("00-0000", ""):
        return "total"
    if group not in ("", "nan"):
        return {"div": "division", "maj": "major"}.get(group, group)
    return "major" if re.fullmatch(r"\d\d-0000", code) else "detailed"


def renamed(header: Sequence[Any]) -> Mapping[int, tuple[str, str]]:
    """Position of each column that is understood: (tidy name, ``"text"``, ``"number"`` or ``"mark"``).

    FactError where two columns hold the same thing.
    """
    tables = (("text", TEXT_COLUMNS), ("number", NUMBER_COLUMNS), ("mark", MARK_COLUMNS))
    names = {printed: (tidy, kind) for kind, table in tables for printed, tidy in table.items()}
    known = {i: names[standard_name(cell)] for i, cell in enumerate(header) if standard_name(cell) in names}
    first: dict[str, int] = {}
    for i, (tidy, _) in known.items():
        if first.setdefault(tidy, i) != i:
            both = f"{str(header[first[tidy]]).strip()!r} and {str(header[i]).strip()!r}"
            raise FactError(f"the columns {both} both hold {tidy}; expected one of them")
    return known
