"""Pictures of simulated careers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wagefit.plots.figures import ACCENT, INK, SHADE, new_figure

if TYPE_CHECKING:
    from wagefit.careers.outcome import CareerOutcome

BANDS = ("#9db8d2", "#4f86b5", "#2b5a86", "#e0a458", "#c4472d", "#7b8794", "#cfd6dd")


def plot_career(outcome: CareerOutcome, axes: Any = None) -> Any:
    """Pay by year as a fan of percentiles, and the part of people in each role below it.

    Parameters
    ----------
    outcome : CareerOutcome
    axes : two matplotlib axes, optional
        A new figure without them.

    Returns
    -------
    two matplotlib axes
    """
    pay_axes, role_axes = new_figure(8.0, 6.5).subplots(2, 1, sharex=True) if axes is None else axes
    _plot_pay(outcome, pay_axes)
    _plot_roles(outcome, role_axes)
    for ax in (pay_axes, role_axes):
        ax.spines[["top", "right"]].set_visible(False)
    return pay_axes, role_axes


def _plot_pay(outcome: CareerOutcome, ax: Any) -> None:
    years = np.arange(outcome.years)
    p10, p25, p50, p75, p90 = outcome.percentiles().T
    ax.fill_between(years, p10, p90, color=SHADE, alpha=0.45, lw=0, label="P10 to P90")
    ax.fill_between(years, p25, p75, color=SHADE, lw=0, label="P25 to P75")
    ax.plot(years, p50, color=INK, lw=1.8, label="median")
    ax.plot(years, outcome.mean, color=ACCENT, lw=1.2, ls=":", label="mean")
    ax.set_ylabel("real pay of those at work, a year")
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_formatter(lambda value, _: f"${value:,.0f}")
    ax.legend(frameon=False, loc="upper left")


def _plot_roles(outcome: CareerOutcome, ax: Any) -> None:
    names = [role.name for role in outcome.career.roles]
    colors = [BANDS[i % len(BANDS)] for i in range(len(names))]
    ax.stackplot(np.arange(outcome.years), outcome.role_shares.T, labels=names, colors=colors, lw=0)
    ax.set_ylim(0, 1)
    ax.set_ylabel("part of the people")
    ax.set_xlabel("years from the start")
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
