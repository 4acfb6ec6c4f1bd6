"""Section: where the figures of the factors come from, numbered in the order in which they are cited."""

from __future__ import annotations

from collections.abc import Sequence

from wagefit.factors.level import Level
from wagefit.report.blocks import Column, Listing, Section, Table
from wagefit.shared.embedded_tables import read_table
from wagefit.shared.text import with_year

PROXY, ASSUMED = "p", "a"
MEANINGS = {
    PROXY: "p: a proxy, measured on other people, places or years than the name says.",
    ASSUMED: "a: an assumption.",
}


class Sources:
    """Numbers the sources in the order in which they are first cited, and remembers what was marked."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._marks: set[str] = set()
        shares = read_table("shares")
        self._proxies = {(row["factor"], row["level"], row["source"]) for row in shares if row["proxy"] == "true"}

    def of_ratio(self, levels: Sequence[Level]) -> str:
        """The number of the ratios' source, with its mark; empty where there is none."""
        mark = PROXY if any(level.is_proxy for level in levels) else ""
        return self._cite(levels[0].source, levels[0].year, mark)

    def of_share(self, factor: str, levels: Sequence[Level]) -> str:
        """The number of the shares' source with its mark, or the mark of an assumption."""
        if any(level.share_is_assumed for level in levels):
            self._marks.add(ASSUMED)
            return ASSUMED
        is_proxy = any((factor, level.name, level.share_source) in self._proxies for level in levels)
        return self._cite(levels[0].share_source, levels[0].share_year, PROXY if is_proxy else "")

    def legend(self) -> str:
        """What the marks mean that were made."""
        return " ".join(MEANINGS[mark] for mark in MEANINGS if mark in self._marks)

    def section(self, notes: Sequence[str]) -> Section:
        """All of them, numbered, and what the reader should know."""
        rows = tuple((str(number), source) for source, number in self._numbers.items())
        table = Table((Column("", "right"), Column("source", "left")), rows)
        return Section("Sources", (*((table,) if rows else ()), Listing(tuple(notes))))

    def _cite(self, source: str, year: int | None, mark: str) -> str:
        self._marks.add(mark)
        if not source:
            return mark
        return f"{self._numbers.setdefault(with_year(source, year), len(self._numbers) + 1)}{mark}"
