"""Wage equations and gaps, estimated from people or from cells."""

from wagefit.estimation.cell_equation import CellEstimate, estimate_cells
from wagefit.estimation.decomposition import GapDecomposition, decompose
from wagefit.estimation.estimate import Estimate
from wagefit.estimation.factor_effects import FactorCurves, estimate_factor_curves
from wagefit.estimation.interval_regression import estimate_bracketed
from wagefit.estimation.least_squares import estimate_factors
from wagefit.estimation.quantile_regression import estimate_quantiles
from wagefit.estimation.wild_bootstrap import ClusterBootstrap, bootstrap_clusters

__all__ = [
    "CellEstimate",
    "ClusterBootstrap",
    "Estimate",
    "FactorCurves",
    "GapDecomposition",
    "bootstrap_clusters",
    "decompose",
    "estimate_bracketed",
    "estimate_cells",
    "estimate_factor_curves",
    "estimate_factors",
    "estimate_quantiles",
]
