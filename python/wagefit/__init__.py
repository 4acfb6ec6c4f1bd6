"""Wage distributions from the figures that statistical agencies publish, and what explains pay.

One cell: `fit`, `fit_brackets`, `compare_families`, `mixture`; many: `fit_many`, `fit_table`; published tables: `oews`,
and `tables` of other agencies; salary factors: `SalaryModel`; wage equations: `estimate_factors` and its kin; gaps:
`decompose`; careers: `Career`.
Whatever else there is stands in the rooms, each a package of its own: `facts`, `distributions`, `fitting`, `ensemble`,
`estimation`, `factors`, `careers`, `decisions`, `plots`, and ``wagefit.report``, ``wagefit.adapters``.
"""

from wagefit import (
    careers,
    decisions,
    distributions,
    ensemble,
    estimation,
    factors,
    facts,
    fitting,
    oews,
    plots,
    prices,
    tables,
)
from wagefit._core import __version__
from wagefit.careers import Career
from wagefit.decisions import growth, rank, rank_staff, worth
from wagefit.distributions import Distribution, mixture
from wagefit.ensemble import Ensemble, fit_many, fit_table
from wagefit.errors import ConvergenceError, FactError, InfeasibleError
from wagefit.estimation import decompose, estimate_bracketed, estimate_factors, estimate_quantiles
from wagefit.factors import Factor, Level, SalaryModel
from wagefit.fitting import compare_families, fit, fit_brackets
from wagefit.page import explore

__all__ = [
    "Career",
    "ConvergenceError",
    "Distribution",
    "Ensemble",
    "FactError",
    "Factor",
    "InfeasibleError",
    "Level",
    "SalaryModel",
    "__version__",
    "careers",
    "compare_families",
    "decisions",
    "decompose",
    "distributions",
    "ensemble",
    "estimate_bracketed",
    "estimate_factors",
    "estimate_quantiles",
    "estimation",
    "explore",
    "factors",
    "facts",
    "fit",
    "fit_brackets",
    "fit_many",
    "fit_table",
    "fitting",
    "growth",
    "mixture",
    "oews",
    "plots",
    "prices",
    "rank",
    "rank_staff",
    "tables",
    "worth",
]


def __dir__() -> list[str]:
    """The public names."""
    return __all__
