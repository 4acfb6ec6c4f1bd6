"""A report as one HTML page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from wagefit.report.blocks import Block, Listing, Paragraph, Section, Table
from wagefit.report.svg import draw_density

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1f2d3d; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.15rem; margin-top: 2.4rem; border-bottom: 2px solid #9db8d2; }
p.quiet, ul.quiet { color: #5b6b7c; font-size: .85rem; }
p.strong { font-weight: 600; }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .7rem; text-align: right; vertical-align: top; }
th { border-bottom: 1px solid #9db8d2; font-weight: 600; }
.left { text-align: left; }
.right { white-space: nowrap; }
tr.total td { border-top: 1px solid #9db8d2; font-weight: 600; }
svg { width: 100%; height: auto; }
svg text { font-size: 11px; text-anchor: middle; fill: #1f2d3d; }
.area { fill: #9db8d2; opacity: .4; }
.curve { fill: none; stroke: #1f2d3d; stroke-width: 1.8; }
.mark { stroke: #c4472d; stroke-width: 1; }
.axis { stroke: #1f2d3d; stroke-width: 1; }
"""


def make_page(title: str, sections: Iterable[Section]) -> str:
    """The whole page: style, pictures and text in one file."""
    body = "\n".join(_section(section, title) for section in sections)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n"
        f"<body><h1>{escape(title)}</h1>\n{body}\n</body></html>\n"
    )


def _section(section: Section, page_title: str) -> str:
    """A heading, unless it is that of the page, and what stands under it."""
    heading = () if section.title == page_title else (f"<h2>{escape(section.title)}</h2>",)
    return "\n".join((*heading, *map(_element, section.blocks)))


def _element(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f'<p class="{block.tone}">{escape(block.text)}</p>'
    if isinstance(block, Listing):
        return f'<ul class="quiet">{"".join(f"<li>{escape(point)}</li>" for point in block.points)}</ul>'
    return _table(block) if isinstance(block, Table) else draw_density(block.pay, block.marked)


def _table(table: Table) -> str:
    sides = [column.align for column in table.columns]
    head = "".join(f'<th class="{column.align}">{escape(column.head)}</th>' for column in table.columns)
    rows = "".join(f"<tr>{_cells(row, sides)}</tr>" for row in table.rows)
    total = f'<tr class="total">{_cells(table.total, sides)}</tr>' if table.total else ""
    return f"<table><tr>{head}</tr>{rows}{total}</table>"


def _cells(row: Iterable[str], sides: Iterable[str]) -> str:
    return "".join(f'<td class="{side}">{escape(cell)}</td>' for cell, side in zip(row, sides, strict=True))
