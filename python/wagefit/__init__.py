"""Wage distributions from the figures that statistical agencies publish, and what explains pay.

One cell: `fit`, `fit_brackets`, `compare_families`; many: `fit_many`, `fit_table`; published tables: `oews`; salary
factors: `SalaryModel`; wage equations: `estimate_factors` and its kin,
`SalaryRegressor`; gaps: `decompose`.
"""

from typing import TYPE_CHECKING, Any

from wagefit import oews, prices
from wagefit._core import __version__
from wagefit.bracketed import estimate_bracketed
from wagefit.brackets import fit_brackets
from wagefit.career_outcome import CareerOutcome, TimeToRole
from wagefit.careers import Career, CareerMove, CareerRole, CareerSensitivity
from wagefit.cell_factors import CellEstimate, estimate_cells
from wagefit.comparison import compare_families
from wagefit.decisions import Worth, worth
from wagefit.decomposition import GapDecomposition, decompose
from wagefit.distributions import Distribution, mixture
from wagefit.ensemble import Ensemble, fit_many
from wagefit.errors import ConvergenceError, FactError, InfeasibleError
from wagefit.estimation import Estimate, estimate_factors
from wagefit.explanation import Explanation
from wagefit.factor_curves import FactorCurves, estimate_factor_curves
from wagefit.factors import Factor, Level
from wagefit.fitting import Diagnostics, fit
from wagefit.interactions import Interaction, certification_by_experience
from wagefit.mixture_ensemble import MixtureEnsemble
from wagefit.percentile_ratios import percentile_ratios, scale_percentiles
from wagefit.places import PlaceComparison, compare_places, move, place_pay
from wagefit.pooling import PooledRatio, pool_ratios
from wagefit.profile import Comparison, Profile
from wagefit.quantile_factors import estimate_quantiles
from wagefit.ranking import NearProfile, Rank
from wagefit.salary_model import SalaryModel
from wagefit.table import fit_table

if TYPE_CHECKING:
    from wagefit.adapters.sklearn import SalaryRegressor as SalaryRegressor

__all__ = [
    "Career",
    "CareerMove",
    "CareerOutcome",
    "CareerRole",
    "CareerSensitivity",
    "CellEstimate",
    "Comparison",
    "ConvergenceError",
    "Diagnostics",
    "Distribution",
    "Ensemble",
    "Estimate",
    "Explanation",
    "FactError",
    "Factor",
    "FactorCurves",
    "GapDecomposition",
    "InfeasibleError",
    "Interaction",
    "Level",
    "MixtureEnsemble",
    "NearProfile",
    "PlaceComparison",
    "PooledRatio",
    "Profile",
    "Rank",
    "SalaryModel",
    "TimeToRole",
    "Worth",
    "__version__",
    "certification_by_experience",
    "compare_families",
    "compare_places",
    "decompose",
    "estimate_bracketed",
    "estimate_cells",
    "estimate_factor_curves",
    "estimate_factors",
    "estimate_quantiles",
    "fit",
    "fit_brackets",
    "fit_many",
    "fit_table",
    "mixture",
    "move",
    "oews",
    "percentile_ratios",
    "place_pay",
    "pool_ratios",
    "prices",
    "scale_percentiles",
    "worth",
]


def __getattr__(name: str) -> Any:
    """`SalaryRegressor`, which needs scikit-learn and is imported when it is asked for."""
    if name == "SalaryRegressor":
        from wagefit.adapters.sklearn import SalaryRegressor

        return SalaryRegressor
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
