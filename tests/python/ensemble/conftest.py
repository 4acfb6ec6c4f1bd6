"""Many distributions, made once."""

from __future__ import annotations

from typing import Any

import pytest

import wagefit as wf

from ..many_cells import fit_all
from ..row_kinds import KINDS


@pytest.fixture(scope="module")
def cells() -> wf.Ensemble:
    return fit_all()


@pytest.fixture(scope="module", params=KINDS)
def many(request: pytest.FixtureRequest) -> Any:
    return KINDS[request.param]()
