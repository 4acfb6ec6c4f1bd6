"""A list of staff placed against the market: as each person alone, whatever the order, and never by a wrong number."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wagefit as wf
from wagefit import oews
from wagefit.decisions import RankedStaff, market_rows, staff
from wagefit.decisions.market import fit_markets, known_range
from wagefit.decisions.paid_hours import comparable_wages
from wagefit.decisions.placing import places_of

OCCUPATIONS = ("29-1141", "47-2111", "15-1252", "29-2072", "43-4051")
PLACES = ("NJ", "California", "US", "")


def table(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame(columns)


def ranked(**columns: Any) -> RankedStaff:
    return wf.rank_staff(table(**columns), draws=20)


def only(result: RankedStaff) -> dict[str, Any]:
    return {name: column[0] for name, column in result.columns.items()}


def many(n: int, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return table(
        occupation=rng.choice(OCCUPATIONS, n), state=rng.choice(PLACES, n), wage=rng.lognormal(11.1, 0.4, n).round()
    )


# -- each person as alone ------------------------------------------------------------------------------------------


def test_everybody_stands_where_rank_puts_a_wage() -> None:
    """`rank` is the oracle: another path, which fits one row by `fit`; to rounding."""
    staff = many(40)
    result = wf.rank_staff(staff, draws=0)
    for i, (occupation, state, wage) in enumerate(staff.itertuples(index=False)):
        alone = wf.rank(wage, occupation=occupation, state=state or None)
        assert result.columns["percentile"][i] == pytest.approx(100 * alone.percentile, abs=1e-9)
        assert result.columns["compa_ratio"][i] == pytest.approx(alone.ratio, rel=1e-12)
        assert result.columns["market_area"][i] == alone.cell.area_title


def test_intervals_are_those_of_rank() -> None:
    """The draws are those of `credible`, of the same number and seed; to rounding of the percentages."""
    wages = np.linspace(60_000, 180_000, 50)
    result = wf.rank_staff(table(code=["29-1141"] * 50, state=["NJ"] * 50, wage=wages[::-1]), draws=400)
    for i, wage in enumerate(wages[::-1]):
        ends = wf.rank(wage, occupation="29-1141", state="NJ").interval
        found = result.columns["percentile_low"][i], result.columns["percentile_high"][i]
        np.testing.assert_allclose(found, 100 * np.array(ends), atol=1e-9)


def test_rows_fitted_together_are_those_fitted_alone() -> None:
    cells = [oews.cell(code, area=area) for code in OCCUPATIONS for area in ("NJ", "US")]
    together = fit_markets([*cells, oews.cell("actors"), oews.cell("29-1061", year=2018)])
    for cell, pay in zip(cells, together, strict=False):
        like = None if cell.is_national else wf.fit(oews.cell(cell.occupation, year=cell.year))
        assert pay == wf.fit(cell, like=like)
    assert [pay.unit for pay in together[-2:] if pay is not None] == ["USD/hour", "USD/year"]


@given(st.permutations(range(12)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_the_staff_does_not_matter(order: list[int]) -> None:
    staff = many(12).assign(wage=lambda each: each["wage"].astype(object))
    staff.loc[3, "wage"] = "unknown"
    straight, mixed = wf.rank_staff(staff, draws=0), wf.rank_staff(staff.iloc[order], draws=0)
    for name, column in straight.columns.items():
        assert pd.Series(column[order]).equals(pd.Series(mixed.columns[name]))


@given(p=st.lists(st.floats(0.001, 0.999), min_size=1, max_size=20))
@settings(max_examples=20, deadline=None)
def test_the_rank_of_a_percentile_is_its_probability(p: list[float]) -> None:
    pay = wf.fit(oews.cell("47-2111"))
    result = wf.rank_staff(table(occupation=["47-2111"] * len(p), wage=pay.ppf(p)), draws=10)
    np.testing.assert_allclose(result.columns["percentile"], 100 * np.array(p), atol=1e-7)
    assert (result.columns["percentile_low"] <= result.columns["percentile"]).all()
    assert (result.columns["percentile"] <= result.columns["percentile_high"]).all()


@given(
    published=st.dictionaries(st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9]), st.integers(1, 9), max_size=5),
    bounds=st.dictionaries(st.sampled_from([0.25, 0.5, 0.75, 0.9]), st.integers(1, 9), max_size=3),
    wage=st.integers(1, 9),
)
def test_the_known_range_by_brute_force(published: dict[float, int], bounds: dict[float, int], wage: int) -> None:
    """At least the p of every percentile that is at most the wage; at most that of every one that is above it."""
    low, high = known_range({"quantiles": published, "at_least": bounds}, np.array([float(wage)]))
    assert low[0] == max([0.0, *(p for p, each in published.items() if each <= wage)])
    above = [p for facts in (published, bounds) for p, each in facts.items() if each > wage]
    assert high[0] == min([1.0, *above])


# -- ties, top codes, hours ----------------------------------------------------------------------------------------


def test_a_tie_is_a_range() -> None:
    """Chiropractors in New Jersey, May 2025: median and P75 are both 134,990."""
    row = only(ranked(occupation=["chiropractors"], state=["NJ"], wage=[134_990]))
    assert row["status"] == "tied"
    assert (row["percentile_low"], row["percentile_high"]) == (pytest.approx(50.0), pytest.approx(75.0))


def test_above_a_top_code_only_a_range_is_known() -> None:
    """Anesthesiologists of May 2018: P10 is 133,080, all others are # (208,000 and more)."""
    row = only(ranked(occupation=["29-1061"], wage=[300_000], year=[2018]))
    assert row["status"] == "top-coded"
    assert np.isnan([row["percentile"], row["market_median"], row["compa_ratio"]]).all()
    assert (row["percentile_low"], row["percentile_high"]) == (10.0, 100.0)
    assert row["note"] == "above the top code, $208,000"


