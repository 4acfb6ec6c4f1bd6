"""Figures, colors and sizes that the pictures share, on matplotlib (extra ``wagefit[plot]``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wagefit.errors import FactError
from wagefit.shared.files import replacing
from wagefit.shared.types import Axes, Figure

# Blue and vermilion stay apart in every kind of color blindness; darkness tells ink, gain and shade apart in gray.
INK, ACCENT, SHADE, GAIN, MUTED, GUIDE = "#1f2d3d", "#c4472d", "#9db8d2", "#4f86b5", "#5b6b7b", "#e3e8ee"
SMALL = "small"  # of every text in a picture but its title, in matplotlib's words
CHARACTER = 0.64  # width of a digit over the size of its font; other characters are narrower on average
LINE = 1.3  # height of a line of text over the size of its font
LABELED = 1.35  # size of the cell of a grid over that of axes in it before their labels have got their room


def new_axes(width: float = 8.0, height: float = 4.5) -> Axes:
    """Axes of a new figure; ImportError naming the extra when matplotlib is missing."""
    return new_figure(width, height).subplots()


def new_figure(width: float, height: float) -> Figure:
    """A new figure, inches; ImportError naming the extra when matplotlib is missing."""
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError('pictures need matplotlib: pip install "wagefit[plot]"') from error
    return plt.figure(figsize=(width, height), layout="constrained")


def size_of(ax: Axes) -> tuple[float, float]:
    """Width and height of the axes, points."""
    box = ax.get_window_extent()
    return 72.0 * float(box.width) / float(ax.figure.dpi), 72.0 * float(box.height) / float(ax.figure.dpi)


def room_of(ax: Axes) -> tuple[float, float]:
    """Width and height, points, that the axes share with their labels; it does not change when labels are added."""
    cell = ax.get_subplotspec()
    if cell is None:
        return size_of(ax)
    figure: Any = ax.figure
    scale = 72.0 / float(figure.dpi)
    part = cell.get_position(figure)
    return (
        min(LABELED * part.width, 1.0) * scale * float(figure.bbox.width),
        min(LABELED * part.height, 1.0) * scale * float(figure.bbox.height),
    )


def font_size(size: Any = SMALL) -> float:
    """Points of a font size in matplotlib's words, such as "small"."""
    from matplotlib.font_manager import FontProperties

    return float(FontProperties(size=size).get_size_in_points())


def hide_spines(ax: Axes, *sides: str) -> None:
    """Leaves out sides of the frame, and makes all labels of the axes small."""
    ax.spines[list(sides)].set_visible(False)
    ax.tick_params(labelsize=SMALL)


def save_picture(figure: Figure, path: Path) -> None:
    """Writes a figure; FactError naming the endings that are known.

    Examples
    --------
    >>> from pathlib import Path
    >>> axes = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260}).plot()
    >>> wf.plots.save_picture(axes.figure, Path("pay.svg"))
    >>> Path("pay.svg").exists()
    True
    """
    known = sorted(figure.canvas.get_supported_filetypes())
    kind = path.suffix.lstrip(".").lower()
    if kind not in known:
        raise FactError(f"the picture is {path.name!r}; expected a name ending in one of {', '.join(known)}")
    with replacing(path) as partial:
        figure.savefig(partial, dpi=150, format=kind)
