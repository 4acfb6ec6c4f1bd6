"""Factors: the named dimensions of pay, each with a ratio and a share of the workforce for every level.

All figures are associations, not causes.
"""

from __future__ import annotations

from wagefit.factors.from_cells import FactorFromCells
from wagefit.factors.from_regression import FactorFromRegression
from wagefit.factors.from_table import FactorFromTable


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
        Whether the ratios were measured one by one, or derive from one estimate and err together. None: common where
        all ratios but the baseline's are from one source, independent otherwise.

    Examples
    --------
    >>> import wagefit as wf
    >>> held, none = wf.Level("RHIT", "", 1.08, 0.02, 0.3), wf.Level("none", "", 1.0, 0.0, 0.7)
    >>> wf.Factor("credential", (none, held), baseline="none").mean_ratio
    1.024
    """
