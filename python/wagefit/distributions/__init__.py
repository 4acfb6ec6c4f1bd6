"""Wage distributions with the interface of frozen distributions of scipy.stats."""

from wagefit.distributions.diagnostics import Diagnostics, FamilyEstimate
from wagefit.distributions.distribution import Distribution
from wagefit.distributions.mixture import mixture
from wagefit.distributions.protocol import DistributionMethods

__all__ = ["Diagnostics", "Distribution", "DistributionMethods", "FamilyEstimate", "mixture"]
