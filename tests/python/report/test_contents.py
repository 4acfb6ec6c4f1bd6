"""What the report says: published figures, what they imply, one person, the next roles."""

from __future__ import annotations

import json
import math
import re
from statistics import NormalDist

import numpy as np
import pytest

import wagefit as wf
from wagefit.report import Report, make_report
from wagefit.report.person import steps
from wagefit.report.recovered import measure
from wagefit.report.subject import choose_cell
from wagefit.shared.embedded_tables import read_table
from wagefit.shared.numbers import add_up

from ..reports import FIT, printed

SECTIONS = {"wagefit", "published", "recovered", "quoted", "why", "person", "roles"}
NURSES = {"title": "Nurses", "unit": "GBP/year", "p25": 27_719, "p50": 33_603, "p75": 39_177}
# The lognormal is solved in closed form; both facts come back to a few roundings.
ROUNDING = 1e-12


def test_published_figures_are_those_of_may_2018(report: Report) -> None:
    published = report.published
    assert (published.release, published.occupation) == ("May 2018", "29-2071")
    assert (published.mean, published.mean_rse) == (44_010, 0.4)
    assert (published.employment, published.employment_rse) == (208_650, 1)
    figures = (published.p10, published.p25, published.p50, published.p75, published.p90)
    assert figures == (26_550, 32_070, 40_350, 52_730, 66_260)


def test_recovered_distribution_has_the_published_figures(report: Report) -> None:
    recovered = report.recovered
    for name in ("p10", "p25", "p50", "p75", "p90"):
        assert recovered.percentiles[name] == pytest.approx(getattr(report.published, name), rel=FIT)
    assert recovered.mean == pytest.approx(44_010, rel=FIT)
    assert list(recovered.percentiles.values()) == sorted(recovered.percentiles.values())
    assert max(map(abs, recovered.residuals.values())) < FIT


def test_lowest_third_and_share_above_agree_with_the_distribution(report: Report) -> None:
    p = (np.arange(30_000) + 0.5) / 90_000  # midpoints of the lowest third
    midpoint_error = 1e-5  # of a rule of 30,000 panels on an unbounded lower end
    estimates = report.recovered.estimates
    assert estimates["mean_of_lowest_third"].value == pytest.approx(report.pay.ppf(p).mean(), rel=midpoint_error)
    assert estimates["share_above_63820"].value == pytest.approx(1 - report.pay.cdf(63_820), abs=ROUNDING)


def test_estimates_lie_in_their_intervals(report: Report) -> None:
    for estimate in report.recovered.estimates.values():
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.low < estimate.value < estimate.high


def test_intervals_are_those_of_credible(report: Report) -> None:
    """The same draws, to the last bit."""
    estimates = report.recovered.estimates
    assert (estimates["p99"].low, estimates["p99"].high) == report.pay.credible("ppf", 0.99)
    assert (estimates["gini"].low, estimates["gini"].high) == report.pay.credible("gini")


def test_a_person_with_an_unknown_error_says_which(report: Report) -> None:
    assert report.person is not None
    assert report.person.estimated_mean.low is None
    assert report.person.unknown == ("no standard error is published for state (New Jersey)",)


def test_far_percentiles_are_less_certain_than_near_ones(report: Report) -> None:
    p95, p99 = (report.recovered.estimates[name] for name in ("p95", "p99"))
    assert p99.high / p99.low > p95.high / p95.low  # type: ignore[operator]


def test_family_chosen_by_name_has_no_intervals() -> None:
    pay = wf.fit(mean=44_010, quantiles={0.9: 63_820}, family="lognormal")
    estimates = measure(pay).estimates
    assert {(estimate.low, estimate.high) for estimate in estimates.values()} == {(None, None)}
    assert estimates["p99"].value == pay.ppf(0.99)


