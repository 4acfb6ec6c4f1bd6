"""Published statements: which are understood, which are refused, and with what words."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import wagefit as wf
from wagefit import _core
from wagefit.facts.facts import read_facts

from ..cells import PERCENTILES, TECHNICIANS
from ..oracles import mean_interval, programmed_mean_interval
from ..strategies import powers, probabilities

WAGES = (26_550, 32_070, 40_350, 52_730, 66_260)

# The interior-point and simplex solvers of HiGHS accept constraints violated by 1e-7 in units of the median wage.
PROGRAM = 1e-5
# The sums of at most 13 products that make up the ends of a feasible interval.
SUM = 13 * np.finfo(float).eps


# -- facts that are wrong by themselves ------------------------------------------------------------------------------

WRONG: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "nothing": ({}, ("no quantiles and no mean", "expected at least two quantiles")),
    "the mean alone": ({"mean": 44_010}, ("mean alone", "expected at least one quantile")),
    "one quantile alone": (
        {"quantiles": {0.5: 40_350}},
        ("one quantile alone", "expected a second quantile or the mean"),
    ),
    "empty mapping": ({"quantiles": {}}, ("no quantiles and no mean",)),
    "empty arrays": ({"quantiles": ([], [])}, ("no quantiles and no mean",)),
    "NaN mean": ({"mean": np.nan, "quantiles": {0.9: 1.0}}, ("mean is nan", "finite wage above 0")),
    "infinite mean": ({"mean": np.inf, "quantiles": {0.9: 1.0}}, ("mean is inf", "finite wage above 0")),
    "negative mean": ({"mean": -44_010, "quantiles": {0.9: 1.0}}, ("mean is -44,010", "finite wage above 0")),
    "zero mean": ({"mean": 0, "quantiles": {0.9: 1.0}}, ("mean is 0", "finite wage above 0")),
    "NaN wage": ({"mean": 1, "quantiles": {0.9: np.nan}}, ("quantiles[0.9] is nan", "finite wage above 0")),
    "infinite wage": ({"mean": 1, "quantiles": {0.9: np.inf}}, ("quantiles[0.9] is inf", "finite wage above 0")),
    "negative wage": ({"mean": 1, "quantiles": {0.9: -66_260}}, ("quantiles[0.9] is -66,260", "finite wage above 0")),
    "zero wage": ({"mean": 1, "quantiles": {0.9: 0}}, ("quantiles[0.9] is 0", "finite wage above 0")),
    "negative wage in the middle": (
        {"mean": 2, "quantiles": {0.1: 1, 0.5: -2, 0.9: 3}},
        ("quantiles[0.5] is -2", "finite wage above 0"),
    ),
    "p of 0": ({"mean": 1, "quantiles": {0: 1}}, ("quantiles has the probability 0", "inside (0, 1)")),
    "p of 1": ({"mean": 1, "quantiles": {1.0: 1}}, ("quantiles has the probability 1", "inside (0, 1)")),
    "p in percent": ({"mean": 1, "quantiles": {90: 1}}, ("quantiles has the probability 90", "inside (0, 1)")),
    "negative p": ({"mean": 1, "quantiles": {-0.1: 1}}, ("quantiles has the probability -0.1", "inside (0, 1)")),
    "NaN p": ({"mean": 1, "quantiles": {np.nan: 1}}, ("quantiles has the probability nan", "inside (0, 1)")),
    "p twice": (
        {"mean": 1, "quantiles": ([0.5, 0.5], [1, 2])},
        ("quantiles has the probability 0.5 twice", "expected each probability once"),
    ),
    "p in quantiles and at_least": (
        {"mean": 1, "quantiles": {0.5: 1}, "at_least": {0.5: 1}},
        ("probability 0.5 is in both quantiles and at_least", "expected it in one"),
    ),
    "mean in both": (
        {"mean": 1, "quantiles": {0.5: 1}, "at_least": {"mean": 1}},
        ("mean is in both mean and at_least", "expected it in one"),
    ),
    "NaN bound": ({"mean": 1, "quantiles": {0.5: 1}, "at_least": {0.9: np.nan}}, ("at_least[0.9] is nan", "above 0")),
    "negative bound": ({"mean": 1, "quantiles": {0.5: 1}, "at_least": {0.9: -2}}, ("at_least[0.9] is -2", "above 0")),
    "bound at p of 1": ({"mean": 1, "quantiles": {0.5: 1}, "at_least": {1: 2}}, ("at_least has the probability 1",)),
    "NaN bound of the mean": (
        {"quantiles": {0.5: 1}, "at_least": {"mean": np.nan}},
        ("at_least['mean'] is nan", "finite wage above 0"),
    ),
    "text as mean": ({"mean": "44,010", "quantiles": {0.9: 1}}, ("mean is '44,010'", "expected one number")),
    "text as wage": ({"mean": 1, "quantiles": {0.9: "#"}}, ("quantiles[0.9] is '#'", "expected one number")),
    "text as p": ({"mean": 1, "quantiles": {"90%": 1}}, ("'90%'", "expected one number")),
    "text as quantiles": ({"mean": 1, "quantiles": "all"}, ("quantiles is 'all'", "expected a mapping")),
    "text among wages": ({"mean": 1, "quantiles": ([0.5, 0.9], [1, "#"])}, ("values of quantiles", "expected numbers")),
    "text as bound": ({"mean": 1, "quantiles": {0.5: 1}, "at_least": {0.9: "#"}}, ("at_least[0.9] is '#'",)),
    "text as key of a bound": ({"mean": 1, "quantiles": {0.5: 1}, "at_least": {"median": 1}}, ("'median'",)),
    "bool as mean": ({"mean": True, "quantiles": {0.9: 1}}, ("mean is True", "expected one number")),
    "bool as wage": ({"mean": 1, "quantiles": {0.9: True}}, ("quantiles[0.9] is True", "expected one number")),
    "bools as wages": (
        {"mean": 1, "quantiles": ([0.5, 0.9], [True, True])},
        ("values of quantiles", "expected numbers"),
    ),
    "complex wage": ({"mean": 1, "quantiles": {0.9: 1 + 1j}}, ("quantiles[0.9] is (1+1j)", "expected one number")),
    "None as wage": ({"mean": 1, "quantiles": {0.9: None}}, ("quantiles[0.9] is None", "expected one number")),
    "array as mean": ({"mean": [1.0, 2.0], "quantiles": {0.9: 1}}, ("mean is [1.0, 2.0]", "expected one number")),
    "lengths differ": ({"mean": 1, "quantiles": ([0.5, 0.9], [1])}, ("shape (2,)", "shape (1,)", "same length")),
    "two-dimensional": ({"mean": 1, "quantiles": ([[0.5, 0.9]], [[1, 2]])}, ("shape (1, 2)", "same length")),
    "ragged": ({"mean": 1, "quantiles": ([0.5, 0.9], [[1], [2, 3]])}, ("values of quantiles", "regular array")),
    "three arrays": ({"mean": 1, "quantiles": ([0.5], [1], [2])}, ("quantiles is", "a pair of arrays")),
    "a lone array": ({"mean": 1, "quantiles": np.array([0.5, 1.0])}, ("quantiles is", "a pair of arrays")),
    "negative lower": ({**TECHNICIANS, "lower": -1}, ("lower is -1", "at least 0")),
    "NaN lower": ({**TECHNICIANS, "lower": np.nan}, ("lower is nan", "at least 0")),
    "infinite lower": ({**TECHNICIANS, "lower": np.inf}, ("lower is inf", "at least 0")),
    "upper below lower": (
        {**TECHNICIANS, "lower": 15_080, "upper": 15_000},
        ("upper is 15,000", "above lower, 15,080"),
    ),
    "upper equal to lower": ({**TECHNICIANS, "lower": 15_080, "upper": 15_080}, ("upper is 15,080", "above lower")),
    "NaN upper": ({**TECHNICIANS, "upper": np.nan}, ("upper is nan", "above lower")),
    "text as upper": ({**TECHNICIANS, "upper": "none"}, ("upper is 'none'", "expected one number")),
    "negative RSE": ({**TECHNICIANS, "mean_rse": -0.4}, ("mean_rse is -0.4", "at least 0")),
    "NaN RSE": ({**TECHNICIANS, "mean_rse": np.nan}, ("mean_rse is nan", "at least 0")),
    "negative employment": ({**TECHNICIANS, "employment": -1}, ("employment is -1", "at least 0")),
    "infinite employment": ({**TECHNICIANS, "employment": np.inf}, ("employment is inf", "finite")),
    "negative rounding": ({**TECHNICIANS, "rounding": -10}, ("rounding is -10", "at least 0")),
    "unknown family": ({**TECHNICIANS, "family": "normal"}, ("family is 'normal'", "'curve'", "'lognormal'")),
    "list as family": ({**TECHNICIANS, "family": ["curve"]}, ("family is ['curve']", "'curve'")),
    "number as unit": ({**TECHNICIANS, "unit": 2080}, ("unit is 2080", "'USD/year'")),
}


@pytest.mark.parametrize(("arguments", "words"), WRONG.values(), ids=WRONG)
def test_wrong_facts_are_named(arguments: dict[str, Any], words: tuple[str, ...]) -> None:
    """FactError, a ValueError, whose message has the argument, its value and what was expected."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the exact type and the message are checked below
        wf.fit(**arguments)
    assert type(caught.value) is wf.FactError
    assert [word for word in words if word not in str(caught.value)] == []


