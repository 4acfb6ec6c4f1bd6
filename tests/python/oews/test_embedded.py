"""The embedded OEWS rows against figures written down from the publications."""

from __future__ import annotations

import dataclasses
import math

import narwhals
import pytest

import wagefit as wf
from wagefit import oews

BACKENDS = ("pandas", "polars", "pyarrow")
# Ratios are quoted to three decimals.
THREE_DECIMALS = 0.5e-3

MAY_2018 = (44_010, (26_550, 32_070, 40_350, 52_730, 66_260))
MAY_2019 = (46_590, (27_820, 33_760, 42_630, 56_000, 71_150))

SETTINGS_2018 = [
    ("622100", "Private", 1.060),
    ("622100", "State government", 1.195),
    ("622100", "Local government", 1.031),
    ("622200", "Private", 0.922),
    ("622300", "Private", 1.051),
    ("611300", "State government", 1.102),
]
SECTORS_2024 = [("62", 0.968), ("55", 1.142), ("99", 1.061), ("52", 1.215)]


def hospital_and_school_cells() -> list[oews.Cell]:
    """The eleven published May 2018 cells of technicians below the national row."""
    rows = oews.cells(occupation="29-2071", year=2018, area="US", kind="published")
    return [cell for cell in rows if not cell.is_national]


@pytest.mark.parametrize(
    ("occupation", "year", "mean", "percentiles"),
    [("29-2071", 2018, *MAY_2018), ("29-2098", 2019, *MAY_2019)],
)
def test_national_row(occupation: str, year: int, mean: float, percentiles: tuple[float, ...]) -> None:
    cell = oews.national(occupation, year)
    assert cell.release == f"May {year}"
    assert cell.mean == mean
    assert tuple(cell.quantiles.values()) == percentiles
    assert tuple(cell.quantiles) == (0.10, 0.25, 0.50, 0.75, 0.90)


def test_precision_and_employment_of_may_2018() -> None:
    cell = oews.national("29-2071", 2018)
    assert (cell.employment, cell.employment_rse, cell.mean_rse) == (208_650, 1.0, 0.4)
    assert cell.top_code == 208_000
    assert cell.at_least == {}


def test_facts_are_what_fit_takes() -> None:
    facts = oews.national("29-2071", 2018).facts()
    assert facts == {
        "mean": 44_010,
        "quantiles": dict(zip((0.10, 0.25, 0.50, 0.75, 0.90), MAY_2018[1], strict=True)),
        "mean_rse": 0.4,
        "employment": 208_650,
    }
    # The curve is exact in its facts to 1e-10 relative.
    assert wf.fit(**facts).ppf(0.9) == pytest.approx(66_260, rel=1e-10)


def test_a_top_coded_figure_is_a_lower_bound() -> None:
    (cell,) = oews.cells(occupation="11-9111", year=2022, industry="52")
    assert cell.top_coded == "p75 p90"
    assert (cell.p75, cell.p90) == (None, None)
    assert cell.facts()["at_least"] == {0.75: 239_200, 0.90: 239_200}
    assert set(cell.facts()["quantiles"]) == {0.10, 0.25, 0.50}


@pytest.mark.parametrize(
    ("year", "top_code"),
    [(1997, 124_820), (1999, 145_600), (2007, 145_600), (2008, 166_400), (2011, 187_200), (2016, 208_000),
     (2022, 239_200), (2025, None)],
)  # fmt: skip
def test_top_code_of_a_release(year: int, top_code: float | None) -> None:
    assert {cell.top_code for cell in oews.cells(year=year)} == {top_code}


def test_releases_before_may_2003_have_no_month() -> None:
    names = {cell.year: cell.release for cell in oews.cells(area_type="national")}
    assert (names[2002], names[2003]) == ("2002", "May 2003")


def test_every_release_is_there() -> None:
    assert oews.years("29-2071") == tuple(range(1999, 2019))
    assert oews.years("32911") == (1997, 1998)
    assert oews.years("29-2098") == (2019, 2020)
    assert oews.years("29-2072") == oews.years("29-9021") == tuple(range(2021, 2026))
    assert oews.years("11-9111") == tuple(range(1999, 2026))


def test_percentiles_never_decrease_and_kinds_are_known() -> None:
    for cell in oews.cells():
        wages = list(cell.quantiles.values())
        assert wages == sorted(wages)
        assert cell.kind in {"published", "derived", "secondary"}
        assert cell.source


@pytest.mark.parametrize("name", ["mean", "p10", "p25", "p50", "p75", "p90"])
def test_hourly_times_2080_is_annual(name: str) -> None:
    for cell in oews.cells(area_type="national"):
        hourly, annual = getattr(cell, f"hourly_{name}"), getattr(cell, name)
        if hourly is not None and annual is not None:
            # Half a cent times 2,080 hours, half of the $10 that annual figures are rounded to, and binary rounding.
            assert abs(2080 * hourly - annual) <= 10.4 + 5 + 1e-9