def test_quoted_pair_has_the_two_roots_of_its_quadratic_equation(report: Report) -> None:
    z, log_ratio = NormalDist().inv_cdf(0.9), math.log(63_820 / 44_010)
    distance = math.sqrt(z * z - 2 * log_ratio)
    for root, sigma in ((report.quoted.lognormal, z - distance), (report.quoted.discarded, z + distance)):
        assert root.sigma == pytest.approx(sigma, rel=ROUNDING)
        assert root.median == pytest.approx(63_820 * math.exp(-sigma * z), rel=ROUNDING)
        assert root.percentiles["p90"] == pytest.approx(63_820, rel=ROUNDING)
    assert f"{report.quoted.lognormal.sigma:.5f} {report.quoted.discarded.sigma:.5f}" == "0.33336 2.22975"
    assert report.quoted.greatest_ratio == pytest.approx(math.exp(z * z / 2), rel=ROUNDING)


def test_quoted_mean_is_found_and_quoted_p90_is_not(report: Report) -> None:
    quoted = report.quoted
    assert (quoted.origin.release, quoted.origin.occupation) == ("May 2018", "29-2071")
    assert quoted.origin.p90 == pytest.approx(66_260, rel=FIT)
    assert not quoted.p90_is_published
    national = [cell.p90 for cell in wf.oews.cells() if cell.is_national]
    assert 63_820 not in national
    assert 0.10 < quoted.origin.share_above_quoted < 0.25  # $63,820 lies between the published P75 and P90


def test_quoted_pair_in_todays_dollars_is_the_ratio_of_two_index_figures(report: Report) -> None:
    levels = {(int(row["year"]), int(row["month"])): float(row["cpi_u"]) for row in read_table("cpi_u")}
    last = max(levels)
    factor = levels[last] / levels[2018, 5]
    assert report.quoted.mean_today == pytest.approx(44_010 * factor, rel=ROUNDING)
    assert report.quoted.p90_today == pytest.approx(63_820 * factor, rel=ROUNDING)
    assert report.quoted.today.endswith(str(last[0]))


def test_explanation_adds_up_to_the_persons_mean(report: Report) -> None:
    assert report.person is not None
    explanation = report.person.explanation
    total = explanation.baseline + sum(row.amount for row in explanation.rows) + explanation.transport
    assert total == pytest.approx(report.person.mean, rel=ROUNDING)
    assert explanation.baseline == pytest.approx(44_010, rel=FIT)


def test_whole_dollars_add_up_as_printed(report: Report) -> None:
    assert report.person is not None
    *parts, total = steps(report.person)
    assert sum(amount for _, amount in parts) == total[1] == round(report.person.mean)


@pytest.mark.parametrize("amounts", [[0.5, 0.5], [1.4, 1.4, 1.4], [10.6, -3.3, -0.4], [7.0], [1 / 3, 1 / 3, 1 / 3]])
def test_rounded_parts_add_up_and_stay_within_one(amounts: list[float]) -> None:
    rounded = add_up(amounts, sum(amounts))
    assert sum(rounded) == round(sum(amounts))
    assert all(abs(part - amount) < 1 for part, amount in zip(rounded, amounts, strict=True))


def test_persons_pay_spreads_less_than_the_occupations(report: Report) -> None:
    assert report.person is not None
    assert report.person.relative_spread < report.person.anchor_relative_spread


def test_every_figure_of_the_factors_has_a_source_or_is_an_assumption(report: Report) -> None:
    assert report.why is not None
    for factor in report.why.factors:
        for level in factor.levels:
            assert level.source
            assert level.share_is_assumed or level.share_source


def test_changes_move_assumed_shares_only(report: Report) -> None:
    assert report.why is not None
    assert {change.factor for change in report.why.changes} == {"experience", "education", "credential"}
    for change in report.why.changes:
        assert change.share_is_assumed
        assert change.high_share == pytest.approx(change.share + 0.10, rel=ROUNDING)
        assert change.low_change * change.high_change < 0


