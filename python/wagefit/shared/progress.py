"""Bars on the terminal for work that takes long; nothing where the output is no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Advance = Callable[[float], None]


@contextmanager
def watch_rows(title: str, total: int | None) -> Iterator[Advance]:
    """A bar of rows on stderr; call what it gives with the number done so far. Without `total` it only moves."""
    from rich import progress

    columns = (progress.BarColumn(), progress.MofNCompleteColumn(), progress.TimeRemainingColumn())
    with _watch(title, total, *(columns if total is not None else columns[:1])) as advance:
        yield advance


@contextmanager
def watch_bytes(title: str, total: int | None) -> Iterator[Advance]:
    """A bar of downloaded bytes on stderr; call what it gives with the number done so far."""
    from rich import progress

    columns = (progress.BarColumn(), progress.DownloadColumn(), progress.TransferSpeedColumn())
    with _watch(title, total, *columns, progress.TimeRemainingColumn()) as advance:
        yield advance


@contextmanager
def unwatched(_title: str, _total: int | None) -> Iterator[Advance]:
    """Stands in for the bars where none is wanted."""
    yield lambda _done: None


@contextmanager
def _watch(title: str, total: int | None, *columns: Any) -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _done: None
        return
    with Progress(TextColumn("{task.description}"), *columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.update(task, completed=done)
