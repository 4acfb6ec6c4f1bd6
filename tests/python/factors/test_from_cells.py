"""Factors from published cells, each level with its ratio, error and share."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        (
            {"employment": 2000.0},
            {},
            "cells employ 2,000 people and the reference 1,000; expected at most as many, or 10",
        ),
        ({"employment": 900.0, "mean": 90_000.0}, {}, "expected less than all"),
        (
            {"employment": 900.0, "p50": 90_000.0},
            {"figure": "p50"},
            "cells have p50 times employment of 81,000,000 of 45,000,000; .* 100 people of the level 'all other'",
        ),
        ({"mean": "much"}, {}, "mean of cell 'a' is 'much'; expected one number"),
        ({"employment": "300"}, {}, "employment of cell 'a' is '300'; expected one number"),
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


@pytest.mark.parametrize("kind", ["cell", "mapping", "series", "named tuple", "row of polars"])
def test_rows_of_any_kind_are_the_same(kind: str) -> None:
    """As `wagefit.oews.read` and the libraries of tables give them; the figures are those of the cells."""
    cells, whole = hospital_cells()[:2], oews.national("29-2071", 2018)
    cells = [dataclasses.replace(cell, area=f"{cell.industry} {cell.ownership}") for cell in cells]
    expected = Factor.from_cells("setting", cells, whole)
    frame = pd.DataFrame([dataclasses.asdict(cell) for cell in (*cells, whole)])
    rows = {
        "cell": [*cells, whole],
        "mapping": [dataclasses.asdict(cell) for cell in (*cells, whole)],
        "series": [row for _, row in frame.iterrows()],
        "named tuple": list(frame.itertuples()),
        "row of polars": pl.from_pandas(frame).rows(named=True),
    }[kind]
    found = Factor.from_cells("setting", rows[:2], rows[2])
    assert found.levels == expected.levels
    alone = Factor.from_cells("setting", rows[0], rows[2])
    assert [level.name for level in alone.levels] == [cells[0].area, "all other"]
    with pytest.raises(wf.FactError, match="row is int; expected a mapping, a Series, a named tuple or a cell"):
        Factor.from_cells("setting", [3], rows[2])


GROUPS = st.lists(st.tuples(st.integers(50, 5_000), st.integers(20_000, 90_000)), min_size=2, max_size=6)


@given(GROUPS, st.booleans())
@settings(deadline=None)
def test_the_remainder_is_the_group_that_was_left_out(groups: list[tuple[int, int]], as_series: bool) -> None:
    """Whatever the groups: people and payroll of the whole are their sums, and one of them is not among the cells."""
    people = sum(n for n, _ in groups)
    mean = sum(n * wage for n, wage in groups) / people
    rows = [{"area": f"group {i}", "employment": n, "mean": wage} for i, (n, wage) in enumerate(groups)]
    cells = [pd.Series(row) for row in rows[1:]] if as_series else rows[1:]
    factor = Factor.from_cells("group", cells, {"area": "all", "employment": people, "mean": mean})
    ratios = {level.name: (level.share, level.ratio) for level in factor.levels}
    left, wage = groups[0]
    assert ratios["all other"] == pytest.approx((left / people, wage / mean), rel=1e-9)
    for row, (n, wage) in zip(rows[1:], groups[1:], strict=True):
        assert ratios[row["area"]] == pytest.approx((n / people, wage / mean), rel=1e-12)
    assert factor.mean_ratio == pytest.approx(1, abs=1e-12)


def sectors(*employment: float) -> list[dict[str, object]]:
    wages = (60_000.0, 45_000.0, 50_000.0)
    return [
        {"industry": name, "mean": wage, "p50": wage, "employment": people, "year": 2018}
        for name, wage, people in zip("abc", wages, employment, strict=False)
    ]


WHOLE = {"industry": "all", "mean": 50_000.0, "p50": 48_000.0, "employment": 1_000.0, "year": 2018}


@pytest.mark.parametrize(
    ("employment", "errors", "outcome"),
    [
        ((300, 400, 300), {}, "adds up"),
        ((300, 400, 310), {}, "scaled"),  # one percent over
        ((303, 404, 304), {}, "refused"),  # 1.1 % over, printed to the person
        ((310, 410, 300), {}, "scaled"),  # twenty people over, printed in tens: four figures err by five at most
        ((310, 410, 310), {}, "refused"),
        ((310, 410, 310), {"employment_rse": 2.0}, "scaled"),  # 3 standard errors are 60 and more people
        ((300, 400, 290), {}, "scaled"),  # ten people less are no remainder, but rounding
        ((300, 400, 200), {}, "remainder"),
    ],
)
def test_parts_and_whole_add_up_or_say_so(
    employment: tuple[float, ...], errors: dict[str, float], outcome: str
) -> None:
    """More people than the whole has are refused, unless rounding or sampling explain them; notes name the figures."""
    cells = [cell | errors for cell in sectors(*employment)]
    if outcome == "refused":
        with pytest.raises(wf.FactError, match=r"cells employ 1,0\d\d people and the reference 1,000; expected"):
            Factor.from_cells("sector", cells, WHOLE, level="industry")
        return
    factor = Factor.from_cells("sector", cells, WHOLE, level="industry")
    assert math.fsum(level.share for level in factor.levels) == pytest.approx(1, abs=1e-12)
    assert (factor.levels[-1].name == "all other") == (outcome == "remainder")
    told = f"The cells employ {sum(employment):,.0f} people and the whole 1,000: shares are scaled by"
    assert all((told in level.note) == (outcome == "scaled") for level in factor.levels)
    if outcome == "scaled":
        assert [level.share for level in factor.levels] == pytest.approx([n / sum(employment) for n in employment])
    if outcome == "remainder":
        rest = factor.levels[-1]
        paid = 1_000 * 50_000 - 300 * 60_000 - 400 * 45_000 - 200 * 50_000
        assert (rest.share, rest.ratio) == pytest.approx((0.1, paid / 100 / 50_000))
        assert rest.note == "What the cells leave: 100 of 1,000 people"


def test_cells_that_are_taken_for_everybody_say_so() -> None:
    """Without others, two fifths of the people are not passed over in silence, nor a payroll above the whole's."""
    factor = Factor.from_cells("sector", sectors(300, 300), WHOLE, level="industry", others=None)
    assert [level.share for level in factor.levels] == [0.5, 0.5]
    assert factor.levels[0].note == (
        "The cells employ 600 people and the whole 1,000: shares are scaled by 1.6667 to sum to one"
    )
    paid = Factor.from_cells("sector", sectors(600, 400), WHOLE, level="industry", others=None)
    assert paid.levels[1].note == "The cells are paid 54,000,000, 8.0 % more than the whole's 50,000,000"


