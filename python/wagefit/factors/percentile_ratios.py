"""Ratios that differ along the distribution: factor curves over the percentiles."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.fitting.fit import fit
from wagefit.oews import Cell
from wagefit.shared.arguments import as_pairs
from wagefit.shared.types import Quantiles


def scale_percentiles(pay: Distribution, ratios: Quantiles) -> Distribution:
    """Pay whose percentiles are those of `pay` times a ratio of their own.

    A level that lifts the ninetieth percentile more than the tenth is no factor of scale. `FactorCurves.ratios` and
    `percentile_ratios` give such ratios.

    Parameters
    ----------
    pay : Distribution
    ratios : mapping {p: ratio} or pair of arrays
        Two or more probabilities inside (0, 1) with ratios above 0.

    Returns
    -------
    Distribution
        A curve through Q(p) ratio(p), its mean free: nothing is published of it. Levels made so add up to `pay` only as
        far as the ratios and shares do; a `SalaryModel` adds up by itself.

    Raises
    ------
    FactError
        A ratio is not positive, or the percentiles would fall.

    Examples
    --------
    >>> pay = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.5: 40_350, 0.9: 66_260})
    >>> raised = wf.factors.scale_percentiles(pay, {0.1: 1.05, 0.5: 1.0, 0.9: 1.1})
    >>> raised.ppf([0.1, 0.5, 0.9]).round()
    array([27878., 40350., 72886.])
    """
    p, values = as_pairs("ratios", ratios)
    for probability, ratio in zip(p, values, strict=True):
        if not (ratio > 0 and math.isfinite(ratio)):
            raise FactError(f"ratios[{probability:g}] is {ratio:g}; expected a finite positive number")
    order = np.argsort(p)
    made = fit(quantiles=(p[order], np.asarray(pay.ppf(p[order])) * values[order]))
    return Distribution(made.core, pay.unit, made.diagnostics, made.posterior)


def percentile_ratios(cell: Cell, reference: Cell) -> Mapping[float, float]:
    """Ratios of a cell's published percentiles to another's: a factor curve, as `scale_percentiles` takes it.

    Parameters
    ----------
    cell, reference : wagefit.oews.Cell
        In one unit.

    Returns
    -------
    mapping {p: ratio}
        At the probabilities whose percentile both cells have.

    Raises
    ------
    FactError
        There is none.

    Examples
    --------
    >>> nation = wf.oews.national("29-2072", 2025)
    >>> jersey = wf.oews.cells(occupation="29-2072", year=2025, area="NJ")[0]
    >>> {p: round(ratio, 2) for p, ratio in wf.factors.percentile_ratios(jersey, nation).items()}
    {0.1: 0.9, 0.25: 0.82, 0.5: 0.98, 0.75: 1.0, 0.9: 1.03}
    """
    own, other = cell.quantiles, reference.quantiles
    found = {p: own[p] / other[p] for p in own if p in other}
    if not found:
        raise FactError("cell and reference share no published percentile; expected at least one")
    return found