def test_positional_facts_are_refused() -> None:
    """Two numbers in the wrong order would still be a wage distribution."""
    with pytest.raises(TypeError, match="positional"):
        wf.fit(44_010, {0.9: 63_820})  # type: ignore[misc]


def test_errors_form_the_documented_hierarchy() -> None:
    assert wf.FactError.__bases__ == (ValueError,)
    assert wf.InfeasibleError.__bases__ == (wf.FactError,)
    assert wf.ConvergenceError.__bases__ == (RuntimeError,)
    assert {error.__module__ for error in (wf.FactError, wf.InfeasibleError, wf.ConvergenceError)} == {"wagefit"}


# -- facts that contradict each other --------------------------------------------------------------------------------

CLASHES: dict[
    str, tuple[dict[str, Any], str, tuple[float, float] | None, tuple[float, float] | None, tuple[str, ...]]
] = {
    "decreasing quantiles": (
        {
            "mean": 58_950,
            "quantiles": dict(zip(PERCENTILES, (20_883.2, 29_099.2, 46_176.0, 96_491.2, 20_779.2), strict=True)),
        },
        "decreasing_quantiles",
        (0.75, 0.9),
        None,
        ("quantiles[0.75] = 96,491.20", "quantiles[0.9] = 20,779.20", "ascend"),
    ),
    "mean below what the percentiles allow": (  # 1998, code 41000: the median printed as the mean
        {"mean": 18_500, "quantiles": dict(zip(PERCENTILES, (12_180, 13_540, 18_500, 30_850, 49_800), strict=True))},
        "mean_too_low",
        None,
        mean_interval(PERCENTILES, (12_180, 13_540, 18_500, 30_850, 49_800)),
        ("mean is 18,500", "lower than the percentiles allow", "above 19,444.50"),
    ),
    "mean equal to its least": (
        {"mean": 90.0, "quantiles": {0.1: 100.0}},
        "mean_too_low",
        None,
        (90.0, np.inf),
        ("mean is 90", "above 90"),
    ),
    "mean above what the support allows": (
        {"mean": 75.0, "quantiles": {0.5: 50.0}, "upper": 100.0},
        "mean_too_high",
        None,
        (25.0, 75.0),
        ("mean is 75", "higher than the facts allow", "inside (25, 75)"),
    ),
    "mean bounded above what the support allows": (
        {"quantiles": {0.5: 50.0}, "at_least": {"mean": 80.0}, "upper": 100.0},
        "bounded_mean_too_high",
        None,
        (25.0, 75.0),
        ("at_least['mean'] is 80", "inside (25, 75)"),
    ),
    "mean below what a bound allows": (
        {"mean": 60.0, "quantiles": {0.1: 50.0}, "at_least": {0.2: 100.0}},
        "mean_too_low",
        None,
        (85.0, np.inf),
        ("mean is 60", "above 85"),
    ),
    "quantile below an earlier bound": (
        {"mean": 60.0, "quantiles": {0.1: 10.0, 0.9: 70.0}, "at_least": {0.5: 80.0}},
        "quantile_below_bound",
        (0.5, 0.9),
        None,
        ("quantiles[0.9] = 70", "at_least[0.5] = 80"),
    ),
    "quantile below the support": (
        {**TECHNICIANS, "lower": 30_000},
        "outside_support",
        (0.1, 0.1),
        None,
        ("quantiles[0.1] = 26,550", "outside the support", "[30,000, inf]"),
    ),
    "quantile above the support": (
        {**TECHNICIANS, "upper": 60_000},
        "outside_support",
        (0.9, 0.9),
        None,
        ("quantiles[0.9] = 66,260", "outside the support", "[0, 60,000]"),
    ),
    "bound above the support": (
        {"mean": 20.0, "quantiles": {0.1: 10.0}, "at_least": {0.5: 80.0}, "upper": 60.0},
        "outside_support",
        (0.5, 0.5),
        None,
        ("at_least[0.5] = 80", "[0, 60]"),
    ),
}


