"""Section: growth of wages between two releases."""

from __future__ import annotations

from wagefit.decisions import FigureGrowth, WageGrowth
from wagefit.decisions.wage_growth import SERIES, growth_text
from wagefit.report.blocks import Column, Listing, Paragraph, Section, Table
from wagefit.shared.text import dollars


def show_growth(content: WageGrowth) -> Section:
    """The median in a sentence, every figure in a table, then what the figures rest on."""
    level = f"{100 * content.level:g} %"
    heads = (content.start.release, content.end.release, f"growth ({level})", f"in real terms ({level})")
    rows = tuple(_row(row, content.unit) for row in content.rows)
    table = Table((Column("", "left"), *map(Column, heads)), rows)
    real = f'"in real terms": growth beyond that of {SERIES[content.index]} ({content.index})'
    codes = any("+" in cell for row in rows for cell in row[1:3])
    coded = ('"+" after a wage: that or more, as it is printed as # (top-coded)',) if codes else ()
    return Section("Growth of wages", (Paragraph(str(content)), table, Listing((real, *coded, *content.notes))))


def _row(row: FigureGrowth, unit: str) -> tuple[str, ...]:
    return (
        row.figure,
        _wage(row.start, row.start_at_least, unit),
        _wage(row.end, row.end_at_least, unit),
        growth_text(row.nominal, row.status, row.interval),
        growth_text(row.real, row.status, row.real_interval),
    )


def _wage(wage: float | None, at_least: float | None, unit: str) -> str:
    if wage is not None:
        return dollars(wage, unit)
    return "-" if at_least is None else f"{dollars(at_least, unit)}+"
