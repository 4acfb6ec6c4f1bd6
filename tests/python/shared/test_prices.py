"""Consumer prices and price parities against figures as the agencies print them."""

from __future__ import annotations

import numpy as np
import pytest

from wagefit import FactError, prices

from ..oracles import EPS

# A quotient of two exactly read decimals is rounded once; a product of two quotients three times.
ROUNDED_ONCE = EPS
ROUNDED_THREE_TIMES = 3 * EPS


@pytest.mark.parametrize(
    ("when", "printed"),
    [(1997, 160.1), (2018, 251.588), ("2018-05", 251.588), ((2018, 5), 251.588), ("2018-12", 251.233), (2025, 321.465)],
)
def test_level_is_the_printed_index(when: object, printed: float) -> None:
    assert prices.level(when) == printed


def test_a_plain_year_is_its_may() -> None:
    assert prices.level(np.int64(2018)) == prices.level("2018-05")


def test_today_is_the_last_printed_month() -> None:
    assert prices.today() == (2026, 5)
    assert str(prices.today()) == "May 2026"
    assert prices.level(tuple(prices.today())) == 335.123


def test_time_factor_is_the_quotient_of_the_levels() -> None:
    assert prices.time_factor(2018) == pytest.approx(335.123 / 251.588, rel=ROUNDED_ONCE)
    assert prices.time_factor(2018, 2025) == pytest.approx(321.465 / 251.588, rel=ROUNDED_ONCE)
    assert prices.time_factor(2018, 2018) == 1.0


def test_there_and_back_is_one() -> None:
    there_and_back = prices.time_factor(1999, 2018) * prices.time_factor(2018, 1999)
    assert there_and_back == pytest.approx(1, rel=ROUNDED_THREE_TIMES)


def test_adjust_keeps_the_shape() -> None:
    wages = np.array([[26_550, 44_010], [40_350, 66_260]])
    np.testing.assert_array_equal(prices.adjust(wages, 2018), wages * prices.time_factor(2018))
    assert prices.adjust(44_010, 2018) == 44_010 * prices.time_factor(2018)
    assert isinstance(prices.adjust(44_010, 2018), float)


@pytest.mark.parametrize("when", [1996, "2025-10", "2026-06", "May 2018", "2018-13", (2018, 0), 2018.5, None, "x"])
def test_a_month_without_a_figure_is_an_error(when: object) -> None:
    with pytest.raises(FactError, match=r"month|expected"):
        prices.level(when)


def test_october_2025_was_not_published() -> None:
    with pytest.raises(FactError, match="no figure for October 2025"):
        prices.level("2025-10")


def test_unknown_index_names_the_known() -> None:
    with pytest.raises(FactError, match="'CPI-U', 'ECI'"):
        prices.level(2018, index="PCE")


# -- the cost of labor -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "printed"),
    [("2013-01", 117.4), ("2013-03", 117.4), (2014, 120.2), (2018, 132.8), ("2018-07", 134.0), ("2020-12", 142.8),
     (2022, 154.1), ("2022-09", 155.9)],
)  # fmt: skip
def test_cost_of_labor_is_the_printed_figure_of_the_quarter(when: object, printed: float) -> None:
    assert prices.level(when, index="ECI") == printed


def test_cost_of_labor_has_no_figure_before_2013_and_after_september_2022() -> None:
    assert prices.today(index="ECI") == (2022, 9)
    for when, month in (
        (2012, "May 2012"),
        ("2012-12", "December 2012"),
        ("2022-10", "October 2022"),
        (2025, "May 2025"),
    ):
        with pytest.raises(
            FactError, match=f"ECI has no figure for {month}; expected a month from January 2013 to Sep"
        ):
            prices.level(when, index="ECI")


def test_wages_move_with_the_cost_of_labor() -> None:
    assert prices.time_factor(2018, 2022, index="ECI") == pytest.approx(154.1 / 132.8, rel=ROUNDED_ONCE)
    assert prices.adjust(44_010, 2018, index="ECI") == pytest.approx(44_010 * 155.9 / 132.8, rel=ROUNDED_THREE_TIMES)


def test_parities_are_the_printed_ones() -> None:
    assert prices.parity("US") == 1.0
    assert prices.parity("CA") == pytest.approx(1.1072, rel=ROUNDED_ONCE)
    assert prices.parity("AR") == pytest.approx(0.86937, rel=ROUNDED_ONCE)
    assert prices.place_factor("AR", "CA") == pytest.approx(110.72 / 86.937, rel=ROUNDED_THREE_TIMES)


@pytest.mark.parametrize("area", ["XX", "6600001", "", "New Jersey"])
def test_unknown_area_is_an_error(area: str) -> None:
    with pytest.raises(FactError, match="area is"):
        prices.parity(area)
