"""Salary factors that add up to published totals, a person's profile and its explanation."""

from wagefit.factors.explanation import Explanation
from wagefit.factors.factor import Factor
from wagefit.factors.factor_set import FactorSet, read
from wagefit.factors.health_information import certification_by_experience
from wagefit.factors.interactions import Interaction
from wagefit.factors.level import Level
from wagefit.factors.percentile_ratios import percentile_ratios, scale_percentiles
from wagefit.factors.pooling import PooledRatio, pool_ratios
from wagefit.factors.profile import Comparison, Profile
from wagefit.factors.ranking import NearProfile, Rank
from wagefit.factors.salary_model import SalaryModel

__all__ = [
    "Comparison",
    "Explanation",
    "Factor",
    "FactorSet",
    "Interaction",
    "Level",
    "NearProfile",
    "PooledRatio",
    "Profile",
    "Rank",
    "SalaryModel",
    "certification_by_experience",
    "percentile_ratios",
    "pool_ratios",
    "read",
    "scale_percentiles",
]
