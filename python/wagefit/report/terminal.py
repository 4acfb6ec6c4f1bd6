"""A report on a terminal, by rich; reads the same without color."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as RichTable
from rich.text import Text

from wagefit.report.blocks import Block, Listing, Paragraph, Picture, Section, Table
from wagefit.report.histogram import LINE, draw_histogram

WIDTH = 80
ASCII = str.maketrans("▁▂▃▄▅▆▇█│─┴", "  ..:::#|-+")  # for terminals that show nothing but ASCII
TONES = {"plain": "", "quiet": "dim", "strong": "bold"}


class Histogram:
    """A picture that takes the width it is given."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        width = max(20, min(options.max_width, WIDTH - 4))
        lines = draw_histogram(self.picture.pay, width, self.picture.marked)
        if options.ascii_only:
            lines = [line.translate(ASCII) for line in lines]
        labels, *bars, axis, wages = lines
        yield Text(labels, style="bold")
        for row in bars:
            yield _colored(row)
        yield Text(axis, style="dim")
        yield Text(wages)


def print_sections(sections: Iterable[Section], console: Console) -> None:
    """Prints the sections one below the other."""
    for section in sections:
        _print_title(section.title, console)
        for block in section.blocks:
            console.print(Padding(_renderable(block), (0, 2, 1, 2)))


def _print_title(title: str, console: Console) -> None:
    """The title above its section, on as many lines as it needs, with a rule after the last."""
    *lines, last = textwrap.wrap(title, max(console.width - 4, 10)) or [""]
    for line in lines:
        console.print(Text(line, style="bold cyan"))
    console.print(Rule(Text(last, style="bold cyan"), align="left", style="cyan"))


def make_console(width: int | None = None) -> Console:
    """A console of `width` columns; without one the terminal's, at most 80, where lines are still easy to read."""
    console = Console(width=width, highlight=False)
    if width is None and console.width > WIDTH:
        console.width = WIDTH
    return console


def _renderable(block: Block) -> RenderableType:
    if isinstance(block, Paragraph):
        return Text(block.text, style=TONES[block.tone])
    if isinstance(block, Listing):
        return _listing(block)
    return _table(block) if isinstance(block, Table) else Histogram(block)


def _listing(block: Listing) -> RichTable:
    shown = RichTable.grid(padding=(0, 1))
    for point in block.points:
        shown.add_row(Text("-", style=TONES["quiet"]), Text(point, style=TONES["quiet"]))
    return shown


def _table(table: Table) -> RichTable:
    total = table.total
    shown = RichTable(
        box=box.SIMPLE,
        pad_edge=False,
        padding=(0, 1),
        collapse_padding=True,
        show_edge=False,
        show_footer=total is not None,
    )
    for i, column in enumerate(table.columns):
        shown.add_column(column.head, total[i] if total else "", justify=column.align, overflow="fold")
    for row in table.rows:
        shown.add_row(*map(Text, row))
    return shown


def _colored(row: str) -> Text:
    text = Text(row, style="cyan")
    text.highlight_words([LINE, "|"], "bold yellow")
    return text
