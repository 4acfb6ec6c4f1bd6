"""Layouts in files: those of the package, and one's own."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from math import inf
from pathlib import Path
from typing import Any

from wagefit.errors import FactError
from wagefit.shared.embedded_tables import FOLDER
from wagefit.shared.fact_names import fact_of, is_wage
from wagefit.shared.numbers import is_number
from wagefit.shared.toml_files import read_toml
from wagefit.shared.units import as_unit
from wagefit.tables.layout import FRACTION, NOTES, PERCENT, STANDARD_ERROR, Column, Layout, UnitRule

SHIPPED = FOLDER / "layouts"
ANYWHERE = re.compile("")
TEXTS = ("title", "source", "year", "ignore", "encoding", "delimiter", "decimal")
ENTRIES = (
    *TEXTS,
    "sheet",
    "header_row",
    "suppressed",
    "top_coded",
    "top_code",
    "unit",
    "long",
    "keys",
    "facts",
    "optional",
)
COLUMN_ENTRIES = ("column", "after", "times", "kind", "bands")


def layouts() -> dict[str, str]:
    """The layouts that come with the package: what each is of, by name.

    Examples
    --------
    >>> wf.tables.layouts()["ashe"]
    'Annual Survey of Hours and Earnings, Office for National Statistics (United Kingdom)'
    """
    return {path.stem: read_toml(path)["title"] for path in sorted(SHIPPED.glob("*.toml"))}


def load_layout(layout: Any) -> Layout:
    """The layout of that name, or in that file; FactError saying what is wrong with it."""
    path = Path(layout)
    if path.suffix != ".toml":
        path = SHIPPED / f"{layout}.toml"
        if not path.is_file():
            raise FactError(
                f"layout is {layout!r}; expected one of {', '.join(layouts())}, or a file that ends in .toml"
            )
    try:
        return _layout(path.name, read_toml(path))
    except FactError as error:
        raise FactError(f"layout {path.name}: {error}") from error


def _layout(name: str, entries: Mapping[str, Any]) -> Layout:
    _require_known(entries, ENTRIES, "the layout")
    for each in (each for each in TEXTS if not isinstance(entries.get(each, ""), str)):
        raise FactError(f"{each} is {entries[each]!r}; expected text")
    long = _table("long", entries)
    _require_known(long, ("indicator", "value"), "long")
    if len(long) == 1:
        raise FactError("long names one column; expected both, indicator and value")
    return Layout(
        name=name,
        keys=_keys(entries),
        facts=_facts(entries),
        unit=_unit(entries.get("unit")),
        optional=_optional(entries),
        suppressed=frozenset(_names("suppressed", entries.get("suppressed", []))),
        top_coded=_names("top_coded", entries.get("top_coded", [])),
        top_codes=_top_codes(entries.get("top_code")),
        indicator=_column("indicator", long["indicator"]) if long else None,
        value=_column("value", long["value"]) if long else None,
        year=_pattern("year", entries.get("year")),
        ignored=_pattern("ignore", entries.get("ignore")),
        sheets=_names("sheet", entries.get("sheet", [])),
        header_row=_header_row(entries.get("header_row")),
        encoding=_encoding(entries.get("encoding")),
        delimiter=_character("delimiter", entries.get("delimiter", ",")),
        decimal=_character("decimal", entries.get("decimal", ".")),
    )


def _require_known(entries: Mapping[str, Any], known: Iterable[str], place: str) -> None:
    for name in entries:
        if name not in known:
            raise FactError(f"{place} has the entry {name!r}; expected {', '.join(known)}")


def _table(name: str, entries: Mapping[str, Any]) -> Mapping[str, Any]:
    table = entries.get(name, {})
    if not isinstance(table, Mapping):
        raise FactError(f"{name} is {table!r}; expected a table of names and columns")
    return table


def _keys(entries: Mapping[str, Any]) -> dict[str, Column]:
    keys = _table("keys", entries)
    for name in keys:
        if fact_of(name) is not None or name in (*NOTES, "indicator", "value"):
            raise FactError(f"keys has the entry {name!r}, which means something else; expected another name")
    return {name: _column(name, value) for name, value in keys.items()}


def _facts(entries: Mapping[str, Any]) -> dict[str, Column]:
    facts = _table("facts", entries)
    for name in facts:
        if fact_of(name) is None:
            raise FactError(
                f"facts has the entry {name!r}; expected mean, employment or a percentile such as p50, or one of these "
                "with _rse for its error or _at_least for its bound"
            )
    if not any(map(is_wage, facts)):
        raise FactError("facts has no wage; expected the column of mean, or of a percentile such as p50")
    return {name: _column(name, value) for name, value in facts.items()}


def _optional(entries: Mapping[str, Any]) -> frozenset[str]:
    optional = _names("optional", entries.get("optional", []))
    known = (*_table("keys", entries), *_table("facts", entries))
    for name in optional:
        if name not in known:
            raise FactError(f"optional has {name!r}; expected names of keys and facts: {', '.join(known)}")
    return frozenset(optional)


def _column(name: str, value: Any) -> Column:
    if not isinstance(value, Mapping):
        return Column(_names(name, value))
    _require_known(value, COLUMN_ENTRIES, name)
    if "column" not in value:
        raise FactError(f"{name} names no column; expected column = ...")
    kind, bands, times = value.get("kind", PERCENT), value.get("bands", {}), value.get("times", 1.0)
    if kind not in (PERCENT, FRACTION, STANDARD_ERROR):
        raise FactError(f"kind of {name} is {kind!r}; expected {PERCENT!r}, {FRACTION!r} or {STANDARD_ERROR!r}")
    if not isinstance(bands, Mapping) or not isinstance(value.get("after", ""), str):
        raise FactError(f"{name} is {value!r}; expected text in after, and in bands a table of percentages")
    for number in (times, *bands.values()):
        if not is_number(number) or not 0 < number < inf:
            raise FactError(f"{name} has the number {number!r}; expected a finite number above 0")
    return Column(_names(name, value["column"]), value.get("after"), float(times), kind, bands)


def _names(name: str, value: Any) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value]
    if not all(isinstance(each, str) and each.strip() for each in names):
        raise FactError(f"{name} is {value!r}; expected text, or a list of texts")
    return tuple(names)


def _character(name: str, value: str) -> str:
    if len(value) != 1:
        raise FactError(f"{name} is {value!r}; expected one character")
    return value


def _encoding(value: str | None) -> str | None:
    try:
        return None if value is None else codecs.lookup(value).name
    except LookupError as error:
        raise FactError(f"encoding is {value!r}; expected one that Python knows, such as 'latin-1'") from error


def _pattern(name: str, value: Any) -> re.Pattern[str] | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise FactError(f"{name} is {value!r}; expected a regular expression")
    try:
        return re.compile(value, re.IGNORECASE)
    except re.error as error:
        raise FactError(f"{name} is {value!r}; expected a regular expression: {error}") from error


def _header_row(value: Any) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise FactError(f"header_row is {value!r}; expected the number of a row, from 1")
    return value


def _unit(value: Any) -> UnitRule:
    if value is None:
        raise FactError("the layout has no unit; expected one such as 'EUR/month'")
    if not isinstance(value, Mapping):
        return UnitRule(((as_unit(value), ANYWHERE),))
    column = _column("unit", value["column"]) if "column" in value else None
    patterns = {as_unit(unit): _pattern(unit, text) for unit, text in value.items() if unit != "column"}
    return UnitRule(tuple((unit, pattern) for unit, pattern in patterns.items() if pattern is not None), column)


def _top_codes(value: Any) -> tuple[tuple[int, int, float], ...]:
    if value is None:
        return ()
    if is_number(value):
        return ((0, 9999, float(value)),)
    if not isinstance(value, Mapping):
        raise FactError(f"top_code is {value!r}; expected a wage, or a table of wages by years")
    codes = []
    for years, wage in value.items():
        match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", years)
        if match is None or not is_number(wage):
            raise FactError(f"top_code has {years} = {wage!r}; expected years and a wage, such as 2016-2021 = 208_000")
        codes.append((int(match[1]), int(match[2] or match[1]), float(wage)))
    return tuple(codes)
