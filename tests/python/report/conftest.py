"""The report of May 2018, made once."""

from __future__ import annotations

import pytest

from wagefit.report import Report, make_report


@pytest.fixture(scope="module")
def report() -> Report:
    """The main job's report."""
    return make_report()