@pytest.mark.parametrize(("arguments", "reason", "probabilities", "interval", "words"), CLASHES.values(), ids=CLASHES)
def test_contradictions_carry_a_certificate(
    arguments: dict[str, Any],
    reason: str,
    probabilities: tuple[float, float] | None,
    interval: tuple[float, float] | None,
    words: tuple[str, ...],
) -> None:
    """InfeasibleError names the facts that clash, or the interval the mean would have to be in."""
    with pytest.raises(wf.InfeasibleError) as caught:
        wf.fit(**arguments)
    assert [word for word in words if word not in str(caught.value)] == []
    certificate = caught.value.certificate
    assert (certificate.reason, certificate.probabilities) == (reason, probabilities)
    assert (certificate.mean_interval is None) == (interval is None)
    if interval is not None:
        assert certificate.mean_interval == pytest.approx(interval, rel=SUM)


def test_certificate_survives_pickling() -> None:
    """Errors cross process boundaries."""
    with pytest.raises(wf.InfeasibleError) as caught:
        wf.fit(mean=18_500, quantiles=dict(zip(PERCENTILES, (12_180, 13_540, 18_500, 30_850, 49_800), strict=True)))
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is wf.InfeasibleError
    assert (str(again), again.certificate) == (str(caught.value), caught.value.certificate)


