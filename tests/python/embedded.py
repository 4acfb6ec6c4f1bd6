"""What comes with the package, as several tests need it."""

from __future__ import annotations

from wagefit import SalaryModel

EMBEDDED = {factor.name: factor for factor in SalaryModel.health_information().factors}
