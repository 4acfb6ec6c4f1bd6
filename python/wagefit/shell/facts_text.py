"""Published figures as they are typed: ``P90=63,820``, ``90=63820`` and ``.9=63820`` are one fact."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal, TypeVar

from wagefit.errors import FactError
from wagefit.shared.fact_names import is_bound, is_wage
from wagefit.shared.numbers import read_number
from wagefit.shell.named_values import parse_named
from wagefit.shell.options import parse_unit, parse_wage
from wagefit.shell.periods import check_figures

Key = TypeVar("Key")
Row = dict[str, Any]

USUAL = "USD/year"  # of wages whose unit is not stated

TEXTS = ("title", "place", "source", "year", "unit")
NUMBERS = ("mean", "employment", "mean_rse")
EXPECTED = "expected a percentile and a wage such as P90=63820"
_PERCENTILE = re.compile(r"(?P<prefix>p|d)?\s*(?P<number>[\d.]+)\s*(?P<percent>%)?", re.ASCII)


def read_percentile(text: str) -> float | None:
    """The probability that `text` names, such as ``P90``, ``90``, ``90 %``, ``D9``, ``0.9`` or ``median``; else None.

    Numbers from 1 to 100 are percents, those below 1 probabilities.
    """
    name = text.strip().lower()
    if name == "median":
        return 0.5
    match = _PERCENTILE.fullmatch(name)
    number = None if match is None else read_number(match["number"])
    if match is None or number is None:
        return None
    is_percent = bool(match["percent"]) or match["prefix"] == "p" or number >= 1
    probability = number / 10 if match["prefix"] == "d" else number / 100 if is_percent else number
    return probability if 0 < probability < 1 else None


def parse_quantiles(option: str, texts: Iterable[str], unit: str = "USD/year") -> dict[float, float]:
    """Facts such as ``P90=63820`` as {0.9: 63820.0}; several may stand in one text."""
    quantiles: dict[float, float] = {}
    for name, wage, text in _pairs(option, texts):
        _add(quantiles, _probability(option, name, text), parse_wage(option, wage, unit), f"{option} gives {name}")
    return quantiles


def parse_bounds(option: str, texts: Iterable[str], unit: str = "USD/year") -> dict[float | Literal["mean"], float]:
    """Lower bounds such as ``P90=63820`` or ``mean=40000``, by probability and ``"mean"``."""
    bounds: dict[float | Literal["mean"], float] = {}
    for name, wage, text in _pairs(option, texts):
        key: float | Literal["mean"] = "mean" if name.lower() == "mean" else _probability(option, name, text)
        _add(bounds, key, parse_wage(option, wage, unit), f"{option} gives {name}")
    return bounds


def parse_facts(option: str, text: str, unit: str | None = None) -> Row:
    """Facts such as ``mean=44010,P90=63820,unit=GBP/year`` as a row of columns: ``mean``, ``p90``, ``unit``, ...

    A figure that ends in ``+``, such as ``P90=208000+``, is what the percentile is at least: ``p90_at_least``.
    """
    pairs = _pairs(option, [text])
    row: Row = {}
    named = stated_unit(option, next((value for name, value, _ in pairs if name.lower() == "unit"), None), unit)
    for name, value, _ in pairs:
        if name.lower() != "unit":
            column, cell = cell_of(option, name, value, named or USUAL)
            _add(row, column, cell, f"{option} gives {name}")
    return with_unit(row if named is None else row | {"unit": named})


def stated_unit(owner: str, text: str | None, given: str | None) -> str | None:
    """The unit that the `text` of `owner` states, or else the one that is given; FactError where they differ."""
    stated = parse_unit(text) if text else None
    if given is not None and stated not in (None, given):
        raise FactError(f"--unit is {given!r} and {owner} states {stated!r}; expected one of them")
    return given if stated is None else stated


def with_unit(row: Row) -> Row:
    """A row with its unit, dollars a year where none is stated; FactError where its wages then are those of an hour."""
    if "unit" in row:
        return row
    check_figures([row[name] for name in row if is_wage(name) or is_bound(name)])
    return row | {"unit": USUAL}


def is_fact(name: str) -> bool:
    """Whether `name` is that of a figure, such as ``mean`` or ``P90``."""
    return name.strip().lower() in NUMBERS or read_percentile(name) is not None


def column_of(name: str) -> str:
    """The column of a figure, such as ``p50`` of ``Median``, or of a text."""
    probability = read_percentile(name)
    return name.strip().lower() if probability is None else f"p{100 * probability:.12g}"


def cell_of(option: str, name: str, value: str, unit: str) -> tuple[str, Any]:
    """Column and cell of one fact, such as ``("p90", 63820.0)`` of ``P90`` and ``63,820``."""
    column = name.strip().lower()
    if column in TEXTS:
        return column, value
    probability = read_percentile(name)
    if column not in NUMBERS and probability is None:
        known = ", ".join((*NUMBERS, *TEXTS))
        raise FactError(f"{option} has {name!r}; expected a percentile such as P90, or one of {known}")
    figure = value.removesuffix("+").strip()
    return column_of(name) + ("_at_least" if figure != value else ""), parse_wage(f"{name} of {option}", figure, unit)


def _pairs(option: str, texts: Iterable[str]) -> list[tuple[str, str, str]]:
    """Name and value of each fact, and the text that it stands in."""
    return [(name, value, text) for text in texts for name, value in parse_named(option, text, EXPECTED)]


def _probability(option: str, name: str, text: str) -> float:
    probability = read_percentile(name)
    if probability is None:
        raise FactError(f"{option} is {text!r}; {EXPECTED}, 90=63820 or .9=63820")
    return probability


def _add(facts: dict[Key, Any], key: Key, wage: Any, given: str) -> None:
    if key in facts:
        raise FactError(f"{given} twice; expected each figure once")
    facts[key] = wage
