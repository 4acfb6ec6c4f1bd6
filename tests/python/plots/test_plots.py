"""The pictures: what is drawn is what the distribution says."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

import wagefit as wf
from wagefit.plots.density import density_points, plot_comparison, plot_density
from wagefit.plots.figures import save_picture
from wagefit.plots.labels import rows_of
from wagefit.plots.quantiles import plot_lorenz, plot_quantiles
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
    assert ax.get_xlabel().startswith("wage, dollars a year")
    assert "$40,000" in [label.get_text() for label in ax.get_xticklabels()]
    assert {"P10", "P25", "P50", "P75", "P90", "mean"} <= {text.get_text() for text in ax.texts}


def test_density_of_hourly_wages_says_so(pay: wf.Distribution) -> None:
    assert plot_density(pay.to_hourly()).get_xlabel().startswith("wage, dollars an hour")


def test_density_takes_the_axes_it_is_given(pay: wf.Distribution) -> None:
    ax = plt.figure().subplots()
    assert plot_density(pay, ax) is ax


@pytest.mark.parametrize("percentiles", [(0.0, 0.5), (1.2,), (-0.1,)])
def test_percentiles_outside_are_refused(pay: wf.Distribution, percentiles: tuple[float, ...]) -> None:
    with pytest.raises(wf.FactError, match="expected probabilities inside"):
        plot_density(pay, percentiles=percentiles)


def band_of(ax: Any) -> Any:
    """Vertices of the band, which is drawn below everything else."""
    return ax.collections[0].get_paths()[0].vertices


def test_band_is_the_credible_interval_of_the_density(pay: wf.Distribution) -> None:
    ax = pay.plot(level=0.8)
    wage = float(pay.ppf(0.3))
    wages, _ = density_points(pay)
    at = wages[np.abs(wages - wage).argmin()]
    heights = band_of(ax)[np.isclose(band_of(ax)[:, 0], at), 1]
    assert (heights.min(), heights.max()) == pytest.approx(pay.credible("pdf", at, level=0.8), rel=1e-9)
    assert heights.max() < ax.get_ylim()[1]


def test_there_are_no_band_and_points_where_none_are_wanted_or_known(pay: wf.Distribution) -> None:
    """A family has no posterior; the pay of a level without a standard error has an unknown one."""
    family = wf.fit(mean=44_010, quantiles={0.9: 63_820}, family="lognormal")
    unknown = wf.SalaryModel.health_information().profile(state="NJ").pay
    shaded = len(pay.plot().collections)
    for ax in (pay.plot(level=None), family.plot(), unknown.plot()):
        assert len(ax.collections) == shaded - 2


def test_a_spike_does_not_dwarf_the_rest() -> None:
    """P90 beside a gap: its density is hundreds of times that of the rest, which keeps a third of the height."""
    spiked = wf.fit(mean=123_670, quantiles={0.1: 87_790, 0.25: 111_340, 0.5: 126_120, 0.75: 145_870, 0.9: 161_250})
    ax = spiked.plot()
    _, density = density_points(spiked)
    top = ax.get_ylim()[1]
    assert density.max() > top
    assert spiked.pdf(spiked.ppf([0.2, 0.3, 0.4, 0.5, 0.6])).mean() > top / 4
    assert any(text.get_text().startswith("cut: ") for text in ax.texts)


def test_an_ordinary_peak_is_not_cut(pay: wf.Distribution) -> None:
    assert not any(text.get_text().startswith("cut") for text in pay.plot().texts)


def overlaps(texts: list[Any]) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes, as rendered, share more than a pixel in both directions."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts if text.get_visible() and text.get_text()]
    return [
        (first, second)
        for (first, a), (second, b) in itertools.combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]


def test_no_label_covers_another_in_a_figure_of_four(pay: wf.Distribution) -> None:
    figure, axes = plt.subplots(2, 2, layout="constrained")
    pay.plot(axes[0, 0])
    wf.fit(**wf.oews.national("11-9111", 2018).facts()).plot(axes[0, 1])
    plot_quantiles(pay, axes[1, 0])
    plot_lorenz(pay, axes[1, 1])
    figure.draw_without_rendering()
    for ax in axes.flat:
        assert overlaps(ax.texts) == []
        for axis in (ax.xaxis, ax.yaxis):
            assert overlaps(axis.get_ticklabels()) == []


def test_labels_go_up_a_row_where_they_would_touch() -> None:
    """A label of three characters is some 16 points wide, and is free again in the first row after that."""
    assert rows_of([0.0, 10.0, 20.0, 25.0, 60.0], ["P10", "P25", "P50", "P75", "P90"]) == [0, 1, 0, 2, 0]


def test_quantiles_and_lorenz_curve_are_the_distributions(pay: wf.Distribution) -> None:
    """The line, and the band around it."""
    scores, wages = plot_quantiles(pay).lines[0].get_data()
    np.testing.assert_allclose(wages, pay.ppf(wf._core.normal_cdf(scores)))
    ax = plot_lorenz(pay)
    np.testing.assert_allclose(ax.lines[0].get_ydata(), pay.lorenz(ax.lines[0].get_xdata()))
    assert len(ax.collections) == 1
    assert len(plot_lorenz(pay, level=None).collections) == 0
    assert plot_quantiles(pay.to_hourly()).get_ylabel() == "wage, dollars an hour"


def test_comparison_names_both(pay: wf.Distribution) -> None:
    pair = wf.fit(mean=44_010, quantiles={0.9: 63_820}, family="lognormal")
    legend = plot_comparison(pay, pair, ("BLS", "$44,010 and $63,820")).get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["BLS", "$44,010 and $63,820"]
    assert not any(text.get_parse_math() for text in legend.get_texts())


def figures(ax: Any) -> list[str]:
    """The column at the right of a picture of rows."""
    return [label.get_text() for label in ax.child_axes[0].get_yticklabels()]


def test_waterfall_leads_from_start_to_end() -> None:
    ax = plot_waterfall(("start", 100.0), [("up", 30.0), ("down", -10.0)], ("end", 120.0))
    boxes = [(bar.get_x(), bar.get_width()) for bar in ax.patches]
    assert boxes == [(0.0, 100.0), (100.0, 30.0), (130.0, -10.0), (0.0, 120.0)]
    assert figures(ax) == ["$100", "+$30", "-$10", "$120"]


def test_waterfall_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(wf.FactError, match="the steps lead from 100 to 130; expected 125"):
        plot_waterfall(("start", 100.0), [("up", 30.0)], ("end", 125.0))


def test_report_has_a_panel_for_the_occupation_and_one_for_the_person() -> None:
    figure = drawn(make_report())
    assert [ax.get_title(loc="left").split(":")[0] for ax in figure.axes] == [
        "Medical Records and Health Information Technicians, United States, May 2018",
        "Mean pay",
    ]


def test_report_without_a_person_has_one_panel() -> None:
    assert len(drawn(make_report(row={"title": "Nurses", "unit": "GBP/year", "p25": 27_719, "p50": 33_603})).axes) == 1


def test_unknown_ending_names_the_known_ones(pay: wf.Distribution, tmp_path: Path) -> None:
    with pytest.raises(wf.FactError, match=r"expected a name ending in one of .*png"):
        save_picture(pay.plot().figure, tmp_path / "picture.doc")


def test_missing_matplotlib_names_the_extra(pay: wf.Distribution, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(ImportError, match=r'pip install "wagefit\[plot\]"'):
        pay.plot()


def test_dollar_signs_in_labels_are_no_formulas() -> None:
    """Two of them are the ends of a formula to matplotlib, which then refuses what is between."""
    label = r"from $40,000 \\frac to $50,000"
    ax = plot_waterfall(("$1 and $2", 100.0), [(label, 20.0)], ("end", 120.0), unit="EUR/year")
    ax.figure.canvas.draw()
    assert ax.get_yticklabels()[0].get_text() == r"\$1 and \$2"
    assert figures(ax) == ["€100", "+€20", "€120"]
    assert ax.get_xlabel() == "mean pay, euros a year"


def test_a_picture_that_cannot_be_drawn_leaves_the_old_one(tmp_path: Path) -> None:
    ax = plot_waterfall(("start", 100.0), [("up", 20.0)], ("end", 120.0))
    ax.set_title(r"$\frac$")  # an error when it is drawn
    (tmp_path / "a.svg").write_text("before")
    with pytest.raises(ValueError, match="frac"):
        save_picture(ax.figure, tmp_path / "a.svg")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.svg", "before")]
