"""Small pictures in SVG for notebooks, with nothing but the standard library.

They take the color of the text around them, so that they can be read on a dark page as well, and say their figures to
those who hear the page rather than see it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from wagefit.plots.figures import ACCENT, GAIN, SHADE
from wagefit.shared.arguments import FloatArray
from wagefit.shared.protocols import WageDistribution
from wagefit.shared.text import dollars
from wagefit.shared.units import in_words

WIDTH = 440.0  # of the views below, in their own units, which are pixels where nothing shrinks them
LETTER = 7.0  # width of a letter
HEIGHT, TOP, BOTTOM = 130.0, 24.0, 106.0  # of a density: the picture, its highest point, its axis
BINS = 160
EDGES = (0.002, 0.994)  # probabilities at the left and right end of a density
MARKED = (0.10, 0.50, 0.90)
ROW = 19.0
NAMES, GAP = 161.0, 10.0  # width of the column of names, and beside the drawing


@dataclass(frozen=True)
class Bar:
    """A row of a picture: its name, the figure on its right, dots, and a line from `low` to `high`.

    `inner` is the broad part of the line, such as from P25 to P75. Where an end is NaN there is no line, and the dots
    are hollow: the interval is unknown.
    """

    name: str
    figure: str
    dots: tuple[float, ...]
    low: float
    high: float
    inner: tuple[float, float] | None = None


def svg_density(pay: WageDistribution, beside: WageDistribution | None = None, name: str = "") -> str:
    """The density of `pay`, with P10, the median, P90 and the mean; another, called `name`, is dashed."""
    pays = [each for each in (pay, beside) if each is not None]
    ends = np.array([each.ppf(np.array(EDGES)) for each in pays])
    low, high = float(ends[:, 0].min()), float(max(ends[:, 1].max(), 1.01 * ends[:, 0].min()))
    edges = np.linspace(low, high, BINS + 1)
    shares = [np.diff(each.cdf(edges)) for each in pays]  # finite even where the density is not
    tallest = max(min(float(each.max()), 4.0 * float(np.median(each[each > 0.2 * each.max()]))) for each in shares)
    curves = [_points(np.minimum(each / tallest, 1.0)) for each in shares]
    scale = WIDTH / (high - low)
    labels = [(scale * (wage - low), f"{label} {dollars(wage, pay.unit)}") for label, wage in _marked(pay)]
    parts = [
        f'<polygon points="0,{BOTTOM} {curves[0]} {WIDTH:g},{BOTTOM}" fill="{SHADE}" fill-opacity="0.45"/>',
        *(f'<polyline points="{curve}" fill="none" stroke="{ACCENT}" stroke-dasharray="5 3"/>' for curve in curves[1:]),
        f'<polyline points="{curves[0]}" fill="none" stroke="{GAIN}" stroke-width="2"/>',
        *_marks(labels),
        *([] if beside is None else [_text(WIDTH, TOP - 12.0, f"dashed: {name}", "end")]),
        _line(0, BOTTOM, WIDTH, BOTTOM, "currentColor"),
    ]
    return _svg(HEIGHT, _density_words(pay, beside, name), parts)


def svg_bars(bars: Sequence[Bar], title: str, zero: float | None = None) -> str:
    """A row a bar: name, line with its dots, figure; `zero` is a line across all rows."""
    given = [x for bar in bars for x in (*bar.dots, bar.low, bar.high, zero) if x is not None and math.isfinite(x)]
    low, high = min(given, default=0.0), max(given, default=1.0)
    right = WIDTH - LETTER * max(len(bar.figure) for bar in bars) - GAP
    scale = (right - NAMES - GAP) / ((high - low) or 1.0)

    def x(value: float) -> float:
        return NAMES + GAP + scale * (value - low)

    parts = [] if zero is None else [_line(x(zero), 2.0, x(zero), ROW * len(bars), "currentColor", 0.6)]
    for row, bar in enumerate(bars):
        is_loss = zero is not None and len(bar.dots) == 1 and bar.dots[0] < zero
        parts += _bar(ROW * (row + 0.5), bar, x, ACCENT if is_loss else GAIN)
    words = "; ".join(f"{bar.name} {bar.figure}".strip() for bar in bars)
    return _svg(ROW * len(bars) + 4.0, f"{title}: {words}", parts)


def _points(heights: FloatArray) -> str:
    x = WIDTH * (np.arange(BINS) + 0.5) / BINS
    y = BOTTOM - (BOTTOM - TOP) * heights
    return " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))


def _marks(labels: Sequence[tuple[float, str]]) -> Iterator[str]:
    """Lines at abscissas with their labels below the axis, moved apart."""
    places: list[float] = []
    for x, text in labels:
        half, edge = LETTER * len(text) / 2, places[-1] if places else 0.0
        places.append(max(x - half, edge) + 2 * half + 8.0)
    overlap = max(places[-1] - 8.0 - WIDTH, 0.0) if places else 0.0
    for (x, text), end in zip(labels, places, strict=True):
        yield _line(x, TOP - 8.0, x, BOTTOM, "currentColor", 0.6)
        yield _text(end - 8.0 - LETTER * len(text) / 2 - overlap, BOTTOM + 16.0, text, "middle")


def _bar(y: float, bar: Bar, x: Callable[[float], float], color: str) -> Iterator[str]:
    yield _text(NAMES, y + 4.0, _short(bar.name, NAMES), "end")
    is_known = math.isfinite(bar.low) and math.isfinite(bar.high)
    if is_known:
        yield _line(x(bar.low), y, x(bar.high), y, color, 1.6)
    if bar.inner is not None:
        yield _line(x(bar.inner[0]), y, x(bar.inner[1]), y, color, 6.0)
    dots = [x(dot) for dot in bar.dots if math.isfinite(dot)]
    if len(dots) > 1:
        path = "".join(f"M{dot:.1f} {y:.1f}h0" for dot in dots)
        yield f'<path d="{path}" stroke="{color}" stroke-width="6" stroke-linecap="round"/>'
    elif dots:
        edge = color if bar.inner is None else "white"  # which is seen on the broad part
        fill = color if is_known else "none"
        yield f'<circle cx="{dots[0]:.1f}" cy="{y:.1f}" r="3.5" fill="{fill}" stroke="{edge}"/>'
    yield _text(WIDTH, y + 4.0, bar.figure, "end")


def _marked(pay: WageDistribution) -> list[tuple[str, float]]:
    """Label and wage of the percentiles that are shown."""
    return [(f"P{100 * p:g}", float(x)) for p, x in zip(MARKED, pay.ppf(np.array(MARKED)), strict=True)]


def _density_words(pay: WageDistribution, beside: WageDistribution | None, name: str) -> str:
    figures = ", ".join(f"{label} {dollars(x, pay.unit)}" for label, x in [("mean", pay.mean()), *_marked(pay)])
    other = "" if beside is None else f"; dashed: {name}, mean {dollars(beside.mean(), beside.unit)}"
    return f"Density of {pay.title}, {in_words(pay.unit)}: {figures}{other}"


def _svg(height: float, words: str, parts: Sequence[str]) -> str:
    style = "max-width:100%;height:auto;font:11px sans-serif"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}"'
    return f'{head} style="{style}" role="img" aria-label="{escape(words)}">{"".join(parts)}</svg>'


def _line(x1: float, y1: float, x2: float, y2: float, color: str, width: float = 1.0) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{color}" stroke-width="{width:g}"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="currentColor">{escape(text)}</text>'


def _short(text: str, width: float) -> str:
    letters = int(width / LETTER)
    return text if len(text) <= letters else f"{text[: letters - 1]}…"
