"""The small drawings of notebooks: well-formed, inside their frame, escaped, and telling their figures in words."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree  # noqa: ICN001 - a name that says what it is

import numpy as np
import pandas as pd
import pytest

import wagefit as wf
from wagefit.plots.svg import Bar, svg_bars

HOSTILE = "<script>alert('\"&')</script>"
SVG = "{http://www.w3.org/2000/svg}"


def pay() -> wf.Distribution:
    return wf.fit(mean=35_989, quantiles={0.1: 22_314, 0.5: 33_603, 0.9: 50_212}, unit="GBP/year")


def factor() -> wf.Factor:
    levels = (
        wf.Level("5", "nurse", 1.0, 0.0, 0.6),
        wf.Level("6", HOSTILE, 1.2, 0.02, 0.3),
        wf.Level("7", "", 0.9, None, 0.1),
    )
    return wf.Factor(f"band {HOSTILE}", levels, baseline="5")


def model() -> wf.SalaryModel:
    return wf.SalaryModel(pay(), [factor()])


def cells() -> wf.Ensemble:
    nan = float("nan")
    made = wf.fit_many(quantiles={0.1: [20e3, 21e3, nan], 0.5: [30e3, 33e3, nan]}, unit="GBP/year")
    made.label(None, wf.ensemble.Keys({"area": ["W", "S", "K"], "area_title": ["Wales", HOSTILE, "Kent"]}))
    return made


def equation() -> wf.estimation.Estimate:
    rng = np.random.default_rng(1)
    sector = rng.choice(["a", HOSTILE.replace('"', "")], 200)
    wages = np.exp(10 + 0.2 * (sector == "a") + 0.3 * rng.standard_normal(200))
    return wf.estimate_factors(pd.DataFrame({"wage": wages, "sector": sector}), "log(wage) ~ sector")


# Each with figures, as its own printed forms have them, that a listener must hear.
SHOWN: dict[str, tuple[Callable[[], Any], tuple[str, ...]]] = {
    "Distribution": (pay, ("pounds a year", "mean £35,989", "P10 £22,314", "P50 £33,603", "P90 £50,212")),
    "Ensemble": (cells, ("pounds a year", "Wales £30,000", "£33,000", "Kent none")),
    "SalaryModel": (model, ("-14.3 % to +14.3 %",)),  # 0.9 and 1.2 over the average of the ratios, 1.05
    "Factor": (factor, ("nurse 0", "+20.0 %", "7 -10.0 %", "90 % intervals")),
    "Estimate": (equation, ("90 % intervals",)),
    "Profile": (lambda: model().profile(**{factor().name: "7"}), ("the whole workforce, mean £35,989",)),
}


@pytest.fixture(params=SHOWN)
def shown(request: pytest.FixtureRequest) -> tuple[str, tuple[str, ...]]:
    make, words = SHOWN[request.param]
    return make()._repr_html_(), words


def drawing(page: str) -> ElementTree.Element:
    """The one drawing of a page, as XML reads it."""
    (found,) = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    return ElementTree.fromstring(found)


def test_a_listener_hears_the_figures(shown: tuple[str, tuple[str, ...]]) -> None:
    page, words = shown
    svg = drawing(page)
    assert svg.get("role") == "img"
    assert [word for word in words if word not in str(svg.get("aria-label"))] == []


def test_names_are_text_whatever_they_look_like(shown: tuple[str, tuple[str, ...]]) -> None:
    assert "<script" not in shown[0]


def test_everything_is_inside_the_frame(shown: tuple[str, tuple[str, ...]]) -> None:
    """Shapes by their points; texts by 7 pixels a letter of 11 pixels, wider than most are."""
    svg = drawing(shown[0])
    _, _, width, height = map(float, str(svg.get("viewBox")).split())
    for shape in svg.iter():
        xs = [float(shape.get(name, "nan")) for name in ("x1", "x2", "cx", "x")]
        ys = [float(shape.get(name, "nan")) for name in ("y1", "y2", "cy", "y")]
        pairs = [pair.split(",") for pair in shape.get("points", "").split()]
        xs += [float(x) for x, _ in pairs] + [float(x) for x in re.findall(r"M(\S+)", shape.get("d", ""))]
        ys += [float(y) for _, y in pairs]
        if shape.tag == f"{SVG}text":
            long = 7.0 * len(str(shape.text))
            xs += [xs[3] - {"end": long, "middle": long / 2}[str(shape.get("text-anchor"))]]
        assert not [x for x in xs if not np.isnan(x) and not -1 <= x <= width + 1]
        assert not [y for y in ys if not np.isnan(y) and not 0 <= y <= height]


def test_lines_are_as_long_as_their_figures_say() -> None:
    """Half the distance from 0 is half as many pixels; a loss is on the other side."""
    svg = ElementTree.fromstring(
        svg_bars([Bar("a", "2", (2.0,), 1.0, 3.0), Bar("b", "-1", (-1.0,), -1.5, -0.5)], "t", 0.0)
    )
    zero, first, second = svg.findall(f"{SVG}line")
    scale = (float(first.get("x2")) - float(first.get("x1"))) / 2.0
    assert float(first.get("x1")) - float(zero.get("x1")) == pytest.approx(scale, abs=0.11)  # written to 0.1 pixels
    assert float(second.get("x1")) - float(zero.get("x1")) == pytest.approx(-1.5 * scale, abs=0.11)


def test_an_unknown_interval_is_a_hollow_dot() -> None:
    known, unknown = ElementTree.fromstring(
        svg_bars([Bar("a", "", (2.0,), 1.0, 3.0), Bar("b", "", (1.0,), float("nan"), float("nan"))], "t")
    ).findall(f"{SVG}circle")
    assert known.get("fill") != "none"
    assert unknown.get("fill") == "none"


def test_drawings_need_no_matplotlib() -> None:
    code = (
        "import sys, wagefit as wf; model = wf.SalaryModel.health_information(); model._repr_html_(); "
        "model.profile(state='NJ')._repr_html_(); print('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_a_large_ensemble_shows_its_first_cells() -> None:
    many = wf.fit_many(quantiles={0.1: np.full(500, 2e4), 0.5: np.full(500, 3e4)})
    page = many._repr_html_()
    assert "The first 10" in page
    assert page.count("<tr>") == 11
