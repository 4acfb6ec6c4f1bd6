"""Growth of wages: the figures by hand, the errors by closed forms and simulated surveys, top codes as bounds."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import wagefit as wf
from wagefit import oews
from wagefit.decisions.figure_errors import effective_size, log_error_of_percentile
from wagefit.decisions.growth import growth_of_rows
from wagefit.decisions.wage_growth import WageGrowth

FIGURES = ("mean", "P10", "P25", "P50", "P75", "P90")
P = (0.10, 0.25, 0.50, 0.75, 0.90)
CPI_2018, CPI_2021 = 251.588, 269.195  # CUUR0000SA0, May
NURSES = {year: oews.cell("29-1141", year=year) for year in (2018, 2021)}


def between(begin: oews.Cell, finish: oews.Cell, **options: Any) -> WageGrowth:
    return growth_of_rows(begin, finish, **{"index": "CPI-U", "assumed_rse": None, "level": 0.9} | options)


def row(year: int, figures: dict[str, float | None], mean_rse: float | None) -> oews.Cell:
    """The row of registered nurses with other figures."""
    return replace(NURSES[year], **figures, mean_rse=mean_rse, top_code=None, top_coded="")


# -- the figures ---------------------------------------------------------------------------------------------------


def test_growth_by_hand() -> None:
    """Registered nurses: median 71,730 in May 2018 and 77,600 in May 2021."""
    median = wf.growth("registered nurses", 2018, 2021)["P50"]
    assert median.nominal == pytest.approx(77_600 / 71_730 - 1, abs=1e-15)
    assert median.real == pytest.approx(77_600 / 71_730 * CPI_2018 / CPI_2021 - 1, abs=1e-15)
    assert median.status == "estimate"


def test_real_growth_can_be_measured_against_the_cost_of_labor() -> None:
    found = wf.growth("29-1141", 2018, 2021, index="ECI")
    factor = wf.prices.time_factor(2018, 2021, index="ECI")
    assert found.price_growth == pytest.approx(factor - 1, abs=1e-15)
    assert found["mean"].real == pytest.approx(82_750 / 75_510 / factor - 1, abs=1e-15)


@given(
    wages=st.lists(st.floats(20_000, 200_000), min_size=10, max_size=10),
    rses=st.tuples(st.floats(0.1, 5.0), st.floats(0.1, 5.0)),
    scale=st.floats(0.5, 2.0),
)
@settings(max_examples=25, deadline=None)
def test_growth_does_not_depend_on_the_unit(wages: list[float], rses: tuple[float, float], scale: float) -> None:
    """Both releases times a constant: the same growth and errors; to the rounding of fits at other wages."""
    rows = [
        dict(zip(("p10", "p25", "p50", "p75", "p90"), sorted(part), strict=True)) for part in (wages[:5], wages[5:])
    ]
    for each in rows:
        each["mean"] = None
    begin, finish = row(2018, rows[0], rses[0]), row(2021, rows[1], rses[1])
    scaled = [
        replace(cell, **{name: getattr(cell, name) * scale for name in rows[0] if name != "mean"})
        for cell in (begin, finish)
    ]
    for one, other in zip(between(begin, finish), between(*scaled), strict=True):
        assert (one.figure, one.status) == (other.figure, other.status)
        np.testing.assert_allclose(
            (one.nominal, one.standard_error, *one.real_interval),
            (other.nominal, other.standard_error, *other.real_interval),
            atol=1e-7,
        )
        assert one.interval[0] <= one.nominal <= one.interval[1] or math.isnan(one.standard_error)
        factor = (1 + one.nominal) / (1 + one.real)
        assert factor == pytest.approx(CPI_2021 / CPI_2018, rel=1e-12)


def test_a_wider_level_gives_a_wider_interval() -> None:
    narrow, wide = (wf.growth("29-1141", 2018, 2021, level=level)["P75"] for level in (0.5, 0.95))
    assert wide.interval[0] < narrow.interval[0] < narrow.nominal < narrow.interval[1] < wide.interval[1]


# -- the errors ----------------------------------------------------------------------------------------------------


def test_the_error_of_the_mean_is_that_of_two_published_ones() -> None:
    mean = wf.growth("29-1141", 2018, 2021)["mean"]
    begin, finish = NURSES[2018], NURSES[2021]
    assert begin.mean_rse is not None
    assert finish.mean_rse is not None
    error = math.hypot(begin.mean_rse, finish.mean_rse) / 100
    assert mean.standard_error == pytest.approx((1 + mean.nominal) * error, rel=1e-14)
    low = (1 + mean.nominal) * math.exp(-stats.norm.ppf(0.95) * error) - 1
    assert mean.interval[0] == pytest.approx(low, rel=1e-12)


@pytest.mark.parametrize("p", P)
def test_the_error_of_a_percentile_is_cramers_in_large_samples(p: float) -> None:
    """sqrt(p (1 - p) / n) over density and wage, of a lognormal by scipy; Woodruff's differs by terms of 1 / n."""
    sigma, n = 0.4, 1e8
    pay = wf.fit(quantiles={0.25: 50_000 * math.exp(sigma * stats.norm.ppf(0.25)), 0.5: 50_000}, family="lognormal")
    twin = stats.lognorm(sigma, scale=50_000)
    cramer = math.sqrt(p * (1 - p) / n) / (twin.pdf(twin.ppf(p)) * twin.ppf(p))
    assert log_error_of_percentile(pay, p, n, 0.9) == pytest.approx(cramer, rel=1e-5)


