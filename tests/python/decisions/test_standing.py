"""Where a wage stands: at published percentiles exactly there, elsewhere between them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings, strategies

import wagefit as wf
from wagefit import oews


@pytest.mark.parametrize(("wage", "p"), [(83_060, 0.10), (99_710, 0.25), (106_500, 0.50), (127_730, 0.75)])
def test_a_published_percentile_stands_where_it_is_published(wage: float, p: float) -> None:
    """Registered nurses in New Jersey, May 2025; the curve meets its facts to 1e-10."""
    stands = wf.rank(wage, occupation="registered nurses", state="NJ", year=2025)
    assert stands.percentile == pytest.approx(p, abs=1e-9)
    assert stands.cell == oews.cell("29-1141", area="NJ", year=2025)


def test_the_interval_holds_the_percentile_and_narrows_with_the_level() -> None:
    wide, narrow = (wf.rank(115_000, occupation="29-1141", state="NJ", level=level) for level in (0.9, 0.5))
    assert wide.interval[0] < narrow.interval[0] <= wide.percentile <= narrow.interval[1] < wide.interval[1]
    assert 0.50 < wide.percentile < 0.75


def test_it_is_one_sentence() -> None:
    text = str(wf.rank(110_000, occupation="29-1141", state="New Jersey"))
    assert text.startswith("$110,000 stands at the 5")
    assert " percentile of Registered Nurses in New Jersey, May 2025 (90 %: " in text
    assert "in the nation, May 2018 (90 %: 4" in str(wf.rank(44_010 / 1.1, occupation="29-2071"))
    assert "stands below the 1st percentile" in str(wf.rank(20_000, occupation="29-1141"))
    assert "stands above the 99th percentile" in str(wf.rank(400_000, occupation="29-1141"))


def test_a_published_percentile_without_an_error_is_called_that() -> None:
    """May 2025 prints no errors, May 2018 does."""
    text = str(wf.rank(106_500, occupation="29-1141", state="New Jersey"))
    assert text == ("$106,500 stands at the 50th percentile of Registered Nurses in New Jersey, May 2025, as published")
    assert "(90 %: 49 to 51)" in str(wf.rank(40_350, occupation="29-2071", year=2018))


def test_an_hourly_wage_is_compared_with_annual_ones_over_2080() -> None:
    hourly = wf.rank(97_550 / 2080, occupation="29-1141", unit="USD/hour")
    assert hourly.percentile == pytest.approx(0.5, abs=1e-9)
    assert hourly.notes[0] == "the row is published in dollars a year: $46.90 is compared as $97,550 a year"
    assert str(hourly).startswith("$46.90 an hour stands at the 50th percentile")
    assert wf.rank(17.54, occupation="actors", year=2018, unit="USD/hour").percentile == pytest.approx(0.5, abs=1e-9)


def test_a_part_time_wage_is_compared_as_that_of_a_full_year() -> None:
    half = wf.rank(97_550 / 2, occupation="29-1141", hours=1040)
    assert half.compared_wage == pytest.approx(97_550, rel=1e-15)  # one multiplication
    assert half.percentile == pytest.approx(0.5, abs=1e-9)


def test_years_of_other_hours_need_the_hours() -> None:
    """Teachers are published by the year alone and actors by the hour alone."""
    teacher = wf.rank(50.0, occupation="25-2021", unit="USD/hour", hours=1400)
    assert (teacher.compared_wage, teacher.market_unit) == (70_000.0, "USD/year")
    assert wf.rank(70_000, occupation="25-2021", hours=1400).compared_wage == 70_000.0
    actor = wf.rank(20_000, occupation="actors", year=2018, hours=1000)
    assert (actor.compared_wage, actor.market_unit) == (20.0, "USD/hour")


def test_beyond_the_published_percentiles_it_says_what_the_figure_rests_on() -> None:
    assert "above the published P90" in wf.rank(150_000, occupation="29-1141", state="NJ").notes[0]
    assert "below the published P10" in wf.rank(60_000, occupation="29-1141", state="NJ").notes[0]
    (note,) = wf.rank(106_500, occupation="29-1141", state="NJ").notes
    assert note == "May 2025 prints no standard errors: the interval leaves out that its figures are estimates"
    assert wf.rank(70_000, occupation="29-1141", year=2018).notes == ()


def test_above_a_top_code_it_says_at_least() -> None:
    """Anesthesiologists of May 2018: all percentiles but P10 are printed as #, $208,000 and more."""
    stands = wf.rank(300_000, occupation="29-1061", year=2018)
    assert "is above the top code of Anesthesiologists in the nation, May 2018: at least the 10th percentile" in str(
        stands
    )
    assert (stands.known, stands.top_code, stands.median, stands.ratio) == ((0.1, 1.0), 208_000.0, None, None)
    below = wf.rank(150_000, occupation="29-1061", year=2018)
    assert below.known == (0.1, 0.25)
    assert 0.1 <= below.percentile <= 0.25
    assert below.top_code is None


