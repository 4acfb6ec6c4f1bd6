"""The search for the release and occupation of a quoted figure."""

from __future__ import annotations

import math
from typing import Any

import pytest

import wagefit as wf
from wagefit import oews


def test_identify_the_quoted_mean() -> None:
    found = oews.identify(mean=44_010)
    assert (found[0].release, found[0].occupation) == ("May 2018", "29-2071")
    assert found[0].difference == 0
    assert found.unmatched == ()


def test_quoted_p90_is_in_no_national_row() -> None:
    found = oews.identify(p90=63_820)
    assert not any(match.cell.is_national for match in found)
    assert found.unmatched == ("p90",)
    (nearest,) = oews.identify(p90=63_820, occupation="29-2071").nearest
    assert (nearest.cell.release, nearest.published) == ("May 2017", 64_610)
    assert "No national row has p90 63,820" in str(found)


def test_a_row_with_more_of_the_figures_comes_first() -> None:
    found = oews.identify(mean=44_010, median=40_350, p90=63_820, employment=208_650)
    assert [figure.figure for figure in found[0].figures] == ["mean", "median", "employment"]
    assert found.unmatched == ("p90",)


def test_every_national_mean_identifies_its_own_row() -> None:
    for cell in oews.cells(area_type="national", industry="000000"):
        matches = oews.identify(mean=cell.mean, employment=cell.employment, tolerance=0)
        assert cell in [match.cell for match in matches if len(match.figures) == 2]


def test_tolerance_is_relative() -> None:
    assert len(oews.identify(mean=44_000, occupation="29-2071", tolerance=1e-5)) == 0
    found = oews.identify(mean=44_000, occupation="29-2071", tolerance=1e-3)
    assert found[0].cell == oews.national("29-2071", 2018)
    assert found[0].difference == pytest.approx(10 / 44_000, rel=1e-12)  # a few rounded operations


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "no figure"),
        ({"mean": -1}, "mean is -1"),
        ({"p90": math.nan}, "p90 is nan"),
        ({"median": "40350"}, "median is '40350'"),
        ({"mean": 44_010, "tolerance": -0.1}, "tolerance is -0.1"),
        ({"mean": 44_010, "occupation": "coder"}, "occupation is 'coder'"),
    ],
)
def test_identify_refuses(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        oews.identify(**arguments)
