"""Every picture, alone and as one of four: texts keep apart, drawings stay inside, figures say their unit."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import cache
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

import wagefit as wf

mpl.use("agg")
import matplotlib.pyplot as plt  # after the backend is chosen

SOURCE = "Office for National Statistics, Annual Survey of Hours and Earnings, table 14.7a, provisional figures of 2023"
NURSES = {"mean": 35_989, "quantiles": {0.1: 22_314, 0.25: 27_719, 0.5: 33_603, 0.75: 42_321, 0.9: 50_212}}
Draw = Callable[[Any], Any]


@pytest.fixture(autouse=True)
def close_figures():
    """No figure outlives its test."""
    yield
    plt.close("all")


@cache
def nurses() -> wf.Distribution:
    """Pay of British nurses."""
    return wf.fit(**NURSES, unit="GBP/year")


@cache
def electricians() -> wf.Distribution:
    return wf.fit(wf.oews.cell("electricians", year=2025))


@cache
def regions() -> wf.ensemble.RowEnsemble:
    """Twelve regions, from the best paid to the worst."""
    return wf.ensemble.RowEnsemble([nurses().scale(1.3 - 0.05 * i) for i in range(12)])


REGIONS = (
    "London", "South East", "East of England", "Scotland", "South West", "North West", "West Midlands", "Wales",
    "Yorkshire and The Humber", "East Midlands", "North East", "Northern Ireland",
)  # fmt: skip


@cache
def model() -> wf.SalaryModel:
    band = wf.Factor(
        "band",
        (
            wf.Level("5", "staff nurse", 1.0, 0.0, 0.6),
            wf.Level("6", "senior nurse, specialist nurse or district nurse", 1.2, 0.02, 0.3),
            wf.Level("7", "ward manager", 1.4, None, 0.1),
        ),
        baseline="5",
    )
    years = tuple(wf.Level(f"{i}", "", 1.0 + 0.01 * i, 0.002 * i, 0.1, at=float(i)) for i in range(10))
    return wf.SalaryModel(nurses(), [band, wf.Factor("experience", years, baseline="0", unit="years")])


@cache
def equation() -> wf.estimation.Estimate:
    rng = np.random.default_rng(7)
    sector = rng.choice(["private", "public", "charity"], 300)
    years = rng.uniform(0, 30, 300)
    wage = np.exp(10.3 + 0.1 * (sector == "public") + 0.01 * years + 0.3 * rng.standard_normal(300))
    return wf.estimate_factors(
        pd.DataFrame({"wage": wage, "sector": sector, "years": years}), "log(wage) ~ sector + years"
    )


def ranking(ax: Any) -> Any:
    pay = dict(zip(REGIONS, regions().rows(), strict=True))
    prices = {name: 1.1 - 0.02 * i for i, name in enumerate(REGIONS)}
    return wf.plots.plot_ranking(pay, ax, prices=prices, marked=["Wales"], source=SOURCE)


def waterfall(ax: Any) -> Any:
    steps = [("band: senior nurse, specialist nurse or district nurse", 4_000.4), ("region: Wales", -900.4)]
    return wf.plots.plot_waterfall(("everyone", 35_989.3), steps, ("this nurse", 39_089.3), ax, "GBP/year")


def fan(ax: Any) -> Any:
    growth = 1.02 ** np.arange(15)
    table = np.outer(growth, nurses().ppf([0.1, 0.25, 0.5, 0.75, 0.9]))
    return wf.plots.plot_fan(table, nurses().mean() * growth, ax, unit="GBP/year", source=SOURCE)


def roles(ax: Any) -> Any:
    left = np.linspace(0, 0.5, 15)
    shares = np.column_stack([0.9 - left, np.full(15, 0.04), np.full(15, 0.03), np.full(15, 0.03), left])
    names = ["staff nurse", "ward manager", "matron", "director of nursing and quality", "left the profession"]
    return wf.plots.plot_roles(shares, names, ax)


def gains(ax: Any) -> Any:
    values = np.random.default_rng(3).normal(20_000, 30_000, 5_000)
    return wf.plots.plot_outcomes(values, "net present value, pounds", ax, "GBP/year")


PICTURES: dict[str, Draw] = {
    "density": lambda ax: nurses().plot(ax, source=SOURCE),
    "density, estimated": lambda ax: electricians().to_hourly().plot(ax),
    "comparison": lambda ax: model().profile(band="6", experience=4).plot(ax),
    "quantiles": lambda ax: wf.plots.plot_quantiles(nurses(), ax, source=SOURCE),
    "Lorenz curve": lambda ax: wf.plots.plot_lorenz(nurses(), ax, source=SOURCE),
    "ladder": lambda ax: regions().plot(ax, labels=REGIONS, source=SOURCE),
    "factor": lambda ax: model().factor("band").plot(ax),
    "model": lambda ax: model().plot(ax, source=SOURCE),
    "equation": lambda ax: equation().plot(ax, source=SOURCE),
    "waterfall": waterfall,
    "explanation": lambda ax: model().profile(band="6", experience=4).explain().plot(ax),
    "fan": fan,
    "roles": roles,
    "ranking": ranking,
    "outcomes": gains,
}


def alone(draw: Draw) -> list[Any]:
    ax = draw(None)
    ax.figure.draw_without_rendering()
    return [ax]


def one_of_four(draw: Draw) -> list[Any]:
    """Two of a small figure of four; the others have rows, whose names take room from those above and below."""
    figure, axes = plt.subplots(2, 2, figsize=(8, 6), layout="constrained")
    waterfall(axes[0, 0])
    draw(axes[0, 1])
    draw(axes[1, 0])
    PICTURES["model"](axes[1, 1])
    figure.draw_without_rendering()
    return list(axes.flat)


def texts(ax: Any) -> list[Text]:
    """Every text of the axes that is seen: labels, ticks, legend, figures at the right, title."""
    return [text for text in ax.findobj(Text) if text.get_visible() and text.get_text().strip() and is_shown(ax, text)]


def is_shown(ax: Any, text: Text) -> bool:
    """Whether matplotlib draws it: ticks beyond the ends of an axis are not."""
    for each in (ax, *ax.child_axes):
        for axis in (each.xaxis, each.yaxis):
            ticks = {label for tick in axis.get_major_ticks() for label in (tick.label1, tick.label2)}
            if text in ticks:
                drawn = {label for tick in axis._update_ticks() for label in (tick.label1, tick.label2)}
                return text in drawn
    return True


def overlaps(found: list[Text]) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes, as rendered, share more than a pixel in both directions."""
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in found]
    return [
        (first, second)
        for (first, a), (second, b) in itertools.combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]


