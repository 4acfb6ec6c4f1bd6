"""`wagefit rank`."""

from __future__ import annotations

import json

import pytest


def test_rank_says_where_a_wage_stands(run) -> None:
    asked = ("rank", "--wage", "106500", "--occupation", "registered nurses", "--state", "NJ")
    assert "$106,500 stands at the 50th percentile of Registered Nurses in New Jersey, May 2025" in run(*asked).flat
    assert json.loads(run(*asked, "--json").out)["percentile"] == pytest.approx(0.5, abs=1e-9)  # the curve's exactness
