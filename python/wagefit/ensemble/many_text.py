"""Names of the rows of many distributions, and the first of them as a table and a drawing for notebooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from wagefit.plots.ladder import RUNGS, ManyWages
from wagefit.plots.svg import Bar, svg_bars
from wagefit.shared.text import dollars
from wagefit.shared.units import in_words

FIRST_ROWS = 10
TITLES = ("occupation_title", "area_title", "industry_title")
OTHERS = ("group", "occupation", "area", "industry", "ownership", "year")


def row_names(columns: Mapping[str, Sequence[Any]], n: int) -> list[str]:
    """What people call each of n rows: titles, codes or years that differ between rows, else the row's number."""
    titled = {title.removesuffix("_title") for title in TITLES if title in columns}
    usual = [name for name in (*TITLES, *OTHERS) if name in columns and name not in titled]
    varying = [name for name in usual or columns if len({str(value) for value in columns[name]}) > 1]
    if not varying:
        return [f"row {i}" for i in range(n)]
    return [", ".join(str(columns[name][i]) for name in varying) for i in range(n)]


def rows_html(cells: ManyWages, names: Sequence[str], text: str) -> str:
    """`text` as a heading, then a table and a drawing of `cells`, the first of those that the heading tells of."""
    wages = cells.ppf(RUNGS)
    head = "".join(f"<th>{name}</th>" for name in ("", "P10", "median", "P90"))
    rows, bars = [], []
    for name, (p10, p25, p50, p75, p90) in zip(names, wages.tolist(), strict=True):
        shown = [_written(wage, cells.unit) for wage in (p10, p50, p90)]
        figures = "".join(f"<td style='text-align:right'>{each}</td>" for each in shown)
        rows.append(f"<tr><th style='text-align:left'>{escape(name)}</th>{figures}</tr>")
        inner = (p25, p75) if p25 == p25 else None
        bars.append(Bar(name, shown[1], (p50,), p10, p90, inner))
    title = f"Wages, {in_words(cells.unit)}, line P10 to P90, bar P25 to P75, dot and figure the median"
    drawing = svg_bars(bars, title) if bars else ""
    return f"<p><b>{escape(text)}</b></p><table><tr>{head}</tr>{''.join(rows)}</table>{drawing}"


def _written(wage: float, unit: str) -> str:
    return "none" if wage != wage else dollars(wage, unit)
