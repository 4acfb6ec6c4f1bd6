"""Facts: what is wrong with them is named, and every form of the same figure is the same fact."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import wagefit as wf
from wagefit.facts.facts import read_facts

from ..cells import PERCENTILES, TECHNICIANS, read_only

WAGES = (26_550, 32_070, 40_350, 52_730, 66_260)

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
    "German text as mean": ({"mean": "44.010,50", "quantiles": {0.9: 1}}, ("'44.010,50'", "expected one number")),
    "text as wage": ({"mean": 1, "quantiles": {0.9: "x"}}, ("quantiles[0.9] is 'x'", "expected one number")),
    "top code as wage": ({"mean": 1, "quantiles": {0.9: "#"}}, ("quantiles[0.9] is '#'", "belongs in at_least")),
    "masked mean": ({"mean": np.ma.masked, "quantiles": {0.9: 1}}, ("mean is masked", "expected one number")),
    "masked wage": (
        {"mean": 1, "quantiles": ([0.5, 0.9], np.ma.array([1, 2], mask=[False, True]))},
        ("quantiles[0.9] is nan", "expected a finite wage"),
    ),
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


def test_meaning_comes_before_feasibility() -> None:
    """Facts that are wrong by themselves are FactErrors even where they also contradict each other."""
    with pytest.raises(wf.FactError, match="finite wage above 0") as caught:
        wf.fit(mean=-1, quantiles={0.1: 3, 0.9: 2})
    assert type(caught.value) is wf.FactError


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


@pytest.mark.parametrize("name", ["mean_rse", "employment", "rounding"])
def test_the_least_precision_that_is_accepted_is_zero(name: str) -> None:
    """A mean of everyone has no sampling error, small groups are rounded to 0 people, and exact figures by nothing."""
    assert getattr(read_facts(**TECHNICIANS, **{name: 0}), name) == 0.0


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