def test_the_remainder_of_a_percentile_is_open() -> None:
    """Its ratio makes all average to one; its error is unknown, so that no interval of such a person's pay is known."""
    factor = Factor.from_cells("sector", sectors(300, 400), WHOLE, level="industry", figure="p50", others="all others")
    rest = factor.levels[-1]
    assert (rest.name, rest.share, rest.standard_error, rest.is_proxy) == ("all others", 0.3, None, True)
    assert math.fsum(level.share * level.ratio for level in factor.levels) == pytest.approx(1, abs=1e-12)
    assert rest.note == (
        "What the cells leave: 300 of 1,000 people; open, as no p50 of them is published: all ratios average "
        "to one with this"
    )
    model = SalaryModel(wf.fit(mean=50_000, quantiles={0.1: 26_550, 0.5: 48_000, 0.9: 76_260}), [factor])
    assert math.isnan(model.profile(sector="all others").pay.credible("mean", draws=10)[0])


def test_an_open_remainder_is_near_what_was_left_out() -> None:
    """Registered nurses of May 2025 without five large states, which are known: medians do not add up as means do."""
    whole = oews.cell("29-1141", year=2025)
    states = [cell for cell in oews.cells(occupation="29-1141", year=2025, area_type="state") if cell.p50]
    states = [cell for cell in states if cell.employment is not None and cell.area not in ("GU", "PR", "VI")]
    out = [cell for cell in states if cell.area in ("CA", "TX", "NY", "FL", "PA")]
    rest = Factor.from_cells("state", [c for c in states if c not in out], whole, figure="p50").levels[-1]
    people = math.fsum(cell.employment or 0 for cell in out)
    median = math.fsum((cell.employment or 0) * (cell.p50 or 0) for cell in out) / people
    assert rest.share == pytest.approx(people / whole.employment, rel=0.01)
    assert rest.ratio == pytest.approx(median / whole.p50, rel=0.03)  # Measured: 2.0 %; a ratio of one is 10 % off.