@pytest.mark.parametrize("layout", [alone, one_of_four], ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("name", PICTURES)
def test_texts_keep_apart_and_everything_is_inside(name: str, layout: Callable[[Draw], list[Any]]) -> None:
    axes = layout(PICTURES[name])
    found = [text for ax in axes for text in texts(ax)]
    assert overlaps(found) == []
    page = axes[0].figure.bbox
    assert [text.get_text() for text in found if not is_inside(Text.get_window_extent(text), page)] == []
    for ax in axes:
        assert [box for box in drawings(ax) if not is_inside(box, ax.get_window_extent())] == []


def is_inside(box: Any, frame: Any) -> bool:
    """To a pixel."""
    return box.x0 > frame.x0 - 1 and box.x1 < frame.x1 + 1 and box.y0 > frame.y0 - 1 and box.y1 < frame.y1 + 1


def drawings(ax: Any) -> list[Any]:
    """Boxes of bars and lines."""
    bars = [patch.get_window_extent() for patch in ax.patches if patch is not ax.patch]
    return bars + [line.get_path().transformed(line.get_transform()).get_extents() for line in ax.lines]


MONEY = ("density", "quantiles", "ladder", "waterfall", "explanation", "fan", "ranking")


@pytest.mark.parametrize("name", MONEY)
def test_wages_are_in_the_unit_of_the_facts(name: str) -> None:
    (ax,) = alone(PICTURES[name])
    axis = ax.yaxis if name in ("quantiles", "fan") else ax.xaxis
    assert "pounds a year" in axis.get_label_text().replace("\n", " ")
    labels = [label.get_text() for label in axis.get_ticklabels() if label.get_text()]
    assert len(labels) >= 3
    assert all(label.startswith("£") for label in labels)


def test_wages_of_an_hour_are_in_dollars_an_hour() -> None:
    (ax,) = alone(PICTURES["density, estimated"])
    assert ax.get_xlabel().startswith("wage, dollars an hour")
    assert "$20" in [label.get_text() for label in ax.get_xticklabels()]


def amount(text: str) -> int:
    """Of a printed amount in whole pounds."""
    return int(text.replace("£", "").replace(",", ""))


def figures(ax: Any) -> list[str]:
    """The column at the right."""
    return [label.get_text() for label in ax.child_axes[0].get_yticklabels()]


@pytest.mark.parametrize("name", ["waterfall", "explanation"])
def test_printed_bars_add_up_to_the_printed_total(name: str) -> None:
    """The amounts in between are not whole, so that rounding each by itself would miss by one."""
    (ax,) = alone(PICTURES[name])
    *parts, total = map(amount, figures(ax))
    assert sum(parts) == total
    widths = [bar.get_width() for bar in ax.patches]
    assert np.abs(np.array([*parts, total]) - widths).max() < 1.0
    assert all(text.startswith(("+", "-")) for text in figures(ax)[1:-1])


def test_source_is_below_the_axes() -> None:
    (ax,) = alone(PICTURES["ladder"])
    (written,) = [text for text in ax.texts if text.get_text().startswith("Source: ")]
    assert written.get_text().replace("\n", " ") == f"Source: {SOURCE}"
    assert written.get_window_extent().y1 < ax.xaxis.label.get_window_extent().y0