def test_meaning_comes_before_feasibility() -> None:
    """Facts that are wrong by themselves are FactErrors even where they also contradict each other."""
    with pytest.raises(wf.FactError, match="finite wage above 0") as caught:
        wf.fit(mean=-1, quantiles={0.1: 3, 0.9: 2})
    assert type(caught.value) is wf.FactError


# -- forms in which the same facts may come --------------------------------------------------------------------------


def read_only(values: Any) -> np.ndarray:
    array = np.array(values, dtype=float)
    array.setflags(write=False)
    return array


FORMS: dict[str, Any] = {
    "mapping": dict(zip(PERCENTILES, WAGES, strict=True)),
    "mapping in another order": dict(reversed(list(zip(PERCENTILES, WAGES, strict=True)))),
    "mapping of numpy scalars": {np.float64(p): np.int32(q) for p, q in zip(PERCENTILES, WAGES, strict=True)},
    "mapping of 0-d arrays": {p: np.array(q) for p, q in zip(PERCENTILES, WAGES, strict=True)},
    "lists": (list(PERCENTILES), list(WAGES)),
    "list of lists": [list(PERCENTILES), list(WAGES)],
    "arrays in another order": (np.array(PERCENTILES)[::-1], np.array(WAGES)[::-1]),
    "integer array": (np.array(PERCENTILES), np.array(WAGES, dtype=np.int32)),
    "unsigned array": (np.array(PERCENTILES), np.array(WAGES, dtype=np.uint32)),
    "float32 wages": (np.array(PERCENTILES), np.array(WAGES, dtype=np.float32)),
    "object array": (np.array(PERCENTILES, dtype=object), np.array(WAGES, dtype=object)),
    "read-only arrays": (read_only(PERCENTILES), read_only(WAGES)),
    "strided arrays": (np.repeat(PERCENTILES, 3)[::3], np.repeat(np.array(WAGES, dtype=float), 2)[::2]),
    "big-endian arrays": (np.array(PERCENTILES, dtype=">f8"), np.array(WAGES, dtype=">f8")),
    "series": (pd.Series(PERCENTILES), pd.Series(WAGES, index=list("abcde"))),
    "series of nullable integers": (pd.Series(PERCENTILES), pd.Series(WAGES, dtype="Int64")),
}


