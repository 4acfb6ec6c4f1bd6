"""Places, or other things with a wage each, from the best paid to the worst."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from wagefit.errors import FactError
from wagefit.plots.figures import ACCENT, GAIN, MUTED
from wagefit.plots.rows import dress_rows, mark_size, row_axes
from wagefit.plots.texts import label_below, write_source
from wagefit.plots.ticks import space_wages
from wagefit.shared.protocols import UncertainDistribution
from wagefit.shared.text import dollars
from wagefit.shared.types import Axes
from wagefit.shared.units import in_words

STATISTICS = ("median", "mean")
REACH = 1.5  # an interval ends beyond the picture where it ends beyond the highest wage times this


@dataclass(frozen=True)
class _Place:
    """A row: a wage that is ranked, its interval (NaN: unknown) and the wage as printed."""

    name: str
    wage: float
    low: float
    high: float
    printed: float


def plot_ranking(
    pay: Mapping[str, UncertainDistribution],
    ax: Axes | None = None,
    *,
    statistic: str = "median",
    prices: Mapping[str, float] | None = None,
    marked: Collection[str] = (),
    level: float | None = 0.9,
    source: str | None = None,
) -> Axes:
    """Places ranked by a wage, a row a place, the highest on top, with intervals; at one price level where it is given.

    Parameters
    ----------
    pay : mapping {str: Distribution}
        Pay by the name of the place, or of the employer, year, ...; all in one unit.
    ax : matplotlib axes, optional
        A new figure without it, high enough for the rows.
    statistic : str
        Method that gives the wage: ``"median"`` or ``"mean"``.
    prices : mapping {str: float}, optional
        Money that buys in each place what 1 buys at home, as `wagefit.prices.place_factor` gives it. The wages are then
        ranked at the prices of home; as printed they are hollow dots.
    marked : collection of str
        Names to mark by another color.
    level : float, optional
        Of the intervals; None for none. There is none where a distribution does not say how uncertain it is.
    source : str, optional
        Where the figures come from; written below the axes.

    Returns
    -------
    matplotlib axes

    Raises
    ------
    FactError
        There is no place, the units differ, a place has no price level, a marked one is not among them, `statistic` is
        another, or `level` is outside (0, 1).

    Examples
    --------
    >>> pay = {area: wf.decisions.place_pay(area) for area in ("NJ", "AR", "CA")}
    >>> at_home = {area: wf.prices.place_factor("US", area) for area in pay}
    >>> axes = wf.plots.plot_ranking(pay, prices=at_home, marked=["NJ"])
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['1  CA', '2  AR', '3  NJ']
    """
    if statistic not in STATISTICS:
        raise FactError(f"statistic is {statistic!r}; expected one of {', '.join(STATISTICS)}")
    unit = _checked(pay, prices, marked)
    places = sorted((_place(name, each, statistic, prices, level) for name, each in pay.items()), key=_descending)
    ax = row_axes(len(places)) if ax is None else ax
    ax.set_xlim(*_ends(places))
    size = mark_size(ax, len(places))
    for row, place in enumerate(places):
        _draw(ax, row, place, ACCENT if place.name in marked else GAIN, size)
    space_wages(ax.xaxis, unit)
    width = len(str(len(places)))
    names = [f"{rank:>{width}}  {place.name}" for rank, place in enumerate(places, 1)]
    rows = [row for row, place in enumerate(places) if place.name in marked]
    dress_rows(ax, names, [dollars(place.wage, unit) for place in places], marked=rows)
    real = "" if prices is None else "; ● at one price level, ○ as printed"
    is_wide = any(place.high > place.low for place in places)
    interval = f", with {100 * (level or 0.0):g} % intervals" if is_wide else ""
    label_below(ax, f"{statistic} wage, {in_words(unit)}{interval}{real}", 0.6)
    write_source(ax, source)
    return ax


def _checked(
    pay: Mapping[str, UncertainDistribution], prices: Mapping[str, float] | None, marked: Collection[str]
) -> str:
    """The unit of all pay; FactError where something is missing."""
    units = sorted({each.unit for each in pay.values()})
    if len(units) != 1:
        raise FactError(f"pay is of {len(pay)} places in {len(units)} units; expected places in one unit")
    unpriced = [name for name in pay if prices is not None and name not in prices]
    if unpriced:
        raise FactError(f"prices has no level of {unpriced[0]!r}; expected one of each place")
    strange = [name for name in marked if name not in pay]
    if strange:
        raise FactError(f"marked has {strange[0]!r}; expected names of pay")
    return units[0]


def _place(
    name: str, pay: UncertainDistribution, statistic: str, prices: Mapping[str, float] | None, level: float | None
) -> _Place:
    printed = float(getattr(pay, statistic)())
    low, high = (np.nan, np.nan)
    if level is not None and pay.posterior is not None:
        low, high = pay.credible(statistic, level=level)
    factor = 1.0 if prices is None else float(prices[name])
    return _Place(name, printed / factor, float(low) / factor, float(high) / factor, printed)


def _descending(place: _Place) -> float:
    return -place.wage


def _ends(places: list[_Place]) -> tuple[float, float]:
    """Ends of the axis; an interval that would dwarf the rest, as that of a mean in a far tail, goes beyond them."""
    wages = np.array([(place.wage, place.printed) for place in places])
    ends = np.array([(place.low, place.high) for place in places])
    lowest, highest = wages.min(), wages.max()
    inside = ends[(ends > lowest / REACH) & (ends < REACH * highest)]
    lowest, highest = min([lowest, *inside]), max([highest, *inside])
    margin = 0.06 * (highest - lowest) or 0.06 * highest
    return lowest - margin, highest + margin


def _draw(ax: Axes, row: int, place: _Place, color: str, size: float) -> None:
    if place.printed != place.wage:
        ax.plot([place.printed, place.wage], [row, row], color=MUTED, lw=0.8, zorder=1)
        ax.plot(place.printed, row, "o", ms=0.8 * size, color="white", mec=MUTED, mew=1.0, zorder=2)
    end = ax.get_xlim()[1]
    if place.high - place.low > 1e-9 * place.wage:
        ax.plot(
            [place.low, min(place.high, end)], [row, row], color=color, lw=0.4 * size, zorder=2, solid_capstyle="butt"
        )
    if place.high > end:
        ax.plot(0.99, row, ">", ms=size, color=color, transform=ax.get_yaxis_transform(), zorder=3)
    ax.plot(place.wage, row, "o", ms=size, color=color, mec="white", mew=0.6, zorder=3)
