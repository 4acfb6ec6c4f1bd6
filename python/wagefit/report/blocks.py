"""What a report is made of, whatever it is shown on: sections of paragraphs, listings, tables and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wagefit.distributions.distribution import Distribution


@dataclass(frozen=True)
class Paragraph:
    """Running text; `quiet` for notes and sources."""

    text: str
    tone: Literal["plain", "quiet", "strong"] = "plain"


@dataclass(frozen=True)
class Listing:
    """Quiet points, each on a line of its own."""

    points: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """Head and alignment of a table's column."""

    head: str
    align: Literal["left", "right"] = "right"


@dataclass(frozen=True)
class Table:
    """Rows of text, one cell a column; `total` stands below a rule."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Picture:
    """The density of `pay` with the `marked` percentiles."""

    pay: Distribution
    marked: tuple[float, ...] = (0.10, 0.25, 0.50, 0.75, 0.90, 0.99)


Block = Paragraph | Listing | Table | Picture


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


def figures(*pairs: tuple[str, str]) -> Table:
    """A table of one row: each pair is a head and the figure below it."""
    return Table(tuple(Column(head) for head, _ in pairs), (tuple(figure for _, figure in pairs),))
