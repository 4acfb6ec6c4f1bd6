"""The page's JavaScript gives the figures that Python gives, and prints them as Python prints them.

Set WAGEFIT_PROFILES to ask about another number of people than a few hundred, such as 10000.
"""

from __future__ import annotations

import math
import os
from functools import partial
from typing import Any

import mpmath
import numpy as np
import pytest

import wagefit as wf
from wagefit.distributions.posterior import DRAWS, interval, interval_error
from wagefit.factors.explanation import Explanation, ExplanationRow
from wagefit.page.tables import pay_tables
from wagefit.report import make_report
from wagefit.shared.numbers import add_up
from wagefit.shared.text import decimals_of, dollars, interval_text, ordinal, percent, signed

from .page_engine import Person, ask, ask_people, number, random_people

N_PEOPLE = int(os.environ.get("WAGEFIT_PROFILES", "300"))
N_INTERVALS = 3  # Python takes a second or two for each
SAME = 1e-9  # both evaluate one set of formulas in double precision; in truth they differ by some 1e-13
PERCENTILES = np.array([0.10, 0.25, 0.50, 0.75, 0.90])
EXTREMES = np.array([1e-9, 0.001, 0.999, 1 - 1e-9])
MODELS = ("technicians", "nurses", "of_pairs", "along_experience", "assumed_before", "by_the_hour")
SIZES = ((10.0, 1.0, 0.0), (100.0, 1.1, 0.02), (2500.0, 1.25, 0.04))  # people, ratio, error


@pytest.fixture(scope="module")
def technicians() -> wf.SalaryModel:
    return wf.SalaryModel.health_information()


@pytest.fixture(scope="module")
def nurses() -> wf.SalaryModel:
    return wf.SalaryModel.for_occupation("registered nurses", 2025)


@pytest.fixture(scope="module")
def of_pairs(technicians: wf.SalaryModel) -> wf.SalaryModel:
    """Factors whose levels come together more often than by chance, beside an interaction along an amount."""
    education, credential = (technicians.factor(name) for name in ("education", "credential"))
    shares = {
        (a.name, b.name): 1.0 + (i + j) % 3
        for i, a in enumerate(education.levels)
        for j, b in enumerate(credential.levels)
    }
    together = wf.factors.Interaction("education", "credential", {("associate", "RHIT"): 0.97}, shares=shares)
    return technicians.with_interactions(together)


@pytest.fixture(scope="module")
def assumed_before(along_experience: wf.SalaryModel) -> wf.SalaryModel:
    """Errors that were assumed in Python already."""
    return along_experience.with_assumed_errors(0.02)


@pytest.fixture(scope="module")
def by_the_hour() -> wf.SalaryModel:
    """Wages in cents, an anchor that nothing says the uncertainty of, and amounts on a logarithmic scale."""
    anchor = wf.fit(mean=21.6, quantiles={0.1: 14.2, 0.5: 20.1, 0.9: 31.9}, unit="GBP/hour")
    shift = (
        wf.Level("day", "Day shift", 1.0, 0.0, 0.7, source="A payroll", note="Of 2025"),
        wf.Level("night", "Night shift", 1.08, 0.01, 0.3, source="A payroll", year=2025, is_proxy=True),
    )
    size = tuple(wf.Level(f"{at:g}", "", ratio, error, 1 / 3, at) for at, ratio, error in SIZES)
    factors = [wf.Factor("shift", shift, "day"), wf.Factor("size", size, "10", "people", scale="logarithmic")]
    return wf.SalaryModel(wf.Distribution(anchor.core, anchor.unit), factors)


@pytest.fixture(scope="module")
def along_experience(technicians: wf.SalaryModel) -> wf.SalaryModel:
    return technicians.with_interactions(wf.factors.certification_by_experience())


