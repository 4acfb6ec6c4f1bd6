"""The search for the release and occupation of a quoted figure."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import wagefit as wf
from wagefit import oews
from wagefit.oews import all_occupations

QUOTED = {"mean": "mean", "p10": "p10", "p25": "p25", "median": "p50", "p75": "p75", "p90": "p90",
          "employment": "employment"}  # fmt: skip


def test_identify_the_quoted_mean() -> None:
    found = oews.identify(mean=44_010)
    assert (found[0].release, found[0].occupation) == ("May 2018", "29-2071")
    assert found[0].difference == 0
    assert found.unmatched == ()


def test_quoted_p90_is_in_no_national_row() -> None:
    found = oews.identify(p90=63_820, occupation="29-2071")
    assert not any(match.cell.is_national for match in found)
    assert found.unmatched == ("p90",)
    (nearest,) = found.nearest
    assert (nearest.cell.release, nearest.published) == ("May 2017", 64_610)
    assert "No national row of 29-2071 has p90 63,820" in str(found)


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
        ({"mean": 44_010, "rounding": -10}, "rounding is -10"),
        ({"mean": 44_010, "unit": "USD"}, "unit is"),
        ({"mean": 44_010, "occupation": "coder"}, "occupation is 'coder'"),
    ],
)
def test_identify_refuses(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        oews.identify(**arguments)


# among all occupations ---------------------------------------------------------------------------------------------


def printed(name: str) -> dict[float, set[int]]:
    """The rows that print each figure of a column, as numbers of `all_occupations`."""
    rows: dict[float, set[int]] = {}
    for row, figure in enumerate(all_occupations.figures(name).tolist()):
        rows.setdefault(figure, set()).add(row)
    return rows


def drawn_figures(n: int) -> list[tuple[str, int]]:
    """Figures of random rows, of which half are rows of the nation."""
    rng = np.random.default_rng(17)
    nation = all_occupations.rows_where(area="US")
    others = np.setdiff1d(np.arange(len(all_occupations.numbers("year"))), nation)
    rows = [*rng.choice(nation, n // 2), *rng.choice(others, n - n // 2)]
    drawn = [(str(rng.choice(list(QUOTED))), int(row)) for row in rows]
    return [(name, row) for name, row in drawn if np.isfinite(all_occupations.figures(QUOTED[name])[row])]


def test_the_row_of_a_unique_figure_comes_first() -> None:
    """200 figures of embedded rows: the right one first wherever no other row prints the figure."""
    rows_printing = {name: printed(column) for name, column in QUOTED.items()}
    health = [(c, name) for c in oews.cells() for name in QUOTED]
    elsewhere = {(name, getattr(cell, QUOTED[name])) for cell, name in health}
    n_unique = 0
    for name, row in drawn_figures(260)[:200]:
        figure = float(all_occupations.figures(QUOTED[name])[row])
        first = oews.identify(**{name: figure})[0].cell
        assert getattr(first, QUOTED[name]) == figure
        if len(rows_printing[name][figure]) == 1 and (name, figure) not in elsewhere:
            assert first == all_occupations.cell(row)
            n_unique += 1
    assert n_unique > 20  # most annual figures are tens of dollars that several rows share


def test_the_figures_of_a_row_identify_it_together() -> None:
    """Median and employment of random rows, the nearest of two rows that have both."""
    n_found = 0
    for _, row in drawn_figures(60):
        cell = all_occupations.cell(row)
        if cell.p50 is None or cell.p90 is None or cell.employment is None:
            continue
        found = oews.identify(median=cell.p50, p90=cell.p90, employment=cell.employment)
        assert all(len(match.figures) == 3 for match in found)
        assert (cell.occupation_title, cell.area) in {(m.cell.occupation_title, m.cell.area) for m in found}
        n_found += 1
    assert n_found > 40


def test_rounding_is_a_step_in_dollars() -> None:
    """106,500 and 92,680 people: registered nurses in New Jersey, May 2025, quoted in thousands."""
    assert not any(m.cell.area == "NJ" for m in oews.identify(median=107_000, employment=93_000))
    found = oews.identify(median=107_000, employment=93_000, rounding=1000)
    assert [(m.cell.occupation, m.cell.area) for m in found] == [("29-1141", "NJ")]


def test_hourly_figures_of_an_occupation_without_annual_ones() -> None:
    """Actors in the workbook of May 2018."""
    found = oews.identify(median=17.54, p90=61.74, unit="USD/hour")
    assert (found[0].occupation, found[0].release, len(found[0].figures)) == ("27-2011", "May 2018", 2)
    assert "median 17.54" in str(found)
    assert oews.identify(median=36_483, occupation="27-2099").nearest == ()


def test_a_broad_occupation_that_is_one_detailed_one_is_not_repeated() -> None:
    """May 2018 prints 29-2070 and 29-2071 with one title and the same figures."""
    codes = [match.cell.occupation for match in oews.identify(mean=44_010) if match.cell.year == 2018]
    assert codes == ["29-2071"]


def test_several_occupations_are_looked_through() -> None:
    found = oews.identify(p90=63_820, occupation=["21-1015", "27-3012"])
    assert {match.occupation for match in found} == {"21-1015", "27-3012"}


def test_a_figure_that_no_occupation_has_is_told_of_none() -> None:
    """The nearest row of any occupation is not the one that was asked about."""
    found = wf.oews.identify(mean=44_010_123)
    assert not found.matches
    assert found.among == ""
    assert str(found).startswith("No national row has mean 44,010,123; the nearest is mean ")
