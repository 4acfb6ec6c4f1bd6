"""Figures and colors that the pictures share, on matplotlib (extra ``wagefit[plot]``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wagefit.errors import FactError
from wagefit.shared.files import replacing
from wagefit.shared.types import Axes, Figure
from wagefit.shared.units import in_words, sign_of

INK, ACCENT, SHADE, GAIN = "#1f2d3d", "#c4472d", "#9db8d2", "#4f86b5"
TICK_ROOM = 55.0  # points that a label such as $100,000 and the space beside it take


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


def width_of(ax: Axes) -> float:
    """Width of the axes, points."""
    return float(ax.get_window_extent().width) * 72.0 / float(ax.figure.dpi)


def dress_wages(axis: Any, unit: str, length: float) -> None:
    """Wages along an axis of `length` points, with so few ticks that their labels do not touch."""
    axis.set_label_text(f"wage, {in_words(unit)}")
    axis.set_major_formatter(lambda value, _: f"{sign_of(unit)}{value:,.0f}")
    if axis.get_scale() == "linear":
        axis.get_major_locator().set_params(nbins=min(max(int(length / TICK_ROOM), 2), 9))


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
