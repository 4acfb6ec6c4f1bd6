"""The pictures: what is drawn is what the distribution says."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

import wagefit as wf
from wagefit.plots.density import density_points, plot_comparison, plot_density
from wagefit.plots.figures import save_picture
from wagefit.plots.waterfall import plot_waterfall
from wagefit.report import Report, make_report
from wagefit.report.picture import draw_report

mpl.use("agg")
import matplotlib.pyplot as plt  # after the backend is chosen


def drawn(report: Report) -> Any:
    """The picture of a report."""
    return draw_report(report.pay, report.published, report.quoted, report.person)


@pytest.fixture(autouse=True)
def close_figures():
    """No figure outlives its test."""
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def pay() -> wf.Distribution:
    return wf.fit(**wf.oews.national("29-2071", 2018).facts())


def test_density_points_cover_the_middle_99_percent(pay: wf.Distribution) -> None:
    wages, density = density_points(pay)
    assert np.all(np.diff(wages) > 0)
    assert np.trapezoid(density, wages) == pytest.approx(0.99, abs=1e-3)  # trapezoids over 1,600 points


def test_density_is_labeled_in_dollars(pay: wf.Distribution) -> None:
    ax = pay.plot(label="technicians")
    ax.figure.draw_without_rendering()
    assert ax.get_xlabel() == "wage, dollars a year"
    assert "$40,000" in [label.get_text() for label in ax.get_xticklabels()]
    assert {"P10", "P25", "P50", "P75", "P90", "mean"} <= {text.get_text() for text in ax.texts}


def test_density_of_hourly_wages_says_so(pay: wf.Distribution) -> None:
    assert plot_density(pay.to_hourly()).get_xlabel() == "wage, dollars an hour"


def test_density_takes_the_axes_it_is_given(pay: wf.Distribution) -> None:
    ax = plt.figure().subplots()
    assert plot_density(pay, ax) is ax


@pytest.mark.parametrize("percentiles", [(0.0, 0.5), (1.2,), (-0.1,)])
def test_percentiles_outside_are_refused(pay: wf.Distribution, percentiles: tuple[float, ...]) -> None:
    with pytest.raises(wf.FactError, match="expected probabilities inside"):
        plot_density(pay, percentiles=percentiles)


def test_comparison_names_both(pay: wf.Distribution) -> None:
    pair = wf.fit(mean=44_010, quantiles={0.9: 63_820}, family="lognormal")
    legend = plot_comparison(pay, pair, ("BLS", "$44,010 and $63,820")).get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["BLS", "$44,010 and $63,820"]
    assert not any(text.get_parse_math() for text in legend.get_texts())


def test_waterfall_leads_from_start_to_end() -> None:
    ax = plot_waterfall(("start", 100.0), [("up", 30.0), ("down", -10.0)], ("end", 120.0))
    boxes = [(bar.get_x(), bar.get_width()) for bar in ax.patches]
    assert boxes == [(0.0, 100.0), (100.0, 30.0), (130.0, -10.0), (0.0, 120.0)]
    assert [text.get_text() for text in ax.texts] == ["$100", "+$30", "-$10", "$120"]


def test_waterfall_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(wf.FactError, match="the steps lead from 100 to 130; expected 125"):
        plot_waterfall(("start", 100.0), [("up", 30.0)], ("end", 125.0))


def test_report_has_a_panel_for_the_occupation_and_one_for_the_person() -> None:
    figure = drawn(make_report())
    assert [ax.get_title(loc="left").split(":")[0] for ax in figure.axes] == [
        "Medical Records and Health Information Technicians, May 2018",
        "Mean pay",
    ]


def test_report_without_a_person_has_one_panel() -> None:
    assert len(drawn(make_report(occupation="11-9111")).axes) == 1


def test_unknown_ending_names_the_known_ones(pay: wf.Distribution, tmp_path: Path) -> None:
    with pytest.raises(wf.FactError, match=r"expected a name ending in one of .*png"):
        save_picture(pay.plot().figure, tmp_path / "picture.doc")


def test_missing_matplotlib_names_the_extra(pay: wf.Distribution, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(ImportError, match=r'pip install "wagefit\[plot\]"'):
        pay.plot()
