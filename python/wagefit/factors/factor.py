"""Factors: the named dimensions of pay, each with a ratio and a share of the workforce for every level.

All figures are associations, not causes.
"""

from __future__ import annotations

from wagefit.factors.from_cells import FactorFromCells
from wagefit.factors.from_regression import FactorFromRegression
from wagefit.factors.from_table import FactorFromTable
from wagefit.factors.premiums import factor_html, plot_factors
from wagefit.shared.types import Axes


class Factor(FactorFromTable, FactorFromCells, FactorFromRegression):
    """A named dimension of pay: from a table, from published cells, from a wage equation, or level by level.

    Attributes
    ----------
    name : str
    levels : tuple of Level
        With distinct names and shares that sum to one.
    baseline : str
        The level that the ratios refer to, or ``"mean"``: the published mean of the anchor.
    unit : str
        Of the amounts of a continuous factor, such as ``"years"``; empty for a categorical one.
    scale : {"linear", "logarithmic"}
        Along which the log ratio of a continuous factor is a smooth curve through its knots, monotone and concave
        wherever they are; on the logarithmic scale a constant elasticity is a straight line.
    errors : {"independent", "common"}, optional
        Whether the ratios were measured one by one, or derive from one estimate, as where several certificates are
        given one premium, and err together: two such levels differ without error. None: common along amounts,
        independent otherwise, which overstates the error of a comparison of two levels of one survey.

    Examples
    --------
    >>> import wagefit as wf
    >>> held, none = wf.Level("RHIT", "", 1.08, 0.02, 0.3), wf.Level("none", "", 1.0, 0.0, 0.7)
    >>> wf.Factor("credential", (none, held), baseline="none").mean_ratio
    1.024
    """

    def plot(self, ax: Axes | None = None, *, level: float = 0.9, source: str | None = None) -> Axes:
        """A forest plot: the premium of each level over the baseline, with its interval.

        Parameters
        ----------
        ax : matplotlib axes, optional
            A new figure without it, high enough for the levels.
        level : float
            Of the intervals, inside (0, 1); an unknown standard error gives a hollow dot without one.
        source : str, optional
            Where the figures come from; written below the axes.

        Returns
        -------
        matplotlib axes

        Raises
        ------
        FactError
            `level` is outside (0, 1).

        Examples
        --------
        >>> axes = wf.SalaryModel.health_information().factor("credential").plot()
        >>> [label.get_text() for label in axes.get_yticklabels()][0]
        'credential'
        """
        return plot_factors([self], ax, level=level, most=max(len(self.levels), 2), source=source)

    def _repr_html_(self) -> str:
        return factor_html(self)
