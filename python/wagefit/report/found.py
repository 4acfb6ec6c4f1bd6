"""Section: where a quoted figure comes from."""

from __future__ import annotations

from dataclasses import dataclass

from wagefit.oews import FigureMatch, Identification
from wagefit.report.blocks import Block, Paragraph, Section

SHOWN = 10


@dataclass(frozen=True)
class Figure:
    """A quoted figure beside a published one, dollars a year or people; `difference` is published / quoted - 1."""

    figure: str
    quoted: float
    published: float
    difference: float


@dataclass(frozen=True)
class Source:
    """A published row that has quoted figures."""

    year: int
    release: str
    occupation: str
    title: str
    area: str
    industry: str
    ownership: str
    source: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Found:
    """The rows that have the quoted figures, best first; the national row nearest to each figure; figures none has."""

    matches: tuple[Source, ...]
    nearest: tuple[Source, ...]
    unmatched: tuple[str, ...]


def read_found(found: Identification) -> Found:
    """An identification as plain content."""
    matches = tuple(_source(match.figures) for match in found)
    return Found(matches, tuple(_source((near,)) for near in found.nearest), found.unmatched)


def _source(figures: tuple[FigureMatch, ...]) -> Source:
    cell = figures[0].cell
    return Source(
        year=cell.year,
        release=cell.release,
        occupation=cell.occupation,
        title=cell.occupation_title,
        area=cell.area_title,
        industry=cell.industry_title,
        ownership=cell.ownership,
        source=cell.source,
        figures=tuple(Figure(match.figure, match.asked, match.published, match.difference) for match in figures),
    )


def show_found(found: Identification) -> Section:
    """One paragraph a row, then what no national row has."""
    blocks: list[Block] = [Paragraph(str(match)) for match in found.matches[:SHOWN]]
    if len(found) > SHOWN:
        blocks.append(Paragraph(f"... and {len(found) - SHOWN} more rows; --json prints all of them."))
    blocks += [Paragraph(f"{told}.") for told in found.told_unmatched()]
    return Section("Published rows with these figures", tuple(blocks))
