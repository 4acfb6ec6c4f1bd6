"""Where a wage stands: at published percentiles exactly there, elsewhere between them."""

from __future__ import annotations

from typing import Any

import pytest

import wagefit as wf
from wagefit import oews


@pytest.mark.parametrize(("wage", "p"), [(83_060, 0.10), (99_710, 0.25), (106_500, 0.50), (127_730, 0.75)])
def test_a_published_percentile_stands_where_it_is_published(wage: float, p: float) -> None:
    """Registered nurses in New Jersey, May 2025; the curve meets its facts to 1e-10."""
    stands = wf.rank(wage, occupation="registered nurses", state="NJ", year=2025)
    assert stands.percentile == pytest.approx(p, abs=1e-9)
    assert stands.cell == oews.cell("29-1141", area="NJ", year=2025)


def test_the_interval_holds_the_percentile_and_narrows_with_the_level() -> None:
    wide, narrow = (wf.rank(115_000, occupation="29-1141", state="NJ", level=level) for level in (0.9, 0.5))
    assert wide.interval[0] < narrow.interval[0] <= wide.percentile <= narrow.interval[1] < wide.interval[1]
    assert 0.50 < wide.percentile < 0.75


def test_it_is_one_sentence() -> None:
    text = str(wf.rank(106_500, occupation="29-1141", state="New Jersey"))
    assert text.startswith("$106,500 stands at the 50th percentile of Registered Nurses in New Jersey, May 2025 (90 %:")
    assert "in the nation, May 2018" in str(wf.rank(44_010, occupation="29-2071"))


def test_an_hourly_wage_is_compared_with_annual_ones_over_2080() -> None:
    hourly = wf.rank(97_550 / 2080, occupation="29-1141", unit="USD/hour")
    assert hourly.percentile == pytest.approx(0.5, abs=1e-9)
    assert wf.rank(17.54, occupation="actors", year=2018, unit="USD/hour").percentile == pytest.approx(0.5, abs=1e-9)


def test_beyond_the_published_percentiles_it_says_what_the_figure_rests_on() -> None:
    assert "above the published P90" in wf.rank(150_000, occupation="29-1141", state="NJ").notes[0]
    assert "below the published P10" in wf.rank(60_000, occupation="29-1141", state="NJ").notes[0]
    top_coded = wf.rank(300_000, occupation="29-1061", year=2018)  # all but P10 are printed as #
    assert "above the published P10" in top_coded.notes[0]
    assert wf.rank(106_500, occupation="29-1141", state="NJ").notes == ()


def test_tied_percentiles_are_counted_and_said() -> None:
    """Chiropractors in New Jersey, May 2025: median and P75 are both 134,990."""
    stands = wf.rank(134_990, occupation="29-1011", state="NJ")
    assert stands.percentile >= 0.75 - 1e-9
    assert "very wage" in stands.notes[0]


def test_a_followed_code_is_said() -> None:
    assert "no 29-1141" in wf.rank(55_000, occupation="29-1141", year=2005).notes[0]


@pytest.mark.parametrize(
    ("wage", "arguments", "message"),
    [
        (-1, {"occupation": "29-1141"}, "wage is -1"),
        (50_000, {"occupation": "nurses"}, "29-1141"),
        (50_000, {"occupation": "actors", "year": 2018}, "unit is 'USD/year'; expected 'USD/hour': Actors"),
        (50_000, {"occupation": "29-1141", "state": "Jersey"}, "area is 'Jersey'"),
        (50_000, {"occupation": "29-1141", "unit": "USD/week"}, "unit is"),
    ],
)
def test_what_cannot_be_ranked_is_refused(wage: float, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(wf.FactError, match=message):
        wf.rank(wage, **arguments)