@pytest.mark.parametrize("p", P)
def test_the_error_of_a_percentile_in_a_small_sample(p: float) -> None:
    """Exact: the order statistic of rank n p in logs, its variance from the beta distribution by quadrature.

    5 %: a sample percentile is interpolated between ranks, and Woodruff's error is one of an interval.
    """
    sigma, n = 0.4, 200
    pay = wf.fit(quantiles={0.25: 50_000 * math.exp(sigma * stats.norm.ppf(0.25)), 0.5: 50_000}, family="lognormal")
    order = stats.beta(n * p + 0.5, n * (1 - p) + 0.5)
    u = order.ppf(np.linspace(0.00005, 0.99995, 10_000))
    exact = sigma * stats.norm.ppf(u).std()
    assert log_error_of_percentile(pay, p, n, 0.9) == pytest.approx(exact, rel=0.05)


def test_the_effective_size_of_a_random_sample_is_its_size() -> None:
    pay = wf.fit(NURSES[2018])
    rse = 100 * pay.std() / pay.mean() / math.sqrt(777)
    assert effective_size(pay, rse) == pytest.approx(777, rel=1e-12)


def survey(rng: np.random.Generator, n_firms: int, people: int, between_share: float, scale: float) -> Any:
    """Figures of a sample of firms with log wages that are normal within and between them, and the mean's RSE."""
    sigma = 0.4
    firms = rng.standard_normal((n_firms, 1)) * sigma * math.sqrt(between_share)
    wages = scale * np.exp(firms + rng.standard_normal((n_firms, people)) * sigma * math.sqrt(1 - between_share))
    error = wages.mean(axis=1).std(ddof=1) / math.sqrt(n_firms)
    figures = dict(zip(("p10", "p25", "p50", "p75", "p90"), np.quantile(wages, P), strict=True))
    return {**figures, "mean": wages.mean()}, 100 * error / wages.mean()


def coverage(n_firms: int, people: int, between_share: float, repetitions: int) -> dict[str, float]:
    """How often the interval of growth holds the true one, 10 percent for every figure."""
    rng = np.random.default_rng(1)
    held = dict.fromkeys(FIGURES, 0)
    for _ in range(repetitions):
        cells = [row(y, *survey(rng, n_firms, people, between_share, s)) for y, s in ((2018, 5e4), (2021, 5.5e4))]
        for each in between(*cells):
            held[each.figure] += each.interval[0] <= 0.1 <= each.interval[1]
    return {name: n / repetitions for name, n in held.items()}


def test_intervals_cover_in_random_samples() -> None:
    """90 % of 500 pairs of samples of 500 people: three binomial errors are 4 points."""
    found = coverage(n_firms=500, people=1, between_share=0.0, repetitions=500)
    assert all(0.86 <= share <= 0.94 for share in found.values()), found


def test_intervals_cover_in_samples_of_firms() -> None:
    """20 people in each of 150 firms, 30 % of the variance of log wages between firms.

    Percentiles far from the middle are less clustered than the mean, so that their intervals are rather too wide: at
    least 86 %, three binomial errors below 90.
    """
    found = coverage(n_firms=150, people=20, between_share=0.3, repetitions=500)
    assert all(share >= 0.86 for share in found.values()), found


def test_errors_that_nobody_publishes_are_unknown_or_assumed() -> None:
    unknown = wf.growth("29-1141", 2018, 2025)
    assert all(math.isnan(each.standard_error) and math.isnan(each.interval[0]) for each in unknown)
    assert "May 2025 prints no standard errors: those of growth are unknown" in unknown.notes
    assumed = wf.growth("29-1141", 2018, 2025, assumed_rse=0.6)
    assert NURSES[2018].mean_rse == 0.3
    assert assumed["mean"].standard_error == pytest.approx(101_420 / 75_510 * math.hypot(0.003, 0.006), rel=1e-14)
    assert "May 2025 prints no standard errors: 0.6 % is assumed for its mean" in assumed.notes


# -- top codes and what is not comparable --------------------------------------------------------------------------


def test_top_codes_give_bounds() -> None:
    """Anesthesiologists: P25 of May 2018 is #, 208,000 or more, and 207,000 in May 2025."""
    found = wf.growth("anesthesiologists", 2018, 2025)
    assert (found["P25"].status, found["P25"].start, found["P25"].start_at_least) == ("at most", None, 208_000)
    assert found["P25"].nominal == pytest.approx(207_000 / 208_000 - 1, abs=1e-15)
    earlier = wf.growth("anesthesiologists", 1999, 2018)
    assert earlier["P25"].status == "at least"
    assert earlier["P25"].nominal == pytest.approx(208_000 / 108_970 - 1, abs=1e-15)
    assert earlier["P50"].status == "unknown"
    assert math.isnan(earlier["P50"].nominal)
    assert "mean +115.7 %" in str(earlier)  # the median's growth is no number


