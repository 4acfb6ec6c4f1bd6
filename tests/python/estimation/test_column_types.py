"""One equation from columns of any type: text, flags and numbers of every library, declared levels, dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

import wagefit as wf
from wagefit.shared.columns import as_regressor

pytest.importorskip("formulaic")
pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")

LEVELS = ["low", "mid", "high"]


def people(n: int = 120) -> pd.DataFrame:
    """Plain columns of numbers, text and flags."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"x": rng.integers(0, 6, n), "z": rng.normal(size=n), "b": rng.random(n) < 0.4,
                          "g": rng.choice(LEVELS, n)})  # fmt: skip
    return frame.assign(wage=np.exp(10 + 0.1 * frame.x + 0.2 * (frame.g == "low") + rng.normal(0.0, 0.4, n)))


TYPES: dict[str, Callable[[pd.DataFrame], Any]] = {
    "nullable": pd.DataFrame.convert_dtypes,
    "arrow": lambda frame: frame.convert_dtypes(dtype_backend="pyarrow"),
    "objects": lambda frame: frame.astype(dict.fromkeys("xzbg", object)),
    "decimals": lambda frame: frame.assign(x=[Decimal(int(value)) for value in frame.x]),
    "arrow decimals": lambda frame: frame.assign(x=frame.x.astype(pd.ArrowDtype(pa.decimal128(25, 1)))),
    "large text": lambda frame: frame.assign(g=frame.g.astype(pd.ArrowDtype(pa.large_string()))),
    "sparse": lambda frame: frame.assign(x=pd.arrays.SparseArray(frame.x)),
    "polars": pl.from_pandas,
    "polars decimals": lambda frame: pl.from_pandas(frame).with_columns(pl.col("x").cast(pl.Decimal(5, 1))),
    "pyarrow": pa.Table.from_pandas,
}


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("formula", ["log(wage) ~ g*z + x + b", "log(wage) ~ 0 + g + x", "log(wage) ~ g + x:z + C(b)"])
def test_the_type_of_a_column_changes_nothing(name: str, formula: str) -> None:
    """The same terms and coefficients as plain columns give, and the same predictions in both directions."""
    frame = people()
    other = TYPES[name](frame)
    plain, fit = wf.estimate_factors(frame, formula), wf.estimate_factors(other, formula)
    assert fit.terms == plain.terms
    assert fit.coefficients == pytest.approx(plain.coefficients, rel=1e-12)
    assert plain.predict(other) == pytest.approx(plain.fittedvalues, rel=1e-12)
    assert fit.predict(frame) == pytest.approx(plain.fittedvalues, rel=1e-12)


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_missing_values_leave_numbers_and_flags_numeric(missing: Any) -> None:
    """Objects among which some are missing are what the others are, in every library."""
    frame = people()
    gaps = frame.astype(dict.fromkeys("xzbg", object))
    for j, name in enumerate("xzbg"):
        gaps.loc[3 * j : 3 * j + 4, name] = missing
    kept = frame.iloc[14:]
    formula = "log(wage) ~ g*z + x + b"
    expected = wf.estimate_factors(kept, formula)
    for table in (gaps, gaps.convert_dtypes(), pl.from_pandas(gaps.convert_dtypes())):
        fit = wf.estimate_factors(table, formula)
        assert (fit.terms, fit.dropped) == (expected.terms, 14)
        assert fit.coefficients == pytest.approx(expected.coefficients, rel=1e-12)


@pytest.mark.parametrize("formula", ["log(wage) ~ g*z", "log(wage) ~ 0 + g", "log(wage) ~ g:z", "log(wage) ~ C(g)*z"])
def test_levels_that_do_not_occur_are_none(formula: str) -> None:
    """Categories without a row, declared or left over from other rows, as if they had not been declared."""
    frame = people()
    some = frame[frame.g != "low"]
    for categories in (["none", "high", "low", "mid"], ["high", "mid", "low", "top"]):
        coded = some.assign(g=pd.Categorical(some.g, categories))
        fit, plain = wf.estimate_factors(coded, formula), wf.estimate_factors(some, formula)
        assert fit.terms == plain.terms
        assert fit.coefficients == pytest.approx(plain.coefficients, rel=1e-12)
        assert fit.predict(coded[coded.g == "mid"]) == pytest.approx(fit.fittedvalues[some.g == "mid"], rel=1e-12)


@pytest.mark.parametrize("formula", ["log(wage) ~ g", "log(wage) ~ g*z", "log(wage) ~ 0 + g", "log(wage) ~ C(g) + z"])
def test_declared_levels_keep_their_order(formula: str) -> None:
    """An enumeration of polars and a dictionary of pyarrow are as a categorical of pandas: its first is the reference.

    The dictionary comes in two chunks, each with a dictionary of its own.
    """
    frame = people()
    coded = frame.assign(g=pd.Categorical(frame.g, ["none", *LEVELS]))
    enumerated = pl.from_pandas(frame).with_columns(pl.col("g").cast(pl.Enum(["none", *LEVELS])))
    table = pa.Table.from_pandas(coded)
    plain = wf.estimate_factors(coded, formula)
    for other in (enumerated, table, pa.concat_tables([table[:50], table[50:]])):
        fit = wf.estimate_factors(other, formula)
        assert fit.terms == plain.terms
        assert fit.coefficients == pytest.approx(plain.coefficients, rel=1e-12)
        assert fit.predict(other) == pytest.approx(fit.fittedvalues, rel=1e-12)


@pytest.mark.parametrize("formula", ["log(wage) ~ day", "log(wage) ~ day*z", "day ~ z"])
def test_dates_are_no_numbers(formula: str) -> None:
    """A FactError names the column, in every library; what is made of dates may be a number."""
    frame = people()
    days = pd.Timestamp("2020-01-01") + pd.to_timedelta(frame.x * 40, "D")
    dated = frame.assign(day=days)
    for table in (dated, frame.assign(day=days.dt.date), pl.from_pandas(dated)):
        with pytest.raises(wf.FactError, match="day holds dates or times"):
            wf.estimate_factors(table, formula)
    fit = wf.estimate_factors(dated, "log(wage) ~ {(day - day.min()).dt.days}")
    assert fit.coefficients[1] == pytest.approx(wf.estimate_factors(frame, "log(wage) ~ x").coefficients[1] / 40)


def test_no_two_terms_have_one_name() -> None:
    """A column that is called as the constant is refused beside it."""
    frame = people().assign(Intercept=1.5)
    with pytest.raises(wf.FactError, match="two terms of the equation are called 'Intercept'"):
        wf.estimate_factors(frame, "log(wage) ~ Intercept")
    assert wf.estimate_factors(frame, "log(wage) ~ 0 + Intercept").terms == ("Intercept",)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([True, np.bool_(False)], "b"),
        ([1, True, np.int64(3)], "i"),
        ([1, Decimal("2.5")], "f"),
        ([1.0, 10**30], "f"),
        ([1, 2**63], "f"),
        (["1", 2], "O"),
        ([dt.date(2020, 1, 1)], "O"),
        ([], "O"),
    ],
)
def test_objects_are_what_all_of_them_are(values: list[Any], kind: str) -> None:
    """Flags, whole numbers, floats, or objects."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    assert as_regressor(column).dtype.kind == kind
