"""Codes across classifications, against the published crosswalks written down by hand and the workbooks' own codes."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

import wagefit as wf

from ..national_workbooks import data_folder
from .test_reading import STATE, as_csv

VINTAGES = {1997: "OES", 1998: "OES", 1999: "2000", 2009: "2000", 2010: "2000/2010", 2011: "2000/2010", 2012: "2010",
            2018: "2010", 2019: "2010/2018", 2020: "2010/2018", 2021: "2018", 2025: "2018"}  # fmt: skip
# Code, year, other year: the codes there and how they relate, from the tables that BLS publishes.
LINKS: list[tuple[str, int, int, dict[str, str]]] = [
    ("11-9111", 1999, 2025, {"11-9111": "same"}),
    ("29-2071", 1999, 2018, {"29-2071": "same"}),
    ("29-2071", 2018, 2021, {"29-2072": "part", "29-9021": "overlap"}),
    ("29-2071", 2018, 2019, {"29-2098": "overlap", "29-9098": "overlap"}),
    ("29-2098", 2020, 2021, {"29-2036": "part", "29-2072": "part", "29-2099": "part"}),
    ("29-9098", 2020, 2021, {"29-9021": "part", "29-9093": "part", "29-9099": "part"}),
    ("29-2072", 2024, 2018, {"29-2071": "whole"}),
    ("29-9021", 2024, 2018, {"29-2071": "overlap", "29-9099": "overlap"}),
    ("29-2099", 2009, 2010, {"29-2799": "same"}),
    ("29-2799", 2011, 2012, {"29-2057": "part", "29-2092": "part", "29-2099": "part"}),
    ("29-2099", 2018, 2021, {"29-2036": "part", "29-2099": "overlap"}),
    ("29-2054", 2018, 2021, {"29-2099": "whole"}),
]


@pytest.mark.parametrize(("year", "vintage"), VINTAGES.items())
def test_each_release_has_its_classification(year: int, vintage: str) -> None:
    assert wf.oews.soc_vintage(year) == vintage


def test_the_tidy_table_says_which(tmp_path: Path) -> None:
    (tmp_path / "state_M2013_dl.csv").write_bytes(as_csv(STATE))
    assert wf.oews.read(tmp_path / "state_M2013_dl.csv", backend="pandas")["soc_vintage"].tolist() == ["2010"] * 2


@pytest.mark.parametrize(("code", "year", "to", "expected"), LINKS)
def test_links_are_the_published_ones(code: str, year: int, to: int, expected: dict[str, str]) -> None:
    found = wf.oews.crosswalk(code, year, to)
    assert {link.occupation: link.relation for link in found} == expected
    assert all(link.source.startswith(("BLS", "OEWS")) for link in found)
    assert {link.soc_vintage for link in found} == {wf.oews.soc_vintage(to)}


def test_the_way_back_says_the_opposite() -> None:
    opposite = {"same": "same", "overlap": "overlap", "part": "whole", "whole": "part"}
    codes = {1999: ("29-2071", "29-2099"), 2010: ("29-2799",), 2018: ("29-2099", "29-9099"), 2019: ("29-2098",)}
    for (year, asked), to in product(codes.items(), (1999, 2010, 2018, 2019, 2021)):
        for code in asked:
            for link in wf.oews.crosswalk(code, year, to):
                back = {found.occupation: found.relation for found in wf.oews.crosswalk(link.occupation, to, year)}
                assert back[code] == opposite[link.relation]


@pytest.mark.parametrize("year", [2004, 2009, 2010, 2011, 2012, 2018, 2019, 2020, 2021])
def test_the_workbooks_print_these_codes_and_titles(year: int) -> None:
    """Every code that the crosswalk leads to stands in that release's workbook, under that title."""
    (file,) = (data_folder() / "oews" / "national").glob(f"national*{year}*")
    table = wf.oews.read(file, backend="pandas").query("occupation_group == 'detailed'")
    printed = dict(zip(table["occupation"], table["occupation_title"].str.lower().str.rstrip("*"), strict=True))
    for code in ("11-9111", "29-2054", "29-2071", "29-2099", "29-9099"):
        for link in wf.oews.crosswalk(code, 2018, year):
            assert printed[link.occupation] == link.occupation_title.lower()


def test_the_mixed_codes_hold_about_the_people_of_their_parts() -> None:
    """In May 2018 and 2019 the same jobs under different codes: the sums differ by a year's change."""
    files = (data_folder() / "oews" / "national" / f"national_M{year}_dl.xlsx" for year in (2018, 2019))
    before, after = (
        wf.oews.read(file, backend="pandas")
        .query("occupation_group == 'detailed'")
        .set_index("occupation")["employment"]
        for file in files
    )
    old = before[["29-2071", "29-2099", "29-2054", "29-9099"]].sum()
    new = after[["29-2098", "29-9098"]].sum()
    assert new == pytest.approx(old, rel=0.05)  # occupations of this size change by a few percent a year


def test_what_has_no_crosswalk_is_named() -> None:
    with pytest.raises(wf.FactError, match="year is 1998; expected 1999 or later"):
        wf.oews.crosswalk("32911", 1998, 2018)
    with pytest.raises(wf.FactError, match="to is 1997; expected 1999 or later"):
        wf.oews.crosswalk("29-2071", 2018, 1997)
    with pytest.raises(wf.FactError, match=r"occupation is '29-2071'; expected one of 11-9111, 29-2036, .* for 2021"):
        wf.oews.crosswalk("29-2071", 2021, 2018)
