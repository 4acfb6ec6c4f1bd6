"""Growth of wages between two releases."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagefit import oews
from wagefit.errors import FactError
from wagefit.shared.frames import make_frame
from wagefit.shared.text import percent
from wagefit.shared.types import Backend

ESTIMATE, AT_LEAST, AT_MOST, UNKNOWN = "estimate", "at least", "at most", "unknown"
SERIES = {"CPI-U": "consumer prices", "ECI": "the cost of labor"}


@dataclass(frozen=True)
class FigureGrowth:
    """Growth of the mean or of a percentile, as a part of the first figure: 0.05 for 5 percent.

    Attributes
    ----------
    figure : str
        ``"mean"`` or a percentile such as ``"P50"``.
    start, end : float or None
        The figures; None where they are not published, or top-coded.
    start_at_least, end_at_least : float or None
        Top codes that are printed in place of the figures.
    status : {"estimate", "at least", "at most", "unknown"}
        What `nominal` and `real` are. ``"at least"``: the later figure is top-coded; ``"at most"``: the earlier one.
    nominal, real : float
        Growth in dollars, and beside the index; NaN where unknown.
    standard_error, real_standard_error : float
        Standard errors of these; NaN where unknown, and of bounds.
    interval, real_interval : (float, float)
        Intervals of these; NaN where unknown, and of bounds.

    Examples
    --------
    >>> mean = wf.growth("29-1141", 2018, 2021)["mean"]
    >>> mean.start, mean.end, mean.status
    (75510.0, 82750.0, 'estimate')
    """

    figure: str
    start: float | None
    end: float | None
    start_at_least: float | None
    end_at_least: float | None
    status: str
    nominal: float
    standard_error: float
    interval: tuple[float, float]
    real: float
    real_standard_error: float
    real_interval: tuple[float, float]


@dataclass(frozen=True)
class WageGrowth:
    """Growth of an occupation's wages; made by `wagefit.growth`.

    Attributes
    ----------
    start, end : wagefit.oews.Cell
        The published rows.
    unit : str
        Of the figures.
    index : {"CPI-U", "ECI"}
        What real growth is measured against.
    price_growth : float
        Of the index between the months of the releases, as a part: 0.05 for 5 percent.
    level : float
        Probability of the intervals.
    rows : tuple of FigureGrowth
        The mean, then the published percentiles.
    notes : tuple of str
        What keeps the releases from being strictly comparable, and what the errors rest on.

    Examples
    --------
    >>> print(wf.growth("29-1141", 2018, 2021))
    Registered Nurses, May 2018 to May 2021: median +8.2 % (90 %: +7.2 to +9.1), consumer prices +7.0 %, so that in real
    terms the median is +1.1 % (90 %: +0.2 to +2.0).
    """

    start: oews.Cell
    end: oews.Cell
    unit: str
    index: str
    price_growth: float
    level: float
    rows: tuple[FigureGrowth, ...]
    notes: tuple[str, ...]

    def __getitem__(self, figure: str) -> FigureGrowth:
        """The growth of ``"mean"`` or of a percentile such as ``"P50"``; FactError where neither release has it."""
        found = next((row for row in self.rows if row.figure.lower() == figure.lower()), None)
        if found is None:
            raise FactError(f"figure is {figure!r}; expected one of {', '.join(row.figure for row in self.rows)}")
        return found

    def __iter__(self) -> Iterator[FigureGrowth]:
        return iter(self.rows)

    def to_frame(self, backend: Backend | None = None) -> Any:
        """A row a figure: the two figures, status, growth nominal and real, each with error and interval.

        Parameters
        ----------
        backend : {"pandas", "polars", "pyarrow"}, optional
            Library of the table; the first of them that is installed when None.
        """
        ends = {"low": 0, "high": 1}
        columns: dict[str, list[Any]] = {
            name: [getattr(row, name) for row in self.rows] for name in ("figure", "status", "start", "end")
        }
        for kind in ("nominal", "real"):
            prefix = "" if kind == "nominal" else "real_"
            columns[kind] = [getattr(row, kind) for row in self.rows]
            columns[f"{prefix}standard_error"] = [getattr(row, f"{prefix}standard_error") for row in self.rows]
            for end, i in ends.items():
                columns[f"{prefix}{end}"] = [getattr(row, f"{prefix}interval")[i] for row in self.rows]
        plain = {name: [None if each != each else each for each in column] for name, column in columns.items()}
        types = {name: str if name in ("figure", "status") else float for name in columns}
        return make_frame(plain, types, backend)

    def __str__(self) -> str:
        return f"{self.title}: {self.sentence()}."

    @property
    def title(self) -> str:
        """The occupation and the releases."""
        return f"{self.end.occupation_title}, {self.start.release} to {self.end.release}"

    def sentence(self) -> str:
        """Growth of the median, or of the mean where that of the median is no number, nominal and real."""
        known = [row for row in self.rows if row.status == ESTIMATE]
        row = next((row for row in known if row.figure == "P50"), known[0] if known else self.rows[0])
        name = "median" if row.figure == "P50" else row.figure
        if row.status == UNKNOWN:
            return f"growth of the {name} is unknown"
        level = f"{100 * self.level:g} %: "
        return (
            f"{name} {growth_text(row.nominal, row.status, row.interval, level)}, {SERIES[self.index]} "
            f"{percent(self.price_growth)}, so that in real terms the {name} is "
            f"{growth_text(row.real, row.status, row.real_interval, level)}"
        )


def growth_text(growth: float, status: str, interval: tuple[float, float], level: str = "") -> str:
    """Growth as people write it, with the interval where one is known; `level` stands before the interval's ends.

    Examples
    --------
    >>> from wagefit.decisions.wage_growth import growth_text
    >>> growth_text(0.082, "estimate", (0.072, 0.091), "90 %: ")
    '+8.2 % (90 %: +7.2 to +9.1)'
    """
    if status == UNKNOWN:
        return UNKNOWN
    bound = "" if status == ESTIMATE else f"{status} "
    low, high = (100 * end for end in interval)
    ends = "" if math.isnan(low) else f" ({level}{low:+.1f} to {high:+.1f})"
    return f"{bound}{percent(growth)}{ends}"
