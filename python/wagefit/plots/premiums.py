"""Forest plots: premiums of levels, each with its interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from wagefit.errors import FactError
from wagefit.plots.figures import ACCENT, GAIN, INK, MUTED
from wagefit.plots.rows import dress_rows, mark_size, row_axes
from wagefit.plots.texts import label_below, write_source
from wagefit.plots.ticks import space_ticks
from wagefit.shared.text import percent
from wagefit.shared.types import Axes


@dataclass(frozen=True)
class Premium:
    """A row of a forest plot.

    Attributes
    ----------
    label : str
    value : float
        The ratio of pay less one, such as 0.08; or a coefficient.
    low, high : float
        Ends of its interval; NaN where they are unknown, both the value where it is no estimate, as of a baseline.

    Examples
    --------
    >>> wf.plots.Premium("RHIT", 0.08, 0.04, 0.12).is_known
    True
    """

    label: str
    value: float
    low: float
    high: float

    @property
    def is_known(self) -> bool:
        """Whether the interval is known."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def is_baseline(self) -> bool:
        """Whether it is what the others are compared with."""
        return self.value == self.low == self.high == 0.0

    def written(self, write: Callable[[float], str]) -> str:
        """The value as `write` writes it; a plain 0 of a baseline."""
        return "0" if self.is_baseline else write(self.value)


def plot_premiums(
    groups: Mapping[str, Sequence[Premium]],
    ax: Axes | None = None,
    *,
    what: str = "premium over the baseline",
    write: Callable[[float], str] = percent,
    source: str | None = None,
) -> Axes:
    """A forest plot: a row a premium with its interval, below the name of its group, and 0 as a line.

    Losses are of another color than gains. A premium whose interval is unknown is a hollow dot.

    Parameters
    ----------
    groups : mapping {str: sequence of Premium}
        Premiums by the heading above them; an empty heading is not written.
    ax : matplotlib axes, optional
        A new figure without it, high enough for the rows.
    what : str
        What the axis shows.
    write : callable
        Writes a figure; as a percentage by default.
    source : str, optional
        Where the figures come from; written below the axes.

    Returns
    -------
    matplotlib axes

    Raises
    ------
    FactError
        There is no premium.

    Examples
    --------
    >>> held, none = wf.plots.Premium("RHIT", 0.08, 0.04, 0.12), wf.plots.Premium("none", 0.0, 0.0, 0.0)
    >>> axes = wf.plots.plot_premiums({"credential": [none, held]})
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['credential', 'none', 'RHIT']
    """
    rows = list(_rows(groups))
    premiums = [premium for premium in rows if isinstance(premium, Premium)]
    if not premiums:
        raise FactError("groups holds no premium; expected at least one")
    ax = row_axes(len(rows)) if ax is None else ax
    ax.axvline(0.0, color=INK, lw=0.8, zorder=1)
    for row, premium in enumerate(rows):
        if isinstance(premium, Premium):
            _draw(ax, row, premium, mark_size(ax, len(rows)))
    space_ticks(ax.xaxis, lambda value: _tick(write(value)), max((write(each.value) for each in premiums), key=len))
    ax.margins(x=0.06)
    names = [each.label if isinstance(each, Premium) else each for each in rows]
    figures = ["" if isinstance(each, str) else each.written(write) for each in rows]
    dress_rows(ax, names, figures, [row for row, each in enumerate(rows) if isinstance(each, str)])
    unknown = "" if all(premium.is_known for premium in premiums) else "; hollow: its interval is unknown"
    label_below(ax, what + unknown, 0.6)
    write_source(ax, source)
    return ax


def error_interval(ratio: float, error: float | None, score: float) -> tuple[float, float]:
    """Ends, less one, of the interval of a ratio whose log has a normal error; NaN where the error is unknown."""
    if error is None:
        return math.nan, math.nan
    half = score * error / ratio
    return ratio * math.exp(-half) - 1.0, ratio * math.exp(half) - 1.0


def few(n: int, most: int) -> list[int]:
    """At most `most` of the numbers below `n`, the first and the last among them, evenly apart."""
    return list(range(n)) if n <= most else np.unique(np.linspace(0, n - 1, most).round().astype(int)).tolist()


def _rows(groups: Mapping[str, Sequence[Premium]]) -> Iterator[str | Premium]:
    for heading, premiums in groups.items():
        if heading:
            yield heading
        yield from premiums


def _tick(text: str) -> str:
    """A figure of the axis without a decimal that says nothing."""
    short = text.replace(".0 %", " %")
    return short.lstrip("+-") if short.lstrip("+-") in ("0", "0 %") else short


def _draw(ax: Axes, row: int, premium: Premium, size: float) -> None:
    color = MUTED if premium.is_baseline else GAIN if premium.value >= 0 else ACCENT
    if premium.is_known and premium.high > premium.low:
        ax.plot([premium.low, premium.high], [row, row], color=color, lw=0.35 * size, solid_capstyle="butt")
    ax.plot(
        premium.value,
        row,
        "o",
        ms=0.9 * size,
        mec=color,
        mew=0.25 * size,
        color=color if premium.is_known else "white",
        zorder=3,
    )