def test_normal_distribution_has_double_precision() -> None:
    """Against mpmath with 40 digits, from one tail to the other."""
    scores = np.arange(-37.0, 37.0, 0.173).tolist()
    probabilities = [*(10.0 ** -np.arange(0.5, 300, 0.5)).tolist(), *np.arange(0.001, 1.0, 0.00731).tolist()]
    found = ask({"scores": scores, "probabilities": probabilities, "values": []})
    with mpmath.workdps(40):
        cdf = [float(mpmath.ncdf(z)) for z in scores]
        log_cdf = [float(mpmath.log(mpmath.ncdf(z)) if z < 0 else mpmath.log1p(-mpmath.ncdf(-z))) for z in scores]
        there = [float(mpmath.ncdf(mpmath.mpf(z))) for z in found["quantile"]]
    np.testing.assert_allclose(found["cdf"], cdf, rtol=1e-15)  # four units in the last place
    np.testing.assert_allclose(found["logCdf"], log_cdf, rtol=1e-15)
    # A rounding of z moves Phi(z) by z^2 roundings.
    np.testing.assert_allclose(there, probabilities, rtol=1e-15 * (1 + np.abs(found["quantile"]).max() ** 2))


def test_numbers_are_rounded_as_python_rounds_them() -> None:
    rng = np.random.default_rng(1)
    ties = [0.5, 1.5, 2.5, 0.25, 0.75, 0.125, 0.375, 999.5, 1000.5, 99_999.5, -0.5, -2.5, 0.0, 9.95, 0.05, 4.35]
    values = [*ties, *rng.normal(0, 1e5, 500).tolist(), *(rng.integers(0, 10**6, 300) / 8).tolist()]
    found = ask({"scores": [], "probabilities": [], "values": values})
    assert found["fixed"] == [[f"{each:.{decimals}f}" for decimals in range(4)] for each in values]
    assert found["grouped"] == [f"{each:,.0f}" for each in values]
    assert [text for text, each in zip(found["ordinal"], values, strict=True) if each >= 0] == [
        ordinal(each) for each in values if each >= 0
    ]


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("assumed_error", [None, 0.03])
def test_people_are_paid_as_in_python(name: str, assumed_error: float | None, request: pytest.FixtureRequest) -> None:
    model: wf.SalaryModel = request.getfixturevalue(name)
    people = random_people(model, N_PEOPLE // 12, seed=len(name))
    answers = ask_people(model, people, assumed_error, with_intervals=False)
    own = model if assumed_error is None else model.with_assumed_errors(assumed_error)
    for person, answer in zip(people, answers, strict=True):
        check_pay(own, person, answer)
        check_explanation(own, person, answer)


def check_pay(model: wf.SalaryModel, person: Person, answer: dict[str, Any]) -> None:
    profile, wage = model.profile(**person["levels"]), person["wage"]
    pay = profile.pay
    assert answer["mean"] == pytest.approx(pay.mean(), rel=SAME)
    assert answer["deviation"] == pytest.approx(pay.std(), rel=SAME)
    assert answer["percentiles"] == pytest.approx(pay.ppf(PERCENTILES).tolist(), rel=SAME)
    assert answer["extremes"] == pytest.approx(pay.ppf(EXTREMES).tolist(), rel=SAME)
    assert answer["part"] == pytest.approx(pay.cdf(wage), rel=SAME)
    assert answer["density"] == pytest.approx(pay.pdf(wage), rel=SAME)
    assert number(answer["logError"]) == pytest.approx(profile.log_error, rel=SAME, nan_ok=True)
    printed = answer["printed"]
    assert printed["mean"] == dollars(pay.mean(), pay.unit)
    assert printed["rank"]["place"] == ordinal(100 * pay.cdf(wage))
    assert printed["person"] == profile.describe()


def check_explanation(model: wf.SalaryModel, person: Person, answer: dict[str, Any]) -> None:
    baseline = model.profile(**person["baseline"]) if person["baseline"] else None
    expected = model.profile(**person["levels"]).explain(baseline)
    for name in ("baseline", "total"):
        assert answer[name] == pytest.approx(getattr(expected, name), rel=SAME)
    assert answer["transport"] == pytest.approx(expected.transport, abs=SAME * expected.total)
    for part, row in zip(answer["parts"], expected.rows, strict=True):
        assert (part["name"], part["standing"]) == (row.factor, row.standing)
        assert part["ratio"] == pytest.approx(row.ratio, rel=SAME)
        assert part["amount"] == pytest.approx(row.amount, abs=SAME * expected.total)
        for error, wanted in ((part["error"], row.ratio_error), (part["amountError"], row.amount_error)):
            assert number(error) == pytest.approx(math.nan if wanted is None else wanted, rel=SAME, nan_ok=True)
    check_print(expected, answer["printed"], is_compared=baseline is not None)


def check_print(expected: Explanation, printed: dict[str, Any], *, is_compared: bool) -> None:
    """Lines with dollars that add up, and the notes below them."""
    decimals = decimals_of(expected.unit)
    amounts = [expected.baseline, *(row.amount for row in expected.rows), expected.transport]
    whole = add_up([10**decimals * each for each in amounts], 10**decimals * expected.total)
    first, *added, transport = (each / 10**decimals for each in whole)
    rows = [
        (row, amount)
        for row, amount in zip(expected.rows, added, strict=True)
        if not is_compared or row.level != row.baseline_level
    ]
    wanted = [
        (
            row.factor,
            f"{row.ratio:.3f}",
            printed_percent(row),
            signed(amount, decimals),
            error_of(row, is_compared, decimals),
        )
        for row, amount in rows
    ]
    for line in printed["lines"]:
        line["percent"] = line["percent"].replace("-0.0 %", "+0.0 %")
    found = [tuple(line[key] for key in ("name", "ratio", "percent", "adds", "error")) for line in printed["lines"]]
    assert found == wanted
    assert printed["baselineName"] == expected.baseline_name
    assert (printed["baseline"], printed["transport"]) == (f"{first:,.{decimals}f}", signed(transport, decimals))
    assert printed["total"] == f"{expected.total:,.{decimals}f}"
    assert printed["notes"] == list(expected.notes)


def printed_percent(row: ExplanationRow) -> str:
    """A ratio that is 1 but for a rounding stands on either side of it."""
    return percent(row.ratio - 1).replace("-0.0 %", "+0.0 %")


def error_of(row: ExplanationRow, is_compared: bool, decimals: int) -> str:
    if row.standing == "unknown" and not is_compared:
        return ""
    return "unknown" if row.amount_error is None else f"{row.amount_error:,.{decimals}f}"


@pytest.mark.parametrize("name", ["technicians", "along_experience", "by_the_hour"])
def test_intervals_are_those_of_python(name: str, request: pytest.FixtureRequest) -> None:
    """The page holds the draws behind `Distribution.credible`."""
    model: wf.SalaryModel = request.getfixturevalue(name)
    people = random_people(model, N_INTERVALS, seed=8)
    answers = ask_people(model, people, 0.03, with_intervals=True)
    for person, answer in zip(people, answers, strict=True):
        pay, wage = model.with_assumed_errors(0.03).profile(**person["levels"]).pay, person["wage"]
        draws = pay.posterior_draws(DRAWS)
        means, parts = [each.mean() for each in draws], [float(each.cdf(wage)) for each in draws]
        of_mean, of_part = interval(means, 0.9, pay.mean()), interval(parts, 0.9, pay.cdf(wage))
        assert (answer["meanInterval"]["low"], answer["meanInterval"]["high"]) == pytest.approx(of_mean, rel=SAME)
        assert (answer["partInterval"]["low"], answer["partInterval"]["high"]) == pytest.approx(of_part, rel=SAME)
        assert answer["printed"]["meanInterval"] == printed_interval(pay, means)
        assert answer["printed"]["rank"]["interval"] == f"{100 * of_part[0]:.0f} to {100 * of_part[1]:.0f}"


def printed_interval(pay: wf.Distribution, means: list[float]) -> str:
    """The interval of the mean from its draws, as the report prints it."""
    low, high = interval(means, 0.9, pay.mean())
    return interval_text(low, pay.mean(), high, interval_error(means, 0.9), partial(dollars, unit=pay.unit))


def ask_everyone(pay: wf.Distribution, wages: list[float]) -> list[dict[str, Any]]:
    """The answers on a distribution without factors, one for each wage."""
    people = [{"levels": {}, "wage": wage, "baseline": {}} for wage in wages]
    tables = pay_tables(pay) | {"texts": {"association": "", "published": {}}}
    answers: list[dict[str, Any]] = ask(
        {"tables": tables, "assumedError": None, "people": people, "withIntervals": True}
    )
    return answers


@pytest.mark.parametrize(
    "facts",
    [
        {"quantiles": {0.5: 40_350}, "at_least": {0.9: 140_000, 0.75: 100_000, 0.25: 39_000}},
        {"quantiles": {0.1: 30_000, 0.25: 239_000}, "at_least": {0.5: 239_200}},
        {"quantiles": {0.1: 100, 0.2: 90_000}},
    ],
)
def test_wide_interval_is_printed_as_in_python(facts: dict[str, Any]) -> None:
    """Its Monte Carlo error is larger than its lower end, which must not be rounded past the digits it has."""
    pay = wf.fit(**facts)
    means = [each.mean() for each in pay.posterior_draws(DRAWS)]
    assert interval_error(means, 0.9) > interval(means, 0.9, pay.mean())[0]
    (answer,) = ask_everyone(pay, [50_000.0])
    assert answer["printed"]["meanInterval"] == printed_interval(pay, means)


def test_interval_is_that_of_credible(nurses: wf.SalaryModel) -> None:
    """Of everyone, whose mean is as uncertain as the published figures; of nurses in a state it is unknown."""
    everyone: Person = {"levels": {}, "wage": 90_000.0, "baseline": {}}
    answers = ask_people(nurses, [everyone, everyone | {"levels": {"state": "NJ"}}], with_intervals=True)
    found, pay = answers[0]["partInterval"], nurses.profile().pay
    assert (found["low"], found["high"]) == pytest.approx(pay.credible("cdf", 90_000.0), rel=SAME)
    assert answers[1]["partInterval"] is None
    assert answers[1]["printed"]["meanInterval"] == "unknown"


@pytest.mark.parametrize(
    ("occupation", "year"),
    [
        ("15-1220", 2018),  # tied percentiles: some draws have knots of their own
        ("11-1030", 2018),
        ("29-1060", 2018),  # top-coded percentiles
        ("29-1067", 2018),
        ("15008", 1997),
        ("27-2011", 2018),  # paid by the hour
        ("00-0000", 2021),
    ],
)
def test_everyone_of_any_occupation_is_paid_as_in_python(occupation: str, year: int) -> None:
    """Without factors the page shows the published curve itself, with ties, gaps and top codes, and its intervals."""
    pay = make_report(year, occupation).pay
    wages = [float(pay.ppf(p)) * factor for p in (0.02, 0.1, 0.5, 0.9, 0.99) for factor in (0.999, 1.0, 1.001)]
    draws = pay.posterior_draws(DRAWS)
    means = [each.mean() for each in draws]
    of_mean = interval(means, 0.9, pay.mean())
    for wage, answer in zip(wages, ask_everyone(pay, wages), strict=True):
        assert answer["mean"] == pytest.approx(pay.mean(), rel=SAME)
        assert answer["deviation"] == pytest.approx(pay.std(), rel=SAME)
        assert answer["percentiles"] == pytest.approx(pay.ppf(PERCENTILES).tolist(), rel=SAME)
        assert answer["part"] == pytest.approx(pay.cdf(wage), rel=SAME)
        assert answer["density"] == pytest.approx(pay.pdf(wage), rel=SAME)
        assert (answer["meanInterval"]["low"], answer["meanInterval"]["high"]) == pytest.approx(of_mean, rel=SAME)
        assert answer["printed"]["meanInterval"] == printed_interval(pay, means)
        of_part = interval([float(each.cdf(wage)) for each in draws], 0.9, pay.cdf(wage))
        assert (answer["partInterval"]["low"], answer["partInterval"]["high"]) == pytest.approx(of_part, rel=SAME)
