"""Units of wages: known ones with their own sign, and no others."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

import wagefit as wf
from wagefit.shared.text import dollars

FACTS: dict[str, Any] = {"mean": 5e4, "quantiles": {0.1: 2e4, 0.5: 4e4, 0.9: 9e4}}
HOSTILE = "<script>alert('[bold]&')</script>"


@pytest.mark.parametrize(
    ("wage", "unit", "text"),
    [
        (44_010, "USD/year", "$44,010"), (-44_010.4, "USD/year", "-$44,010"), (21.159, "USD/hour", "$21.16"),
        (18.5, "EUR/hour", "€18.50"), (2_900, "EUR/month", "€2,900"), (650, "GBP/week", "£650"),
        (52_000, "CHF/year", "CHF 52,000"), (-30.5, "SEK/hour", "-SEK 30.50"), (9_800, "JPY/day", "¥9,800"),
    ],
)  # fmt: skip
def test_wages_have_the_sign_of_their_unit(wage: float, unit: str, text: str) -> None:
    assert dollars(wage, unit) == text


@pytest.mark.parametrize(
    "unit",
    ["", "USD", "USD/", "/year", "usd/year", "USD/YEAR", "USD/fortnight", "XYZ/year", "EUR / hour", "USD/year ",
     "dollars a year", "USD/year/hour", HOSTILE, None, 2080, b"USD/year"],
)  # fmt: skip
def test_other_units_are_refused(unit: Any) -> None:
    expected = "unit is .*; expected a currency's code and one of year, month, week, day, hour, such as 'USD/year'"
    for call in (
        lambda: wf.fit(**FACTS, unit=unit),
        lambda: wf.fit_many(mean=[5e4], quantiles={0.5: [4e4]}, unit=unit),
        lambda: wf.fit_brackets([0, 2e4, 4e4], [1, 2], unit=unit),
        lambda: wf.compare_families(**FACTS, unit=unit),
    ):
        with pytest.raises(wf.FactError, match=expected):
            call()


def test_every_printed_form_has_the_unit_of_the_wages() -> None:
    """No dollar sign is left in what an hour in euros prints."""
    pay = wf.fit(mean=21.16, quantiles={0.1: 12.5, 0.9: 31.86}, unit="EUR/hour")
    console = Console(file=io.StringIO(), width=120)
    console.print(pay)
    shown: Any = console.file
    for text in (repr(pay), pay._repr_html_(), shown.getvalue()):
        assert "€21.16" in text
        assert "EUR/hour" in text
        assert "$" not in text
    axes = pay.plot()
    assert axes.get_xlabel().startswith("wage, euros an hour")
    assert axes.xaxis.get_major_formatter()(20, None) == "€20"


def test_hours_and_years_of_any_currency_are_converted() -> None:
    pay = wf.fit(mean=21.16, quantiles={0.9: 31.86}, unit="GBP/hour")
    year = pay.to_annual(2_000)
    assert year.unit == "GBP/year"
    assert year.mean() == pytest.approx(42_320, rel=1e-12)  # a product of two exact factors
    assert year.to_hourly(2_000) == pay.scale(2_000).scale(1 / 2_000)
    cells = wf.fit_many(mean=[21.16], quantiles={0.9: [31.86]}, unit="GBP/hour")
    assert cells.to_annual().to_hourly().unit == "GBP/hour"
    assert cells.truncate(10, 40).to_annual().unit == "GBP/year"
    for each in (pay, cells, cells.truncate(10, 40)):
        with pytest.raises(wf.FactError, match="unit is 'GBP/hour'; expected one by the year, such as 'USD/year'"):
            each.to_hourly()


def hostile_model() -> wf.SalaryModel:
    levels = (wf.Level("a", HOSTILE, 1.1, 0.01, 0.5), wf.Level("b", "B", 0.9, 0.01, 0.5))
    return wf.SalaryModel(wf.fit(**FACTS), [wf.Factor("f", levels)])


def test_labels_are_text_in_notebooks_and_on_terminals() -> None:
    """Neither elements of HTML nor the console's own markup."""
    model = hostile_model()
    person = model.profile(f="a")
    compared = model.compare(person, model.profile(f="b"))
    for shown in (person, person.pay, person.explain(), compared, compared.explanation):
        assert "<script" not in shown._repr_html_()
        console = Console(file=io.StringIO(), width=200)
        console.print(shown)
        written: Any = console.file
        assert ("[bold]" in written.getvalue()) == (HOSTILE in repr(shown))
    assert "&lt;script&gt;alert" in person._repr_html_()
    assert HOSTILE in repr(person)