def test_hours_make_wages_comparable() -> None:
    result = ranked(
        code=["47-2111", "47-2111", "47-2111", "25-2021", "25-2021", "27-2011"],
        pay=["80,000", "40,000", "38.50", "70000", "50", "20000"],
        hours=[None, 20, 1000, 38, 1400, 1000],
        unit=["", "year", "hour", "", "hourly", "annual"],
        year=[2018, 2018, 2018, 2018, 2018, 2018],
    )
    expected = [80_000, 40_000 * 2080 / 1040, 38.5 * 2080, 70_000, 50 * 1400, 20_000 / 1000]
    np.testing.assert_allclose(result.columns["market_wage"], expected, rtol=1e-14)  # one or two roundings


def test_wages_by_the_hour_and_the_year_meet_at_full_time() -> None:
    """wage x 2080 of an hour, and wage x 2080 / hours of a year, are the same job's pay."""
    hours = np.array([500.0, 1040.0, 2080.0, 2500.0])
    no, yes = np.zeros(4, dtype=bool), np.ones(4, dtype=bool)
    by_hour = comparable_wages(np.full(4, 30.0), yes, hours, no, no)
    by_year = comparable_wages(30.0 * hours, no, hours, no, no)
    np.testing.assert_allclose(by_hour, by_year, rtol=1e-15)


# -- what cannot be placed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"occupation": ["29-1141"], "wage": ["52k"]}, "wage is '52k'; expected a number"),
        ({"occupation": ["29-1141"], "wage": [None]}, "wage is missing; expected a number"),
        ({"occupation": ["29-1141"], "wage": [-4.0]}, "wage is -4; expected a wage above 0"),
        ({"occupation": ["29-1141"], "wage": [np.inf]}, "wage is inf; expected a wage above 0"),
        ({"occupation": [None], "wage": [50_000]}, "occupation is missing; expected a code or title"),
        ({"occupation": ["wizard"], "wage": [50_000]}, "occupation is 'wizard'; expected a code or title"),
        ({"occupation": ["29-1141"], "state": ["Jersey"], "wage": [50_000]}, "area is 'Jersey'"),
        ({"occupation": ["actors"], "state": ["NY"], "wage": [25]}, "there is no row of occupation 27-2011"),
        ({"occupation": ["29-1141"], "wage": [50_000], "year": [1066]}, "year is 1066"),
        ({"occupation": ["29-1141"], "wage": [50_000], "year": ["soon"]}, "year is 'soon'; expected a number"),
        ({"occupation": ["29-1141"], "wage": [50_000], "hours": [90]}, "hours is 90; expected paid hours of a year"),
        ({"occupation": ["29-1141"], "wage": [50_000], "unit": ["week"]}, "unit is 'week'; expected USD/year"),
        ({"occupation": ["25-2021"], "wage": [50], "unit": ["hour"]}, "published by the year alone"),
        ({"occupation": ["27-2011"], "wage": [50_000]}, "published by the hour alone"),
        ({"occupation": ["47-2111"], "wage": [30]}, "$30 beside a median of $63,190"),
    ],
)
def test_whoever_cannot_be_placed_has_the_reason(columns: dict[str, list[Any]], reason: str) -> None:
    """Beside a colleague who is placed; nothing is raised and no figure is given."""
    both = {name: [*values, *values] for name, values in columns.items()}
    both |= {"occupation": [*columns["occupation"], "29-1141"], "wage": [*columns["wage"], 90_000]}
    for name in ("state", "year", "hours", "unit"):
        if name in both:
            both[name][1] = None
    result = ranked(**both)
    assert result.columns["status"].tolist() == ["not placed", "placed"]
    assert reason in result.columns["note"][0]
    figures = ("percentile", "percentile_low", "percentile_high", "compa_ratio", "market_wage")
    assert np.isnan([result.columns[name][0] for name in figures]).all()


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.lists(st.integers(), max_size=2),
    st.decimals(),
    st.sampled_from(
        ["29-1141", "Electricians", "NJ", "$52,000", "1e5", 2018, "hour", 40, np.float32(1.5), pd.NA, pd.NaT]
    ),
)


