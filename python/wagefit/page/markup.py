"""Tables and links of a page as HTML that screen readers can read."""

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


def show_table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table with a caption; the first cell of a row is its head, and every text is plain."""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "".join(_row(row) for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(row: Sequence[str]) -> str:
    first, *rest = row
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
    return f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
