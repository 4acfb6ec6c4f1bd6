"""Section: a list of staff placed against the market."""

from __future__ import annotations

import math
from typing import Any

from wagefit.decisions import RankedStaff
from wagefit.decisions.ranked_staff import TIED_STATUS, TOP_CODED, UNPLACED
from wagefit.report.blocks import Block, Column, Listing, Paragraph, Section, Table
from wagefit.shared.messages import one_line

MOST_PEOPLE, MOST_OCCUPATIONS, MOST_REASONS = 20, 15, 5


def show_staff(content: RankedStaff, has_file: bool) -> Section:
    """The list in a sentence, its occupations, the first people, and why some are not placed.

    Where a file holds the people they are not shown.
    """
    rows = content.summary_rows()
    counts = ", ".join(f"{n:,} {status}" for status, n in content.counts().items()) or "nobody"
    blocks: list[Block] = [Paragraph(f"{len(content):,} people: {counts}."), _occupations(rows)]
    blocks += [] if has_file else _people(content)
    return Section("Staff in the market", (*blocks, *_reasons(content), Listing(_words(content))))


def _words(content: RankedStaff) -> tuple[str, ...]:
    level = f"{100 * content.level:g} % interval"
    return (
        "ratio: the wage over the market's median (compa-ratio), the middle one of several people",
        "below P25: the part of those ranked who are paid less than the market's P25",
        f"percentile: of 100 people in the market, how many earn at most the wage; in brackets its {level}, or the "
        "range that a tie or a top code leaves",
    )


def _occupations(rows: list[dict[str, Any]]) -> Table:
    shown = rows[: MOST_OCCUPATIONS + 1]
    rest = len(rows) - len(shown)
    cells = [
        (
            one_line(row["title"]),
            f"{row['people']:,}",
            f"{row['ranked']:,}",
            _number(row["median_compa_ratio"], ".2f"),
            _number(row["below_p25"], ".0%").replace("%", " %"),
        )
        for row in shown
    ]
    if rest > 0:
        cells.append((f"{rest:,} more occupations", "", "", "", ""))
    heads = ("people", "ranked", "ratio", "below P25")
    return Table((Column("", "left"), *map(Column, heads)), tuple(cells))


def _people(content: RankedStaff) -> list[Block]:
    """The first people of the list, each by the first column of the list."""
    n = min(len(content), MOST_PEOPLE)
    if not n:
        return []
    columns, names = content.columns, content.first_column()
    cells = tuple(
        (
            one_line(names[i]),
            one_line(columns["market_title"][i]),
            columns["market_area"][i],
            _number(columns["compa_ratio"][i], ".2f"),
            _percentile(columns, i),
        )
        for i in range(n)
    )
    heads = (Column("", "left"), Column("market", "left"), Column("", "left"), Column("ratio"), Column("percentile"))
    more = len(content) - n
    rest = (Paragraph(f"and {more:,} more; --output FILE.csv writes all of them", "quiet"),) if more else ()
    return [Table(heads, cells), *rest]


def _percentile(columns: Any, i: int) -> str:
    if columns["status"][i] == UNPLACED:
        return UNPLACED
    low, high = columns["percentile_low"][i], columns["percentile_high"][i]
    ends = "" if math.isnan(low) else f"{low:.0f} to {high:.0f}"
    if columns["status"][i] in (TIED_STATUS, TOP_CODED):
        return f"{columns['status'][i]} ({ends})"
    return f"{columns['percentile'][i]:.0f}" + (f" ({ends})" if ends else "")


def _reasons(content: RankedStaff) -> tuple[Block, ...]:
    reasons = content.reasons()
    if not reasons:
        return ()
    shown = [f"{n:,} not placed: {reason}" for reason, n in list(reasons.items())[:MOST_REASONS]]
    rest = len(reasons) - len(shown)
    return (Listing((*shown, *((f"{rest:,} other reasons",) if rest else ()))),)


def _number(value: float | None, form: str) -> str:
    return "" if value is None or math.isnan(value) else f"{value:{form}}"