@given(rows=st.lists(st.tuples(*[ANYTHING] * 6), min_size=1, max_size=6))
@settings(max_examples=50, deadline=None)
def test_no_row_raises_whatever_it_holds(rows: list[tuple[Any, ...]]) -> None:
    """Beside a colleague who is placed as she is alone."""
    names = ["occupation", "state", "wage", "year", "hours", "unit"]
    colleague = ("29-1141", "NJ", 99_710.0, None, None, None)
    staff = pd.DataFrame([*rows, colleague], columns=names, dtype=object)
    result = wf.rank_staff(staff, draws=0)
    assert result.columns["percentile"][-1] == pytest.approx(25.0, abs=1e-7)
    is_placed = result.columns["status"] != "not placed"
    assert (is_placed | (result.columns["note"] != "")).all()
    assert not np.isnan(result.columns["market_wage"][is_placed]).any()
    assert np.isnan(result.columns["percentile"][~is_placed]).all()


@pytest.mark.parametrize(
    ("staff", "message"),
    [
        (table(wage=[1.0]), "no column of occupations"),
        (table(occupation=["29-1141"]), "no column of wages"),
        (table(occupation=["29-1141"], salary=[1.0], **{"hourly rate": [1.0]}), "'salary' and 'hourly rate'"),
        (table(occupation=["29-1141"], wage=[1.0], percentile=[1.0]), "column 'percentile'"),
        (3, "frame is int"),
    ],
)
def test_a_list_without_the_needed_columns_is_refused(staff: Any, message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        wf.rank_staff(staff)


# -- the summary ---------------------------------------------------------------------------------------------------


def test_the_summary_by_brute_force() -> None:
    staff = many(300)
    result = wf.rank_staff(staff, draws=0)
    summary = result.summary(backend="pandas").set_index("occupation")
    frame = result.to_frame()
    assert summary.loc["", "people"] == 300
    for code in OCCUPATIONS:
        rows = frame[frame["market_code"] == code]
        assert summary.loc[code, "people"] == len(rows)
        assert summary.loc[code, "median_compa_ratio"] == pytest.approx(np.median(rows["compa_ratio"]), rel=1e-14)
        quarter = [
            wf.rank(w, occupation=code, state=s or None).cell.p25
            for w, s in zip(rows["wage"], rows["state"], strict=True)
        ]
        assert summary.loc[code, "below_p25"] == pytest.approx(np.mean(rows["wage"].to_numpy() < quarter), rel=1e-14)


def test_the_published_quarter_itself_is_not_below_it() -> None:
    cell = oews.cell("29-1141", area="NJ")
    assert ranked(code=["29-1141"], state=["NJ"], wage=[cell.p25]).summary_rows()[0]["below_p25"] == 0.0
    assert ranked(code=["29-1141"], state=["NJ"], wage=[cell.p25 - 1]).summary_rows()[0]["below_p25"] == 1.0


def test_nobody_is_no_error() -> None:
    result = ranked(code=[], wage=[])
    assert repr(result) == "<RankedStaff of 0 people: nobody>"
    assert result.summary_rows()[0]["median_compa_ratio"] is None


def test_each_row_of_the_market_is_fitted_and_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many people it has; the nation is one row whether it is written US or left out."""
    fitted: list[list[oews.Cell]] = []
    placed: list[int] = []

    def fit_counted(cells: list[oews.Cell]) -> Any:
        fitted.append(cells)
        return fit_markets(cells)

    def place_counted(pay: wf.Distribution, facts: Any, wages: Any, level: float, draws: int) -> Any:
        placed.append(len(wages))
        return places_of(pay, facts, wages, level, draws)

    monkeypatch.setattr(staff, "fit_markets", fit_counted)
    monkeypatch.setattr(staff, "places_of", place_counted)
    assert wf.rank_staff(many(100_000), draws=0).counts() == {"placed": 100_000}
    rows = len(OCCUPATIONS) * len({"NJ", "California", "US"})
    assert len(fitted) == 1
    assert len(fitted[0]) == len(set(fitted[0])) == len(placed) == rows
    assert sum(placed) == 100_000


def test_the_nearest_titles_are_looked_for_in_the_first_cases_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of one take 20 ms, of 2,000 they would take a minute."""
    looked_for: list[str] = []

    def cell_counted(occupation: str, **options: Any) -> oews.Cell:
        looked_for.append(occupation)
        return oews.cell(occupation, **options)

    monkeypatch.setattr(market_rows, "oews", SimpleNamespace(cell=cell_counted, Cell=oews.Cell))
    result = ranked(title=[f"nurse of rank {i}" for i in range(2_000)], wage=[50_000] * 2_000)
    assert result.counts() == {"not placed": 2_000}
    assert len(looked_for) == market_rows.SUGGESTED
    assert "such as" in result.columns["note"][0]
    assert result.columns["note"][-1] == "occupation is 'nurse of rank 1999'; expected a code or title"
