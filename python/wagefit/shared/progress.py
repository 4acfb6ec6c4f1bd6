"""Bars on the terminal for work that takes long; nothing where the output is no terminal."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic
from typing import Any, TypeVar

Advance = Callable[[float], None]

Item = TypeVar("Item")
Result = TypeVar("Result")

PATIENCE = 1.0  # seconds of work after which a bar appears
PAUSE = 0.1  # seconds between two steps of a bar


@contextmanager
def watch_rows(title: str, total: int | None) -> Iterator[Advance]:
    """A bar of rows on stderr; call what it gives with the number done so far. Without `total` it only moves."""
    from rich import progress

    columns = (progress.BarColumn(), progress.MofNCompleteColumn(), progress.TimeRemainingColumn())
    with _watch(title, total, *(columns if total is not None else columns[:1])) as advance:
        yield advance


@contextmanager
def watch_loop(title: str, total: int) -> Iterator[Advance]:
    """A bar of rows on stderr once a loop takes long; call what it gives with the number done in every turn."""
    begun = last = monotonic()
    with ExitStack() as bars:
        shown: list[Advance] = []

        def advance(done: float) -> None:
            nonlocal last
            now = monotonic()
            if now - begun < PATIENCE or now - last < PAUSE:
                return
            if not shown:
                shown.append(bars.enter_context(watch_rows(title, total)))
            last = now
            shown[0](done)

        yield advance


def map_watched(title: str, function: Callable[[Item], Result], items: Iterable[Item], total: int) -> list[Result]:
    """`function` of each of `total` items, with a bar of rows once that takes long."""
    results: list[Result] = []
    with watch_loop(title, total) as advance:
        for item in items:
            results.append(function(item))
            advance(len(results))
    return results


@contextmanager
def watch_call(title: str) -> Iterator[None]:
    """A bar on stderr that moves once a single call takes long, of which nothing says how far it is."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield
        return
    done = threading.Event()
    watcher = threading.Thread(target=_wait, args=(title, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _wait(title: str, done: threading.Event) -> None:
    if not done.wait(PATIENCE):
        with watch_rows(title, None):
            done.wait()


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
