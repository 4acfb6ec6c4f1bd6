"""A wage distribution drawn with block characters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wagefit.distributions.distribution import Distribution
from wagefit.shared.arguments import FloatArray
from wagefit.shared.units import sign_of

HEIGHT = 9
EIGHTHS = " ▁▂▃▄▅▆▇█"
LINE, RULE, TICK = "│", "─", "┴"
EDGES = (0.002, 0.994)  # probabilities at the left and right end of the picture


@dataclass(frozen=True)
class Frame:
    """The wages at the left and right end of a picture of `width` columns."""

    low: float
    high: float
    width: int

    def edges(self) -> FloatArray:
        """Wages between the columns, shape (width + 1,)."""
        return np.linspace(self.low, self.high, self.width + 1)

    def column(self, wage: float) -> int:
        """The column that holds a wage."""
        return int(np.clip((wage - self.low) / (self.high - self.low) * self.width, 0, self.width - 1))


def draw_histogram(pay: Distribution, width: int = 76, marked: tuple[float, ...] = (0.10, 0.50, 0.90)) -> list[str]:
    """Lines of a histogram of `pay`: each column's height is the share of people who earn the wages it spans.

    Parameters
    ----------
    pay : Distribution
    width : int
        Columns, at least 20.
    marked : tuple of float
        Probabilities to mark by a line from above, ascending.

    Returns
    -------
    list of str
        Labels, bars, axis, wages below it; no line is longer than `width`.
    """
    frame = _frame(pay, width)
    shares = np.diff(pay.cdf(frame.edges()))
    bars = _bars(shares / shares.max())
    marks = [(frame.column(wage), f"P{100 * p:g}") for p, wage in zip(marked, pay.ppf(np.array(marked)), strict=True)]
    marks = _with_room(marks)
    return [_centered(marks, width), *_with_lines(bars, [at for at, _ in marks]), *_axis(frame, pay.unit)]


def _frame(pay: Distribution, width: int) -> Frame:
    low, high = pay.ppf(np.array(EDGES))
    return Frame(float(low), float(max(high, 1.01 * low)), width)


def _bars(heights: FloatArray) -> list[str]:
    """Rows from the top down, for column heights in [0, 1]."""
    eighths = np.rint(heights * HEIGHT * 8).astype(int)
    filled = [np.clip(eighths - 8 * row, 0, 8) for row in reversed(range(HEIGHT))]
    return ["".join(EIGHTHS[part] for part in row) for row in filled]


def _with_lines(rows: list[str], columns: list[int]) -> list[str]:
    return ["".join(LINE if i in columns else part for i, part in enumerate(row)) for row in rows]


def _axis(frame: Frame, unit: str) -> list[str]:
    ticks = [(frame.column(wage), _short(wage, sign_of(unit))) for wage in _round_wages(frame)]
    columns = {at for at, _ in ticks}
    rule = "".join(TICK if i in columns else RULE for i in range(frame.width))
    return [rule, _centered(ticks, frame.width)]


def _round_wages(frame: Frame) -> FloatArray:
    """Round wages inside the frame, at least eight columns apart."""
    least = 8 * (frame.high - frame.low) / frame.width
    power = 10.0 ** np.floor(np.log10(least))
    step = power * next(multiple for multiple in (1, 2, 5, 10) if multiple * power >= least)
    multiples = np.arange(np.ceil(frame.low / step), np.floor(frame.high / step) + 1)
    return np.asarray(multiples * step, dtype=float)


def _short(wage: float, sign: str) -> str:
    return f"{sign}{wage / 1000:,g}k" if wage >= 1000 else f"{sign}{wage:,g}"


def _with_room(labels: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The labels, ascending, that do not touch the one before."""
    kept: list[tuple[int, str]] = []
    for at, label in labels:
        if not kept or at - kept[-1][0] > max(len(label), len(kept[-1][1])):
            kept.append((at, label))
    return kept


def _centered(labels: list[tuple[int, str]], width: int) -> str:
    """One line with each label centered on its column."""
    line = ""
    for at, label in _with_room(labels):
        line = line.ljust(min(max(at - (len(label) - 1) // 2, 0), width - len(label))) + label
    return line
