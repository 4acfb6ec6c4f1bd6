"""The embedded model, made once for each module."""

from __future__ import annotations

import pytest

from wagefit import SalaryModel


@pytest.fixture(scope="module")
def model() -> SalaryModel:
    """Health information technicians, May 2018."""
    return SalaryModel.health_information()