def test_tied_percentiles_are_counted_and_said() -> None:
    """Chiropractors in New Jersey, May 2025: median and P75 are both 134,990."""
    stands = wf.rank(134_990, occupation="29-1011", state="NJ")
    assert stands.percentile >= 0.75 - 1e-9
    assert stands.below <= 0.5 + 1e-9
    assert str(stands) == (
        "$134,990 is what 25 % of Chiropractors in New Jersey, May 2025 earn: "
        "it stands from the 50th to the 75th percentile"
    )


def test_a_followed_code_is_said() -> None:
    assert "no 29-1141" in wf.rank(55_000, occupation="29-1141", year=2005).notes[0]


def test_a_wage_far_from_the_median_is_questioned() -> None:
    notes = wf.rank(30, occupation="47-2111", state="NJ").notes
    assert "the row's median is $77,250: check whether the wage is in dollars a year" in notes


MIDWIVES = {
    "occupation": "2231",
    "occupation_title": "Midwifery nurses",
    "year": 2021,
    "unit": "GBP/year",
    "mean": 39_883.0,
    "p10": float("nan"),
    "p20": 30_818.0,
    "p30": 37_194.0,
    "p40": 40_091.0,
    "p50": 41_188.0,
    "p60": 42_634.0,
    "p70": 45_075.0,
}


def test_a_row_of_another_table_is_ranked_in_its_own_unit() -> None:
    """Annual Survey of Hours and Earnings, 2021, Table 14.7a, full-time."""
    stands = wf.rank(40_091, MIDWIVES)
    assert stands.percentile == pytest.approx(0.4, abs=1e-9)
    assert (stands.unit, stands.cell, stands.market) == ("GBP/year", None, "Midwifery nurses, 2021")
    assert str(stands).startswith("£40,091 stands at the 40th percentile of Midwifery nurses, 2021")
    assert stands.notes == (
        "the row prints no standard errors: the interval leaves out that its figures are estimates",
    )
    assert wf.rank(40_091, MIDWIVES | {"mean_rse": 2.5}).notes == ()
    hourly = wf.rank(40_091 / 2080, MIDWIVES, unit="GBP/hour")
    assert hourly.percentile == pytest.approx(0.4, abs=1e-9)


@pytest.mark.parametrize(
    ("columns", "market"),
    [
        ({"title": "Nurses", "place": "Wales", "year": 2021}, "Nurses in Wales, 2021"),
        ({"occupation_title": "Nurses", "area_title": float("nan"), "year": 2021.0}, "Nurses, 2021"),
        (
            {"occupation": "2231", "area": "W92000004", "release": "April 2021", "year": 2021},
            "2231 in W92000004, April 2021",
        ),
        ({"occupation_title": None}, "the given row"),
    ],
)
def test_a_row_is_called_by_what_its_columns_say(columns: dict[str, Any], market: str) -> None:
    figures = {"unit": "GBP/year", "p20": 30_818.0, "p50": 41_188.0}
    assert wf.rank(38_000, pd.Series(figures | columns)).market == market


def test_a_distribution_can_be_the_market() -> None:
    pay = wf.fit(MIDWIVES)
    assert wf.rank(35_000, pay).percentile == wf.rank(35_000, MIDWIVES).percentile == pay.cdf(35_000)


@given(p=strategies.floats(0.001, 0.999), occupation=strategies.sampled_from(["29-1141", "47-2111", "15-1252"]))
@settings(max_examples=30, deadline=None)
def test_the_rank_of_a_percentile_is_its_probability(p: float, occupation: str) -> None:
    """To 1e-9: the curve's inverse is good to some units in the last place of the normal score."""
    cell = oews.cell(occupation)
    stands = wf.rank(float(wf.fit(cell).ppf(p)), cell)
    assert stands.percentile == pytest.approx(p, abs=1e-9)
    assert stands.known[0] - 1e-9 <= stands.percentile <= stands.known[1] + 1e-9
    assert stands.interval[0] <= stands.percentile <= stands.interval[1]


@pytest.mark.parametrize(
    ("wage", "arguments", "message"),
    [
        (-1, {"occupation": "29-1141"}, "wage is -1"),
        (50_000, {}, "occupation is None"),
        (50_000, {"occupation": "nurses"}, "29-1141"),
        (50_000, {"occupation": "actors", "year": 2018}, "Actors in May 2018 are published by the hour alone"),
        (50, {"occupation": "25-2021", "unit": "USD/hour"}, "in May 2025 are published by the year alone"),
        (50_000, {"occupation": "29-1141", "state": "Jersey"}, "area is 'Jersey'"),
        (50_000, {"occupation": "actors", "state": "NY"}, "area is 'NY'; there is no row"),
        (50_000, {"occupation": "29-1141", "unit": "USD/week"}, "expected USD/year or USD/hour"),
        (50_000, {"occupation": "29-1141", "unit": "GBP/year"}, "expected USD/year or USD/hour"),
        (50_000, {"occupation": "29-1141", "hours": 0}, "hours is 0"),
    ],
)
def test_what_cannot_be_ranked_is_refused(wage: float, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        wf.rank(wage, **arguments)


def test_a_row_and_an_occupation_are_one_too_many() -> None:
    with pytest.raises(wf.FactError, match="row is given"):
        wf.rank(40_000, MIDWIVES, occupation="29-1141")
