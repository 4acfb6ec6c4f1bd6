"""Wage distributions from the figures that statistical agencies publish, and what explains pay.

One cell: `fit`; many: `fit_many`; published tables: `oews`; salary factors: `SalaryModel`.
"""

from wagefit import oews, prices
from wagefit._core import __version__
from wagefit.distributions import Distribution, mixture
from wagefit.ensemble import Ensemble, fit_many
from wagefit.errors import ConvergenceError, FactError, InfeasibleError
from wagefit.fitting import Diagnostics, fit

__all__ = [
    "ConvergenceError",
    "Diagnostics",
    "Distribution",
    "Ensemble",
    "FactError",
    "InfeasibleError",
    "__version__",
    "fit",
    "fit_many",
    "mixture",
    "oews",
    "prices",
]
