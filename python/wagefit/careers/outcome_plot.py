"""Pictures of simulated careers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wagefit.plots.figures import ACCENT, INK, SHADE
from wagefit.shared.arguments import FloatArray
from wagefit.shared.types import Axes
from wagefit.shared.units import sign_of

BANDS = ("#9db8d2", "#4f86b5", "#2b5a86", "#e0a458", "#c4472d", "#7b8794", "#cfd6dd")


def plot_pay(percentiles: FloatArray, mean: FloatArray, ax: Axes, unit: str) -> None:
    """Pay by year as a fan.

    Parameters
    ----------
    percentiles : ndarray, shape (years, 5)
        P10, P25, median, P75 and P90 of the pay of people at work.
    mean : ndarray, shape (years,)
    ax : matplotlib axes
    unit : str
        Unit of the pay.
    """
    years = np.arange(len(mean))
    p10, p25, p50, p75, p90 = percentiles.T
    ax.fill_between(years, p10, p90, color=SHADE, alpha=0.45, lw=0, label="P10 to P90")
    ax.fill_between(years, p25, p75, color=SHADE, lw=0, label="P25 to P75")
    ax.plot(years, p50, color=INK, lw=1.8, label="median")
    ax.plot(years, mean, color=ACCENT, lw=1.2, ls=":", label="mean")
    ax.set_ylabel("real pay of those at work, a year")
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_formatter(lambda value, _: f"{sign_of(unit)}{value:,.0f}")
    ax.legend(frameon=False, loc="upper left")
    ax.spines[["top", "right"]].set_visible(False)


def plot_roles(shares: FloatArray, names: Sequence[str], ax: Axes) -> None:
    """Part of people in each role by year, shape (years, roles), as bands."""
    colors = [BANDS[i % len(BANDS)] for i in range(len(names))]
    ax.stackplot(np.arange(len(shares)), shares.T, labels=names, colors=colors, lw=0)
    ax.set_ylim(0, 1)
    ax.set_ylabel("part of the people")
    ax.set_xlabel("years from the start")
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    ax.spines[["top", "right"]].set_visible(False)