@pytest.mark.parametrize("quantiles", FORMS.values(), ids=FORMS)
def test_every_form_of_the_same_quantiles_is_the_same_fact(quantiles: Any) -> None:
    """The wages are small integers, hence the same number in every type."""
    expected = wf.fit(**TECHNICIANS)
    fitted = wf.fit(mean=44_010, quantiles=quantiles)
    assert fitted.diagnostics.facts == expected.diagnostics.facts
    np.testing.assert_array_equal(fitted.ppf(np.linspace(0, 1, 101)), expected.ppf(np.linspace(0, 1, 101)))


@pytest.mark.parametrize(
    "mean", [44_010, 44_010.0, np.float32(44_010), np.int64(44_010), np.array(44_010), pd.Series([44_010])[0]]
)
def test_every_form_of_the_same_mean_is_the_same_fact(mean: Any) -> None:
    assert wf.fit(**{**TECHNICIANS, "mean": mean}).diagnostics.facts == wf.fit(**TECHNICIANS).diagnostics.facts


def test_arguments_are_not_changed() -> None:
    p, q = np.array([0.9, 0.1]), np.array([66_260.0, 26_550.0])
    at_least = {0.5: 40_000, "mean": 40_000}
    wf.fit(quantiles=(p, q), at_least=at_least)
    np.testing.assert_array_equal(p, [0.9, 0.1])
    np.testing.assert_array_equal(q, [66_260.0, 26_550.0])
    assert at_least == {0.5: 40_000, "mean": 40_000}


def test_facts_are_kept_as_given() -> None:
    """The precision with which figures were published does not move the point curve, but it is not lost."""
    facts = read_facts(**TECHNICIANS, mean_rse=0.4, employment=208_650, rounding=10, lower=15_080, unit="USD/year")
    assert facts.quantiles == tuple(zip(PERCENTILES, WAGES, strict=True))
    assert (facts.mean, facts.mean_rse, facts.employment, facts.rounding) == (44_010, 0.4, 208_650, 10)
    assert (facts.lower, facts.upper, facts.unit, facts.at_least, facts.mean_at_least) == (
        15_080,
        np.inf,
        "USD/year",
        (),
        None,
    )


# -- feasibility against linear programming --------------------------------------------------------------------------


def core_facts(
    quantiles: dict[float, float], at_least: dict[float, float], mean: float | None, lower: float, upper: float
) -> _core.Facts:
    """The core's facts, as fit makes them."""
    return read_facts(quantiles=quantiles, at_least=at_least, mean=mean, lower=lower, upper=upper).core


