"""Wage distributions with the interface of frozen distributions of scipy.stats."""

from wagefit.distributions.diagnostics import Diagnostics, FamilyEstimate
from wagefit.distributions.distribution import Distribution, mixture

__all__ = ["Diagnostics", "Distribution", "FamilyEstimate", "mixture"]
