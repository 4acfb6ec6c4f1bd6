"""Tables and links of a page as HTML that screen readers can read and that fit a narrow screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

ADDRESS = re.compile(r"https?://[\w./?=&%#-]*[\w/]|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|gov)/[\w./-]*[\w/]")
OEWS = ("BLS OEWS", "https://www.bls.gov/oes/tables.htm")  # the page from which every release is downloaded


def link(text: str) -> str:
    """A text as HTML in which addresses, and the tables that figures are from, are links."""
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        address = found[0] if found[0].startswith("http") else f"https://{found[0]}"
        parts += [escape(text[end : found.start()]), f'<a href="{escape(address)}">{escape(found[0])}</a>']
        end = found.end()
    linked = "".join([*parts, escape(text[end:])])
    name, address = OEWS
    return linked.replace(name, f'<a href="{address}">{name}</a>', 1)


def show_table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, total: Sequence[str] | None = None
) -> str:
    """A table with a caption; the first cell of a row is its head, and every text is plain.

    On a narrow screen each cell of a table of more than three columns stands on a line of its own, below its head.
    """
    wide = ' class="wide"' if len(heads) > 3 else ""
    head = "".join(f'<th scope="col" role="columnheader">{escape(each)}</th>' for each in heads)
    body = "".join(_row(row, heads) for row in rows)
    foot = f"<tfoot>{_row(total, heads, 'total')}</tfoot>" if total else ""
    return (
        f'<table{wide} role="table"><caption>{escape(caption)}</caption>'
        f'<thead><tr role="row">{head}</tr></thead><tbody>{body}</tbody>{foot}</table>'
    )


def _row(row: Sequence[str], heads: Sequence[str], kind: str = "") -> str:
    first, *rest = row
    cells = "".join(
        f'<td role="cell" data-head="{escape(head)}">{escape(cell)}</td>'
        for head, cell in zip(heads[1:], rest, strict=True)
    )
    name = f' class="{kind}"' if kind else ""
    return f'<tr role="row"{name}><th scope="row" role="rowheader">{escape(first)}</th>{cells}</tr>'
