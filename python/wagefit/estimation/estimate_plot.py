"""An estimate's coefficients as a forest plot, and as a small drawing for notebooks."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Protocol

from wagefit.estimation.encoding import Encoding
from wagefit.estimation.estimate_text import Coefficients, Ends
from wagefit.plots.premiums import Premium, few, plot_premiums
from wagefit.plots.svg import Bar, svg_bars
from wagefit.shared.text import percent
from wagefit.shared.types import Axes

INTERCEPT = "Intercept"
LEVEL = re.compile(r"([^:\[\]]+)\[(?:T\.)?([^:\[\]]+)\]")  # of a factor, such as education[T.school]
DRAWN = 12  # terms in a small drawing


class LogCoefficients(Coefficients, Protocol):
    """Coefficients that may be differences in log points."""

    @property
    def is_log(self) -> bool:
        """Whether they are."""

    @property
    def encoding(self) -> Encoding | None:
        """How rows became columns."""


def plot_coefficients(estimate: LogCoefficients, ends: Ends, level: float, ax: Axes | None, source: str | None) -> Axes:
    """The terms but the intercept with their intervals, those of a factor below its name."""
    groups: dict[str, list[Premium]] = {}
    for row in _rows(estimate, ends):
        found = LEVEL.fullmatch(row.label)
        heading, label = found.groups() if found else ("", row.label)
        groups.setdefault(heading, []).append(Premium(label, row.value, row.low, row.high))
    for heading, rows in groups.items():
        rows[:0] = _baseline(estimate, rows) if heading else []
    write = _writer(estimate)
    what = f"{'premium' if estimate.is_log else 'coefficient'}, with {100 * level:g} % intervals"
    return plot_premiums(dict(sorted(groups.items())), ax, what=what, write=write, source=source)


def coefficients_svg(estimate: LogCoefficients, ends: Ends, level: float) -> str:
    """The same as a drawing; empty where there is no term but the intercept."""
    rows, write = _rows(estimate, ends), _writer(estimate)
    if not rows:
        return ""
    shown = [rows[i] for i in few(len(rows), DRAWN)]
    bars = [Bar(row.label, write(row.value), (row.value,), row.low, row.high) for row in shown]
    part = "" if len(shown) == len(rows) else f" ({len(shown)} of {len(rows)})"
    what = "Premiums" if estimate.is_log else "Coefficients"
    return svg_bars(bars, f"{what}{part}, with {100 * level:g} % intervals", 0.0)


def _rows(estimate: LogCoefficients, ends: Ends) -> list[Premium]:
    change: Callable[[float], float] = _premium if estimate.is_log else float
    figures = zip(estimate.terms, estimate.coefficients, *ends, strict=True)
    return [
        Premium(term, change(value), change(low), change(high))
        for term, value, low, high in figures
        if term != INTERCEPT and math.isfinite(value)
    ]


def _baseline(estimate: LogCoefficients, rows: list[Premium]) -> list[Premium]:
    """The level that the others of a factor are compared with, the one of its levels without a coefficient."""
    shown = {row.label for row in rows}
    known = [] if estimate.encoding is None else list(estimate.encoding.levels.values())
    first = [str(labels[0]) for labels in known if {str(label) for label in labels[1:]} == shown]
    return [Premium(label, 0.0, 0.0, 0.0) for label in first[:1]]


def _premium(log_points: float) -> float:
    """exp(log points) - 1, infinite where that is beyond the numbers."""
    return math.expm1(log_points) if log_points < 700 else math.inf


def _writer(estimate: LogCoefficients) -> Callable[[float], str]:
    return percent if estimate.is_log else _plain


def _plain(value: float) -> str:
    return f"{value:+.3g}"