@pytest.mark.parametrize(("industry", "ownership", "ratio"), SETTINGS_2018)
def test_setting_ratios_of_may_2018(industry: str, ownership: str, ratio: float) -> None:
    (cell,) = (c for c in hospital_and_school_cells() if (c.industry, c.ownership) == (industry, ownership))
    assert cell.mean is not None
    assert cell.mean / 44_010 == pytest.approx(ratio, abs=THREE_DECIMALS)


def test_hospitals_and_schools_hold_a_third_and_the_rest_adds_up() -> None:
    parts = hospital_and_school_cells()
    people = sum(cell.employment or math.nan for cell in parts)
    payroll = sum((cell.employment or math.nan) * (cell.mean or math.nan) for cell in parts)
    (rest,) = oews.cells(kind="derived")
    assert len(parts) == 11
    assert people / 208_650 == pytest.approx(0.357, abs=THREE_DECIMALS)
    assert (rest.employment, rest.mean) == (134_190, 42_611)
    assert rest.mean is not None
    assert rest.mean / 44_010 == pytest.approx(0.968, abs=THREE_DECIMALS)
    # The residual's mean is rounded to a dollar.
    assert payroll + 134_190 * 42_611 == pytest.approx(208_650 * 44_010, abs=134_190 * 0.5)


def test_residual_is_less_precise_than_the_nation() -> None:
    (rest,) = oews.cells(kind="derived")
    assert rest.mean_rse is not None
    assert 0.4 < rest.mean_rse < 1


@pytest.mark.parametrize(("sector", "ratio"), SECTORS_2024)
def test_sector_ratios_of_may_2024(sector: str, ratio: float) -> None:
    (cell,) = oews.cells(occupation="29-2072", year=2024, industry=sector)
    nation = oews.national("29-2072", 2024)
    assert cell.mean is not None
    assert nation.mean is not None
    assert cell.mean / nation.mean == pytest.approx(ratio, abs=THREE_DECIMALS)


def test_sectors_of_may_2024_cover_employment() -> None:
    nation = oews.national("29-2072", 2024)
    sectors = [cell for cell in oews.cells(occupation="29-2072", year=2024) if not cell.is_national]
    (care,) = (cell for cell in sectors if cell.industry == "62")
    assert care.employment == 122_640
    assert nation.employment is not None
    assert sum(cell.employment or 0 for cell in sectors) / nation.employment == pytest.approx(0.999, abs=THREE_DECIMALS)


def test_state_means_of_2018() -> None:
    means = {cell.area: cell.mean for cell in oews.cells(kind="secondary")}
    assert len(means) == 50
    assert min(means.items(), key=lambda item: item[1] or 0) == ("AR", 34_610)
    assert max(means.items(), key=lambda item: item[1] or 0) == ("NJ", 54_020)
    assert (means["NJ"] or math.nan) / 44_010 == pytest.approx(1.227, abs=THREE_DECIMALS)


def test_ranks_of_states_moved() -> None:
    (jersey,) = oews.cells(occupation="29-2072", year=2025, area="NJ")
    assert jersey.mean is None
    assert jersey.p50 is not None
    assert jersey.p50 / (oews.national("29-2072", 2025).p50 or math.nan) == pytest.approx(0.982, abs=THREE_DECIMALS)


def test_newest_release_is_the_default() -> None:
    assert oews.national("29-2072").year == 2025
    assert oews.national("29-2071").year == 2018


def test_unknown_occupation_or_year_names_the_known() -> None:
    with pytest.raises(wf.FactError, match=r"29-9999.*29-9099 \(Healthcare Practitioners"):
        oews.national("29-9999")
    with pytest.raises(wf.FactError, match=r"2020.*1999.*2018"):
        oews.national("29-2071", 2020)


@pytest.mark.parametrize("backend", BACKENDS)
def test_table_in_every_library(backend: str) -> None:
    table = narwhals.from_native(oews.health_information(backend), eager_only=True)
    assert table.implementation.value == backend
    assert table.columns == [field.name for field in dataclasses.fields(oews.Cell)]
    assert len(table) == len(oews.cells())
    row = table.filter(
        narwhals.col("occupation") == "29-2071", narwhals.col("year") == 2018, narwhals.col("industry") == "000000",
        narwhals.col("area") == "US",
    )  # fmt: skip
    assert row["mean"].to_list() == [44_010.0]
    assert str(table["year"].dtype) == "Int64"
    assert str(table["p90"].dtype) == "Float64"
    assert str(table["area"].dtype) == "String"
