"""Factors from published cells, each level with its ratio, error and share."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

import wagefit as wf
from wagefit import Factor, SalaryModel, oews

from ..embedded import EMBEDDED


def hospital_cells() -> list[oews.Cell]:
    """Hospitals and schools by ownership, May 2018, as published."""
    cells = oews.cells(occupation="29-2071", year=2018, area_type="national", kind="published")
    return [cell for cell in cells if not cell.is_national]


def test_cells_give_the_embedded_settings_and_their_remainder() -> None:
    """The embedded factor was made by another script: ratios, shares and errors agree, the remainder's included."""
    cells = [
        dataclasses.replace(cell, area=f"{cell.industry} {cell.ownership}", area_title=cell.industry_title)
        for cell in hospital_cells()
    ]
    factor = Factor.from_cells("setting", cells, oews.national("29-2071", 2018))
    embedded = EMBEDDED["setting"].levels
    assert len(factor.levels) == len(embedded)
    for level, other in zip(
        sorted(factor.levels, key=lambda each: each.ratio), sorted(embedded, key=lambda each: each.ratio), strict=True
    ):
        # The embedded table is rounded to six decimals; the remainder's mean there is rounded to a dollar.
        assert level.ratio == pytest.approx(other.ratio, abs=2e-5)
        assert level.share == pytest.approx(other.share, abs=1e-6)
        if level.name != "all other":
            assert level.standard_error == pytest.approx(other.standard_error, abs=1e-6)
    rest = factor.levels[-1]
    assert rest.name == "all other"
    assert rest.ratio == pytest.approx(0.968, abs=5e-4)
    assert sum(level.share * level.ratio for level in factor.levels) == pytest.approx(1, abs=1e-12)


def test_the_remainders_error_by_simulation() -> None:
    """Independent parts and remainder, drawn around their truth."""
    parts = [{"area": "a", "mean": 60_000.0, "employment": 300.0, "mean_rse": 2.0, "year": 2018}]
    whole = {"area": "US", "mean": 48_000.0, "employment": 1000.0, "mean_rse": 1.2, "year": 2018}
    factor = Factor.from_cells("place", parts, whole)
    rng = np.random.default_rng(3)
    rest = (48_000 - 0.3 * 60_000) / 0.7
    spread = math.sqrt((48_000 * 0.012) ** 2 - (0.3 * 60_000 * 0.02) ** 2) / 0.7
    part = rng.normal(60_000, 60_000 * 0.02, 200_000)
    remainder = rng.normal(rest, spread, 200_000)
    ratio = remainder / (0.3 * part + 0.7 * remainder)
    # Delta method: relative errors of 2 % are linear to 1 %.
    assert factor.levels[-1].standard_error == pytest.approx(ratio.std(), rel=0.02)
    own = part / (0.3 * part + 0.7 * remainder)
    assert factor.levels[0].standard_error == pytest.approx(own.std(), rel=0.02)


def test_states_without_means_compare_medians_as_proxies() -> None:
    """May 2025: every state is a level, Vermont's missing employment what the others leave."""
    states = [cell for cell in oews.cells(occupation="29-2072", year=2025, area_type="state") if cell.p50 is not None]
    factor = Factor.from_cells("state", states, oews.national("29-2072", 2025), figure="p50", others=None)
    jersey = next(level for level in factor.levels if level.name == "NJ")
    assert jersey.ratio == pytest.approx(0.982, abs=5e-4)
    assert jersey.is_proxy
    assert jersey.standard_error is None
    vermont = next(level for level in factor.levels if level.name == "VT")
    assert vermont.share_is_assumed
    assert vermont.share == pytest.approx(680 / 194_720)  # what the other states leave of the nation
    model = SalaryModel(wf.fit(**oews.national("29-2072", 2025).facts()), [factor])
    assert model.profile(state="NJ").pay.mean() < model.anchor.mean()
    assert model.population().mean() == pytest.approx(model.anchor.mean(), rel=1e-9)  # the calibration's promise


def test_cells_from_a_frame() -> None:
    """The table of the package serves as it is."""
    frame = oews.health_information("pandas")
    sectors = frame[
        (frame.year == 2024) & (frame.occupation == "29-2072") & (frame.industry != "000000") & frame["mean"].notna()
    ]
    factor = Factor.from_cells("sector", sectors, oews.national("29-2072", 2024), level="industry")
    health = next(level for level in factor.levels if level.name.startswith("62"))
    assert health.ratio == pytest.approx(0.968, abs=5e-4)
    assert health.standard_error is not None


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({"mean": None}, {}, "cell 'a' has no mean"),
        ({"employment": 2000.0}, {}, r"cells employ 2\.000 times the people"),
        ({"employment": 900.0, "mean": 90_000.0}, {}, "expected less than all"),
        ({}, {"figure": "p50"}, "others is 'all other' with the figure p50"),
        ({}, {"figure": "p33"}, "figure is 'p33'"),
        ({}, {"level": "county"}, "cells have no 'county'"),
    ],
)
def test_meaningless_cells_are_refused(change: dict[str, object], options: dict[str, str], message: str) -> None:
    """Naming the cell."""
    cell = {"area": "a", "mean": 60_000.0, "p50": 50_000.0, "employment": 300.0} | change
    whole = {"area": "US", "mean": 48_000.0, "p50": 45_000.0, "employment": 1000.0}
    with pytest.raises(wf.FactError, match=message):
        Factor.from_cells("place", [cell], whole, **options)
    with pytest.raises(wf.FactError, match="more than once"):
        Factor.from_cells("place", [cell | {"mean": 1.0, "employment": 1.0}] * 2, whole, level="area")


def test_demand_from_location_quotients() -> None:
    """Least squares by hand on the areas of May 2025."""
    cells = [
        cell
        for cell in oews.cells(occupation="29-2072", year=2025)
        if cell.area_type in ("metropolitan", "nonmetropolitan")
    ]
    factor = Factor.elasticity_from_cells("demand", cells, "location_quotient", unit="location quotient")
    used = [cell for cell in cells if cell.location_quotient and cell.p50 and cell.employment]
    x, y = np.log([c.location_quotient for c in used]), np.log([c.p50 for c in used])
    w = np.array([c.employment for c in used])
    slope = (w * (x - np.average(x, weights=w)) * y).sum() / (w * (x - np.average(x, weights=w)) ** 2).sum()
    first, last = factor.levels[0], factor.levels[-1]
    assert math.log(last.ratio) / math.log(last.at / first.at) == pytest.approx(slope, rel=1e-9)
    assert len(factor.levels) == 9
    assert f"Elasticity {slope:.4f}" in first.note
    assert first.is_proxy


def test_cost_of_living_by_function() -> None:
    """Areas without a published parity are left out."""
    cells = [cell for cell in oews.cells(occupation="29-2072", year=2025) if cell.area_type == "metropolitan"]
    factor = Factor.elasticity_from_cells("price level", cells, wf.prices.parity)
    assert 0 < math.log(factor.levels[-1].ratio) / math.log(factor.levels[-1].at / factor.levels[0].at) < 2