def test_a_percentile_above_the_top_code_is_none() -> None:
    """1998 prints P90 of some occupations as 999,999."""
    odd = replace(NURSES[2018], p90=999_999.0, top_code=208_000.0)
    found = between(odd, NURSES[2021])["P90"]
    assert (found.status, found.start_at_least) == ("at most", 208_000.0)


def test_figures_that_no_distribution_has_leave_the_errors_unknown() -> None:
    falling = replace(NURSES[2018], p25=40_000.0)  # below P10
    found = between(falling, NURSES[2021])
    assert math.isnan(found["P50"].standard_error)
    assert not math.isnan(found["mean"].standard_error)
    assert "no distribution has the figures that May 2018 prints: the errors of percentiles are unknown" in found.notes


@pytest.mark.parametrize(
    ("occupation", "start", "end", "note"),
    [
        ("29-1141", 2018, 2021, "May 2018 uses the classification SOC 2010, May 2021 SOC 2018"),
        ("29-1141", 2018, 2021, "new method of estimation (MB3, model-based)"),
        ("29-1141", 2001, 2005, "releases before May 2003 are of October to December"),
        ("29-1141", 2001, 2018, "2001 has no 29-1141"),
        ("registered nurses", 2001, 2018, "2001 has the occupation as 29-1111, May 2018 as 29-1141"),
        ("47-2111", 2016, 2018, "pools establishments of up to 3 years"),
        ("47-2111", 2000, 2003, "pools establishments of up to 3 years"),  # May 2003 holds the sample of autumn 2000
        ("47-2111", 2013, 2018, "Woodruff 1952"),
    ],
)
def test_what_is_not_comparable_is_said(occupation: str, start: int, end: int, note: str) -> None:
    assert note in "\n".join(wf.growth(occupation, start, end).notes)


@pytest.mark.parametrize(("start", "end"), [(1998, 1999), (1998, 2000), (2003, 2006)])
def test_releases_of_different_cycles_share_no_establishments(start: int, end: int) -> None:
    """The samples began anew with the classification of 1999; from 2003 on three years lie between two cycles."""
    assert "share some" not in "\n".join(wf.growth("registered nurses", start, end).notes)


def test_nothing_is_said_where_nothing_changed() -> None:
    (note,) = wf.growth("47-2111", 2013, 2018).notes
    assert note.startswith("errors of percentiles are approximations")


def test_prices_before_2003_are_those_of_november() -> None:
    found = wf.growth("47-2111", 2001, 2004)
    assert found.price_growth == pytest.approx(wf.prices.time_factor((2001, 11), (2004, 5)) - 1, abs=1e-15)


def test_an_occupation_by_the_hour_alone_grows_by_the_hour() -> None:
    actors = wf.growth("actors", 2018, 2019)
    assert actors.unit == "USD/hour"
    assert (actors["P50"].start, actors["P50"].end) == (17.54, 20.43)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("29-1141", 2021, 2018), "start is 2021 and end is 2018; expected a release and a later one"),
        (("29-1141", 2018, 2018), "expected a release and a later one"),
        (("wizard", 2018, 2021), "occupation is 'wizard'"),
        (("29-1141", 2018, 2030), "year is 2030"),
        (("15-1252", 2018, 2021), "year is 2018; expected one of 2021, 2025"),
        (("actors", 2003, 2021), "Actors have wages in USD/year in May 2003 and in USD/hour in May 2021"),
        (("29-1141", "2018", 2021), "start is '2018'"),
    ],
)
def test_what_has_no_growth_is_refused(arguments: Any, message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        wf.growth(*arguments)


def test_options_that_are_wrong_are_refused() -> None:
    with pytest.raises(wf.FactError, match="ECI has no figure for May 2025"):
        wf.growth("29-1141", 2018, 2025, index="ECI")
    with pytest.raises(wf.FactError, match="assumed_rse is -1"):
        wf.growth("29-1141", 2018, 2025, assumed_rse=-1)
    with pytest.raises(wf.FactError, match="level is 1"):
        wf.growth("29-1141", 2018, 2021, level=1)
    with pytest.raises(wf.FactError, match="figure is 'P95'; expected one of mean, P10"):
        wf.growth("29-1141", 2018, 2021)["P95"]


# -- showing -------------------------------------------------------------------------------------------------------


def test_it_is_one_sentence() -> None:
    assert str(wf.growth("29-1141", 2018, 2021)) == (
        "Registered Nurses, May 2018 to May 2021: median +8.2 % (90 %: +7.2 to +9.1), consumer prices +7.0 %, so that "
        "in real terms the median is +1.1 % (90 %: +0.2 to +2.0)."
    )


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_the_table_has_a_row_a_figure(backend: Any) -> None:
    found = wf.growth("29-1141", 2018, 2021)
    frame = found.to_frame(backend=backend)
    assert [str(each) for each in frame["figure"]] == list(FIGURES)
    np.testing.assert_array_equal(np.asarray(frame["real_high"]), [each.real_interval[1] for each in found])
