from . import (
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
from ._core import __version__
from .careers import Career
from .decisions import growth, rank, rank_staff, worth
from .distributions import Distribution, mixture
from .ensemble import Ensemble, fit_many, fit_table
from .errors import ConvergenceError, FactError, InfeasibleError
from .estimation import decompose, estimate_bracketed, estimate_factors, estimate_quantiles
from .factors import Factor, Level, SalaryModel
from .fitting import compare_families, fit, fit_brackets
from .page import explore

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
