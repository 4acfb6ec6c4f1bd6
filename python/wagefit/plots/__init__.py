"""Pictures on matplotlib (extra ``wagefit[plot]``)."""

from wagefit.plots.density import plot_comparison, plot_density
from wagefit.plots.figures import save_picture
from wagefit.plots.outcomes import plot_outcomes
from wagefit.plots.quantiles import plot_lorenz, plot_quantiles
from wagefit.plots.waterfall import plot_waterfall

__all__ = [
    "plot_comparison",
    "plot_density",
    "plot_lorenz",
    "plot_outcomes",
    "plot_quantiles",
    "plot_waterfall",
    "save_picture",
]
