"""From arrays of published figures to distributions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wagefit.distributions.distribution import ANNUAL
from wagefit.distributions.parent import parent_wages
from wagefit.ensemble.core_cells import CoreCells
from wagefit.ensemble.ensemble import Ensemble
from wagefit.facts.cell_facts import CellFacts
from wagefit.shared.arguments import as_count
from wagefit.shared.progress import watch_call
from wagefit.shared.types import Number, Numbers
from wagefit.shared.units import as_unit


def fit_many(
    *,
    mean: Numbers | None = None,
    quantiles: Mapping[float, Numbers] | None = None,
    at_least: Mapping[Any, Numbers] | None = None,
    mean_rse: Numbers | None = None,
    employment: Numbers | None = None,
    lower: Number | None = None,
    upper: Number | None = None,
    unit: str = ANNUAL,
    like: Any = None,
    n_threads: int = 0,
) -> Ensemble:
    """Fits the default curve to each of many cells.

    Parameters
    ----------
    mean : array_like, shape (n_cells,), optional
        Mean wages, in `unit`; NaN where not published.
    quantiles : mapping {p: array_like of shape (n_cells,)}, optional
        Published quantiles; NaN where not published.
    at_least : mapping {p: array_like of shape (n_cells,)}, optional
        One-sided facts such as top codes; the key ``"mean"`` bounds the mean. NaN where there is none.
    mean_rse, employment : array_like, shape (n_cells,), optional
        Published precision, which widens intervals: relative standard error of the mean in percent, people in the cell.
        NaN or 0 where not published. A cell in which one of them is negative or infinite is ``"invalid"``.
    lower, upper : float, optional
        Support of every cell.
    unit : str
        Unit of all wages.
    like : Distribution or many of them, optional
        Parents whose shapes the cells borrow between and beyond their facts, as far as data say that parts have them:
        one Distribution for all cells, or an Ensemble with one a cell, such as the nation's row of each cell's
        occupation. A cell whose parent has no distribution borrows nothing.
    n_threads : int
        0 for all cores. The result does not depend on it.

    Returns
    -------
    Ensemble
        A bad cell never raises and never disturbs its neighbors: it gets a `status` and gives NaN.

    Raises
    ------
    FactError
        The arrays are not numbers, or differ in length, or a probability is outside (0, 1) or given twice; `like` is no
        distribution, or has another unit or length.

    Examples
    --------
    >>> p10, p90 = [26_550, 27_820, np.nan], [66_260, 71_150, np.nan]
    >>> cells = wf.fit_many(mean=[44_010, 46_590, np.nan], quantiles={0.1: p10, 0.9: p90})
    >>> cells.gini().round(3)
    array([0.198, 0.203,   nan])
    >>> cells.status.tolist()
    ['exact', 'exact', 'suppressed']
    """
    threads = as_count("n_threads", n_threads)
    unit = as_unit(unit)
    parents = None if like is None else np.atleast_2d(parent_wages(like, unit))
    facts = CellFacts(mean, quantiles, at_least, lower, upper, mean_rse, employment, parents)
    with watch_call(f"fitting {facts.n_cells:,} cells"):
        return Ensemble(CoreCells(facts.fit(threads), threads), facts, unit)
