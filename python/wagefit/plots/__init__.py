"""Pictures on matplotlib (extra ``wagefit[plot]``), in one style; each takes and returns matplotlib axes.

Colors stay apart for the color-blind, wages are written with their currency, `source` is a line below the axes, and no
label covers another at any size of the figure.
"""

from wagefit.plots.density import plot_comparison, plot_density
from wagefit.plots.fan import plot_fan, plot_roles
from wagefit.plots.figures import save_picture
from wagefit.plots.ladder import plot_ladder
from wagefit.plots.outcomes import plot_outcomes
from wagefit.plots.premiums import Premium, plot_premiums
from wagefit.plots.quantiles import plot_lorenz, plot_quantiles
from wagefit.plots.ranking import plot_ranking
from wagefit.plots.waterfall import plot_waterfall

__all__ = [
    "Premium",
    "plot_comparison",
    "plot_density",
    "plot_fan",
    "plot_ladder",
    "plot_lorenz",
    "plot_outcomes",
    "plot_premiums",
    "plot_quantiles",
    "plot_ranking",
    "plot_roles",
    "plot_waterfall",
    "save_picture",
]
