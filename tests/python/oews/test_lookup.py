"""One row of any occupation by code or title, area and year; figures written down from the published files."""

from __future__ import annotations

from typing import Any

import pytest

import wagefit as wf
from wagefit import oews


def test_nurses_of_new_jersey() -> None:
    """NJ, 29-1141 in the state table of May 2025."""
    cell = oews.cell("29-1141", area="NJ", year=2025)
    assert (cell.employment, cell.location_quotient, cell.mean) == (92_680, 0.99, None)
    assert tuple(cell.quantiles.values()) == (83_060, 99_710, 106_500, 127_730, 135_170)
    assert (cell.occupation_title, cell.area_title, cell.note) == ("Registered Nurses", "New Jersey", "")


@pytest.mark.parametrize("title", ["Registered Nurses", "registered nurses", " registered nurse", "REGISTERED NURSE"])
def test_titles_in_any_case_and_number(title: str) -> None:
    assert oews.cell(title, area="new jersey") == oews.cell("29-1141", area="NJ", year=2025)


@pytest.mark.parametrize(
    ("title", "code", "mean"),
    [
        ("electricians", "47-2111", 71_490),
        ("software developers", "15-1252", 148_100),
        ("elementary school teachers, except special education", "25-2021", 72_650),
        ("anesthesiologists", "29-1211", 360_570),
        ("helpers - electricians", "47-3013", 44_080),
    ],
)
def test_national_rows_of_may_2025(title: str, code: str, mean: float) -> None:
    cell = oews.cell(title)
    assert (cell.year, cell.occupation, cell.mean, cell.is_national) == (2025, code, mean, True)
    # The curve is exact in its facts to 1e-10 relative.
    assert wf.fit(**cell.facts()).mean() == pytest.approx(mean, rel=1e-10)


def test_an_occupation_published_by_the_hour_gives_hourly_facts() -> None:
    """Actors, May 2018: H_MEAN 29.34, H_MEDIAN 17.54, no annual figure."""
    facts = oews.cell("actors", year=2018).facts()
    assert facts["unit"] == "USD/hour"
    assert (facts["mean"], facts["quantiles"][0.5]) == (29.34, 17.54)
    assert wf.fit(**facts).unit == "USD/hour"


def test_an_occupation_published_by_the_year_has_no_hourly_figures() -> None:
    cell = oews.cell("25-2021", year=2018)
    assert (cell.annual_only, cell.hourly_only, cell.hourly_mean) == (True, False, None)
    assert cell.facts()["mean"] == cell.mean == 62_200


def test_top_codes_are_bounds() -> None:
    """Anesthesiologists, May 2018: all but P10 are printed as #."""
    facts = oews.cell("29-1061", year=2018).facts()
    assert facts["quantiles"] == {0.1: 133_080}
    assert facts["at_least"] == dict.fromkeys((0.25, 0.5, 0.75, 0.9), 208_000)


@pytest.mark.parametrize(("year", "top_code"), [(2008, 80), (2012, 90), (2016, 100)])
def test_hourly_top_codes_are_bounds_by_the_hour(year: int, top_code: float) -> None:
    """P90 of actors is printed as #."""
    assert oews.cell("actors", year=year).facts()["at_least"] == {0.9: top_code}


def test_the_newest_release_that_has_the_row_is_the_default() -> None:
    assert oews.cell("29-1111").year == 2011
    assert oews.cell("actors").year == 2021
    assert oews.cell("29-2071").year == 2018


def test_codes_are_followed_by_their_titles_and_it_is_said() -> None:
    """Registered nurses were 32502 to 1998 and 29-1111 to 2011."""
    for year, code in ((1998, "32502"), (2005, "29-1111"), (2012, "29-1141")):
        cell = oews.cell("29-1141", year=year)
        assert (cell.year, cell.occupation) == (year, code)
        assert (code in cell.note) == (code != "29-1141")
    assert "no 29-1111" in oews.cell("29-1111", area="NJ").note
    assert "classifications: 2000, 2010" in oews.cell("29-1141", year=2005).note


def test_a_code_with_another_title_is_noted() -> None:
    note = oews.cell("11-2031", year=2005).note
    assert "Public relations managers" in note
    assert "Public Relations and Fundraising Managers" in note


def test_codes_and_titles_of_a_release() -> None:
    assert len(oews.occupations(2025)) == 779
    assert oews.years("29-1141") == (*range(2012, 2022), 2025)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"occupation": "nurses"}, r"nurses.*29-1141 \(Registered Nurses\)"),
        ({"occupation": "elementary teachers"}, r"such as 25-2021 \(Elementary School Teachers"),
        ({"occupation": "nurses"}, r"such as 29-1141 \(Registered Nurses\), 29-2061"),
        ({"occupation": "electricans"}, r"such as 47-2111 \(Electricians\)"),
        ({"occupation": "qwerty"}, "expected a code or title, such as 29-1141"),
        ({"occupation": "29-2071", "year": 2020}, r"2018 for.*in 29-2098 \(.*overlap"),
        ({"occupation": "software developers", "year": 2012}, r"2021, 2025.*15-1132"),
        ({"occupation": "29-1141", "area": "NJ", "year": 2018}, "year is 2018; expected one of 2025 for.*in NJ"),
        ({"occupation": "actors", "area": "NJ"}, "no row of occupation 27-2011.*NJ"),
        ({"occupation": "29-1141", "area": "Jersey"}, r"area is 'Jersey'.*NJ \(New Jersey\)"),
        ({"occupation": "29-1141", "year": 2018.5}, "year is 2018.5"),
    ],
)
def test_what_there_is_not_is_answered_with_what_comes_nearest(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        oews.cell(**arguments)


def test_what_is_no_text_is_refused() -> None:
    number: Any = 292071  # as spreadsheets keep codes
    with pytest.raises(wf.FactError, match="occupation is 292071; expected text: a code such as"):
        oews.cell(number, year=2018)
    with pytest.raises(wf.FactError, match="area is 292071; expected text: US or a state"):
        oews.cell("29-2071", area=number)
