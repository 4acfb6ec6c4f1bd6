"""The pictures: what is drawn is what the distribution says."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

import wagefit as wf
from wagefit.plots.density import density_points, plot_comparison, plot_density
from wagefit.plots.fan import plot_fan
from wagefit.plots.figures import save_picture
from wagefit.plots.labels import rows_of
from wagefit.plots.quantiles import plot_lorenz, plot_quantiles
from wagefit.plots.ranking import plot_ranking
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


def test_labels_leave_intervals_whole(pay: wf.Distribution) -> None:
    """That of P99 lies along the axis, where the labels are."""
    ax = pay.plot(percentiles=(0.5, 0.99))
    heights = [line.get_ydata() for line in ax.lines]
    intervals = [line for line, y in zip(ax.lines, heights, strict=True) if len(y) == 2 and y[0] == y[1]]
    assert max(text.get_zorder() for text in ax.texts) < min(line.get_zorder() for line in intervals)


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


def test_an_equation_shows_the_level_that_others_are_compared_with() -> None:
    """Premiums are exp(coefficient) - 1, and those of a factor stand below its name."""
    rng = np.random.default_rng(2)
    sector, years = rng.choice(["a", "b", "c"], 200), rng.uniform(0, 30, 200)
    wage = np.exp(10 + 0.2 * (sector == "b") + 0.01 * years + 0.2 * rng.standard_normal(200))
    frame = pd.DataFrame({"wage": wage, "sector": sector, "years": years})
    found = wf.estimate_factors(frame, "log(wage) ~ sector + years")
    ax = found.plot()
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["years", "sector", "a", "b", "c"]
    premium = np.expm1(found.params["sector[T.b]"])
    assert figures(ax)[2:4] == ["0", f"{100 * premium:+.1f} %"]
    with pytest.raises(wf.FactError, match="expected a probability strictly between 0 and 1"):
        found.plot(level=1.0)


def test_a_model_shows_the_ratios_that_it_prints() -> None:
    """With intervals of the width that a normal log ratio with the printed error has; 1.645 is P95 of a normal."""
    credential = wf.SalaryModel.health_information().factor("credential")
    ax = credential.plot(level=0.9)
    rows = dict(zip([label.get_text() for label in ax.get_yticklabels()], figures(ax), strict=True))
    level = next(each for each in credential.levels if each.standard_error and each.ratio != 1.0)
    assert rows[level.label if len(level.label) <= 32 else level.name] == f"{100 * (level.ratio - 1):+.1f} %"
    lines = [line.get_xdata() for line in ax.lines if len(line.get_xdata()) == 2]
    low, high = next(ends for ends in lines if ends[0] < level.ratio - 1 < ends[1])
    assert np.log1p(high) - np.log1p(low) == pytest.approx(2 * 1.6449 * level.standard_error / level.ratio, rel=1e-4)


def test_few_levels_are_shown_where_there_is_little_room() -> None:
    model = wf.SalaryModel.health_information()
    _, axes = plt.subplots(3, 1, figsize=(4, 6), layout="constrained")
    rows = len(model.plot(axes[0]).get_yticks())
    assert 3 * len(model.factors) <= rows < len(model.plot().get_yticks())


def test_cells_without_a_distribution_are_left_out_and_said_to_be() -> None:
    cells = wf.fit_many(quantiles={0.1: [2e4, 3e4, np.nan], 0.5: [3e4, 4e4, np.nan]})
    ax = cells.plot(labels=["low", "high", "none"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["high", "low"]
    assert "1 without a distribution left out" in ax.get_xlabel().replace("\n", " ")
    with pytest.raises(wf.FactError, match="labels has 2 names; expected 3"):
        cells.plot(labels=["low", "high"])


def test_places_are_ranked_at_one_price_level() -> None:
    """B is printed higher, and dearer still."""
    pay = {"A": wf.fit(quantiles={0.1: 2e4, 0.5: 3e4}), "B": wf.fit(quantiles={0.1: 2e4, 0.5: 3.3e4})}
    assert figures(plot_ranking(pay)) == ["$33,000", "$30,000"]
    ax = plot_ranking(pay, prices={"A": 1.0, "B": 1.2})
    assert [label.get_text() for label in ax.get_yticklabels()] == ["1  A", "2  B"]
    assert figures(ax) == ["$30,000", "$27,500"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"prices": {"A": 1.0}}, "prices has no level of 'B'"),
        ({"marked": ["C"]}, "marked has 'C'"),
        ({"statistic": "mode"}, "statistic is 'mode'; expected one of median, mean"),
    ],
)
def test_rankings_of_something_else_are_refused(options: dict[str, Any], message: str) -> None:
    pay = {"A": wf.fit(quantiles={0.1: 2e4, 0.5: 3e4}), "B": wf.fit(quantiles={0.1: 2e4, 0.5: 3.3e4})}
    with pytest.raises(wf.FactError, match=message):
        plot_ranking(pay, **options)


def test_a_mean_in_a_far_tail_does_not_dwarf_the_others() -> None:
    """A median and bounds far above it, and no mean, leave an interval that ends far beyond the others' wages."""
    pay = {area: wf.decisions.place_pay(area) for area in ("AR", "TX")}
    pay["NJ"] = wf.fit(quantiles={0.5: 40_350}, at_least={0.9: 140_000, 0.75: 100_000, 0.25: 39_000})
    assert pay["NJ"].credible("mean")[1] > 3 * pay["NJ"].mean()
    ax = plot_ranking(pay, statistic="mean")
    assert ax.get_xlim()[1] < 2 * max(each.mean() for each in pay.values())


def test_a_fan_is_the_percentiles_that_it_is_given() -> None:
    table = np.outer(np.linspace(1, 2, 4), [1e4, 2e4, 3e4, 4e4, 5e4])
    ax = plot_fan(table, table[:, 2] + 500, unit="GBP/year")
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), table[:, 2])
    outer = ax.collections[0].get_paths()[0].vertices
    assert (outer[:, 1].min(), outer[:, 1].max()) == (1e4, 1e5)
    assert [text.get_text() for text in ax.texts] == ["P10", "P25", "median", "P75", "P90", "mean"]
    with pytest.raises(wf.FactError, match="a row a year"):
        plot_fan(table[:3], table[:, 2])
    with pytest.raises(wf.FactError, match="NaN in every year"):
        plot_fan(np.full((4, 5), np.nan), np.full(4, np.nan))
