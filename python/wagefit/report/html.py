"""The sections of a report as HTML, for a page that puts them below its answers."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from wagefit.page.markup import link
from wagefit.report.blocks import Block, Listing, Paragraph, Section, Table
from wagefit.report.svg import draw_density
from wagefit.shared.text import dollars

REPORT = "The report"
CITED = ("source", "sources")  # heads of columns whose texts have links


def show_sections(sections: Iterable[Section], title: str) -> str:
    """The sections one below the other; what is headed by the page's own `title` is the report itself."""
    return "\n".join(_section(each, REPORT if each.title == title else each.title) for each in sections)


def _section(section: Section, heading: str) -> str:
    """A heading and its blocks; a table's caption is the sentence that leads to it, or else the heading."""
    parts, caption = [f"<h2>{escape(heading)}</h2>"], heading
    for block in section.blocks:
        parts.append(_element(block, caption))
        is_lead = isinstance(block, Paragraph) and block.text.endswith(":")
        caption = block.text.rstrip(":") if isinstance(block, Paragraph) and is_lead else heading
    return f"<section>{''.join(parts)}</section>"


def _element(block: Block, caption: str) -> str:
    if isinstance(block, Paragraph):
        return f'<p class="{block.tone}">{link(block.text) if block.tone == "quiet" else escape(block.text)}</p>'
    if isinstance(block, Listing):
        return f'<ul class="notes">{"".join(f"<li>{link(point)}</li>" for point in block.points)}</ul>'
    if isinstance(block, Table):
        return _table(block, caption)
    wages = ", ".join(f"P{100 * p:g} {dollars(float(block.pay.ppf(p)), block.pay.unit)}" for p in block.marked)
    return f"<figure>{draw_density(block.pay, block.marked)}<figcaption>{escape(wages)}</figcaption></figure>"


def _table(table: Table, caption: str) -> str:
    """A table whose columns have heads, and whose rows have one where their first column names them."""
    head = "".join(f'<th scope="col" class="{column.align}">{escape(column.head)}</th>' for column in table.columns)
    rows = "".join(f"<tr>{_cells(row, table)}</tr>" for row in table.rows)
    foot = f'<tfoot><tr class="total">{_cells(table.total, table)}</tr></tfoot>' if table.total else ""
    return (
        f'<table><caption class="unseen">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>{foot}</table>"
    )


def _cells(row: Iterable[str], table: Table) -> str:
    return "".join(
        _cell(i, cell, column.head, column.align)
        for i, (cell, column) in enumerate(zip(row, table.columns, strict=True))
    )


def _cell(i: int, cell: str, head: str, align: str) -> str:
    text = link(cell) if head in CITED else escape(cell)
    is_row_head = i == 0 and align == "left" and cell
    return f'<th scope="row" class="left">{text}</th>' if is_row_head else f'<td class="{align}">{text}</td>'