def test_roles_are_published_rows_of_the_newest_release(report: Report) -> None:
    roles = {role.role: role for role in report.roles}
    assert [*roles] == ["coder", "cancer registrar", "health information manager", "director"]
    for role, occupation in zip(roles.values(), ("29-2072", "29-9021", "11-9111", "11-9111"), strict=True):
        assert (role.occupation, role.release) == (occupation, wf.oews.national(occupation).release)
    coder = wf.oews.national("29-2072")
    assert roles["coder"].median == pytest.approx(coder.p50, rel=FIT)
    assert roles["coder"].mean == pytest.approx(coder.mean, rel=FIT)


def test_director_is_the_upper_quarter_of_the_managers(report: Report) -> None:
    cell = wf.oews.national("11-9111")
    managers = wf.fit(**cell.facts())
    director = report.roles[-1]
    assert director.part == "upper"
    assert director.employment is None
    assert director.mean == pytest.approx(managers.mean_between(0.75, 1), rel=FIT)
    assert director.median == pytest.approx(managers.ppf(0.875), rel=FIT)


@pytest.mark.parametrize(
    ("year", "occupation", "expected"),
    [
        (None, None, (2018, "29-2071")),
        (1997, None, (1997, "32911")),
        (2010, None, (2010, "29-2071")),
        (2019, None, (2019, "29-2098")),
        (2024, None, (2024, "29-2072")),
        (None, "11-9111", (2025, "11-9111")),
        (2018, "11-9111", (2018, "11-9111")),
    ],
)
def test_row_is_chosen_by_year_and_occupation(year: int | None, occupation: str | None, expected: object) -> None:
    cell = choose_cell(year, occupation)
    assert (cell.year, cell.occupation) == expected


@pytest.mark.parametrize(
    ("year", "occupation", "message"),
    [
        (2030, None, "year is 2030; expected a release from 1997 to 2025"),
        (2019, "29-2071", "year is 2019; expected one of 1999"),
        (None, "12-3456", "occupation is '12-3456'; expected a code or title such as"),
    ],
)
def test_wrong_row_names_what_there_is(year: int | None, occupation: str | None, message: str) -> None:
    with pytest.raises(wf.FactError, match=re.escape(message)):
        make_report(year, occupation)


def test_a_row_without_factors_has_no_person_and_says_so() -> None:
    report = make_report(row=NURSES)
    assert report.why is None
    assert report.person is None
    assert "No salary factors are at hand for" in " ".join(printed(report).split())


@pytest.mark.parametrize("year", [2000, 2019, 2025])
def test_other_years_carry_the_factors_over_and_say_so(year: int) -> None:
    report = make_report(year)
    assert report.why is not None
    assert any("carried over" in note for note in report.why.notes)
    assert report.person is not None
    assert report.person.explanation.baseline == pytest.approx(report.published.mean, rel=FIT)


def test_data_have_stable_keys_and_are_plain_json(report: Report) -> None:
    content = report.to_dict()
    assert set(content) == SECTIONS
    assert json.loads(json.dumps(content, allow_nan=False)) == json.loads(json.dumps(content))
    assert content["published"]["p90"] == 66_260
    assert content["person"]["explanation"]["rows"][0]["factor"] == "experience"
    assert {"sigma", "median", "percentiles"} == set(content["quoted"]["lognormal"])
    assert len(content["why"]["factors"][3]["levels"]) == 50


def test_data_of_other_occupations_have_the_same_keys() -> None:
    content = make_report(row=NURSES).to_dict()
    assert set(content) == SECTIONS
    assert content["person"] is None


def test_another_occupation_has_its_own_places_and_nothing_of_health_information() -> None:
    report = make_report(2025, "29-1141")
    assert report.person is not None
    assert (report.quoted, report.roles) == (None, ())
    assert report.person.levels["state"] == "NJ"
    text = printed(report)
    for word in ("credential", "technician", "29-2072", "RHIT", "AAPC", "63,820"):
        assert word not in text
    assert report.title == "Pay in the United States: Registered Nurses, May 2025"