@st.composite
def any_facts(draw: st.DrawFn) -> tuple[dict[float, float], dict[float, float], float, float]:
    """Quantiles and bounds, each meaningful by itself, in harmony or not, and a support."""
    p = draw(probabilities(most=6))
    unit = draw(powers(-3, 9))
    wages = draw(st.lists(st.integers(1, 20), min_size=len(p), max_size=len(p)))
    if draw(st.booleans()):
        wages = sorted(wages)
    is_bound = draw(
        st.lists(st.booleans(), min_size=len(p), max_size=len(p)).filter(lambda flags: flags.count(False) >= 2)
    )
    quantiles = {one: unit * wage for one, wage, bound in zip(p, wages, is_bound, strict=True) if not bound}
    at_least = {one: unit * wage for one, wage, bound in zip(p, wages, is_bound, strict=True) if bound}
    lower = draw(st.one_of(st.just(0.0), st.integers(1, 6).map(lambda k: unit * k)))
    upper = draw(st.one_of(st.just(np.inf), st.integers(12, 40).map(lambda k: unit * k)))
    return quantiles, at_least, lower, upper


@given(any_facts())
def test_feasible_means_are_those_of_a_linear_program(
    facts: tuple[dict[float, float], dict[float, float], float, float],
) -> None:
    """Both ends of the interval, and the clash where there is none."""
    quantiles, at_least, lower, upper = facts
    verdict = _core.check_feasibility(core_facts(quantiles, at_least, None, lower, upper))
    programmed = programmed_mean_interval(tuple(quantiles.items()), tuple(at_least.items()), lower, upper)
    assert verdict.feasible == (programmed is not None), verdict.reason
    if programmed is not None:
        assert verdict.mean_interval == pytest.approx(programmed, rel=PROGRAM)


@given(any_facts(), st.floats(-1.0, 2.0))
@example(({0.1: 1.0, 0.9: 9.0}, {0.5: 4.0}, 0.0, np.inf), 0.5)
@example(({0.1: 1.0, 0.9: 1.0}, {}, 1.0, np.inf), -0.5)
def test_fit_refuses_exactly_what_no_distribution_satisfies(
    facts: tuple[dict[float, float], dict[float, float], float, float], position: float
) -> None:
    """With a mean inside, below or above the feasible interval, not nearer to an end than the program can tell."""
    quantiles, at_least, lower, upper = facts
    interval = programmed_mean_interval(tuple(quantiles.items()), tuple(at_least.items()), lower, upper)
    low, high = interval if interval is not None else (min(quantiles.values()), max(quantiles.values()))
    mean = low + position * (min(high, 3.0 * low) - low)
    margin = 10 * PROGRAM * max(quantiles.values())
    assume(mean > 0.0 and abs(mean - low) > margin and abs(mean - high) > margin and high - low > 3 * margin)
    is_possible = interval is not None and low < mean < high
    arguments = {"mean": mean, "quantiles": quantiles, "at_least": at_least, "lower": lower, "upper": upper}
    if not is_possible:
        with pytest.raises(wf.InfeasibleError) as caught:
            wf.fit(**arguments)
        assert caught.value.certificate.reason in {reason.name for reason in _core.Infeasibility}
        return
    fitted = wf.fit(**arguments)
    assert fitted.mean() == pytest.approx(mean, rel=1e-10)
    assert all(fitted.ppf(p) == pytest.approx(q, rel=1e-10) for p, q in quantiles.items())
    assert all(fitted.ppf(p) >= q * (1 - 1e-10) for p, q in at_least.items())


@given(st.floats(0.0, 0.5), st.floats(0.0, 0.5))
def test_a_bound_raises_only_the_least_mean(first: float, second: float) -> None:
    """DESIGN: at_least raises the lower end of the feasible interval and leaves the upper one."""
    quantiles = {0.1: 1.0, 0.95: 3.0}
    free = _core.check_feasibility(core_facts(quantiles, {}, None, 0.0, 10.0)).mean_interval
    bounded = _core.check_feasibility(
        core_facts(quantiles, {0.3: 1.0 + first, 0.6: 1.0 + first + second}, None, 0.0, 10.0)
    )
    extra = 0.3 * first + 0.35 * (first + second)
    assert bounded.mean_interval == pytest.approx((free[0] + extra, free[1]), rel=SUM)
