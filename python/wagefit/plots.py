"""Pictures of wage distributions, on matplotlib (extra ``wagefit[plot]``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wagefit.errors import FactError

if TYPE_CHECKING:
    from wagefit.distributions import Distribution

INK, ACCENT, SHADE = "#1f2d3d", "#c4472d", "#9db8d2"


def new_axes(width: float = 8.0, height: float = 4.5) -> Any:
    """Axes of a new figure; ImportError naming the extra when matplotlib is missing."""
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError('pictures need matplotlib: pip install "wagefit[plot]"') from error
    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def plot_density(pay: Distribution, ax: Any = None, *, label: str | None = None, color: str = INK,
                 percentiles: tuple[float, ...] = (0.10, 0.25, 0.50, 0.75, 0.90)) -> Any:
    """Density of `pay` from P0.5 to P99.5, percentiles as ticks below it and the mean as a line.

    Parameters
    ----------
    pay : Distribution
    ax : matplotlib axes, optional
        A new figure without it.
    label, color : str
        As in matplotlib.
    percentiles : tuple of float
        Probabilities to mark.

    Returns
    -------
    matplotlib axes
    """
    if not all(0 < p < 1 for p in percentiles):
        raise FactError(f"percentiles is {percentiles}; expected probabilities inside (0, 1)")
    ax = new_axes() if ax is None else ax
    wages = pay.ppf(np.linspace(0.005, 0.995, 800))
    wages = np.unique(np.concatenate([wages, np.linspace(wages[0], wages[-1], 800)]))
    density = pay.pdf(wages)
    ax.plot(wages, density, color=color, lw=1.8, label=label)
    ax.fill_between(wages, density, color=SHADE, alpha=0.35, lw=0)
    ax.axvline(pay.mean(), color=ACCENT, lw=1.2, ls="--")
    ax.annotate("mean", (pay.mean(), 0.98), xycoords=("data", "axes fraction"), xytext=(4, 0), color=ACCENT,
                textcoords="offset points", ha="left", va="top")
    for p, wage in zip(percentiles, pay.ppf(np.array(percentiles))):
        ax.plot([wage, wage], [0, pay.pdf(wage)], color=color, lw=0.8)
        ax.annotate(f"P{100 * p:g}", (wage, pay.pdf(wage)), xytext=(0, 4), textcoords="offset points", ha="center",
                    fontsize="small")
    _dress(ax, pay.unit)
    return ax


def _dress(ax: Any, unit: str) -> None:
    period = "an hour" if unit.endswith("/hour") else "a year"
    ax.set_xlabel(f"wage, dollars {period}")
    ax.set_ylabel("density")
    ax.set_yticks([])
    ax.set_ylim(bottom=0)
    ax.xaxis.set_major_formatter(lambda value, _: f"${value:,.0f}")
    ax.spines[["top", "right", "left"]].set_visible(False)
