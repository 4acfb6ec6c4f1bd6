"""Texts beside and below the axes: as they are written, in lines, with the source of the figures."""

from __future__ import annotations

import textwrap
from functools import partial
from typing import Any

from wagefit.plots.figures import CHARACTER, MUTED, SMALL, font_size, room_of
from wagefit.shared.types import Axes

LETTER = 0.85 * CHARACTER  # width of a letter of a sentence over the size of its font, on average and with a margin
SOURCE_SIZE, NARROWEST = "x-small", 90.0  # of the line with the source: size of the font; points


def plain(text: str) -> str:
    """The text with its dollar signs kept from being the ends of a formula, which two of them are to matplotlib."""
    return text if text.count("$") < 2 else text.replace("$", r"\$")


def in_lines(text: str, width: float, size: float, most: int | None = None) -> str:
    """The text in lines of `width` points, and no more than `most` of them, the last then ending in dots."""
    letters = max(int(width / (LETTER * size)), 6)
    placeholder = "…"
    lines = textwrap.wrap(text, letters, max_lines=most, placeholder=placeholder, break_long_words=True)
    return "\n".join(lines)


def label_below(ax: Axes, text: str, part: float = 0.7) -> None:
    """The text below the axes, in lines that take `part` of the room of the axes and their labels."""
    ax.set_xlabel(plain(in_lines(text, part * room_of(ax)[0], font_size(SMALL))), fontsize=SMALL)


def write_source(ax: Axes, source: str | None) -> None:
    """Where the figures come from, below everything else that belongs to the axes; nothing where it is None."""
    if source is None:
        return
    text = f"Source: {source}"
    note = ax.annotate(text, (0.0, 0.0), xycoords="axes fraction", fontsize=SOURCE_SIZE, color=MUTED, va="top")
    note.set_annotation_clip(False)
    note.anncoords = partial(_place_source, note, text)


def _place_source(note: Any, text: str, renderer: Any) -> Any:
    """Wraps the note to the width of the axes with their names, and puts its origin below their label, flush left."""
    from matplotlib.transforms import Affine2D

    ax, scale = note.axes, float(note.figure.dpi) / 72.0
    frame, names = ax.get_window_extent(renderer), ax.yaxis.get_tightbbox(renderer)
    left = frame.x0 if names is None else min(frame.x0, names.x0)
    width = max((frame.x1 - left) / scale, NARROWEST)
    note.set_text(plain(in_lines(text, width, font_size(SOURCE_SIZE))))
    return Affine2D().translate(left, ax.xaxis.label.get_window_extent(renderer).y0 - 3.0 * scale)
