"""Public signatures let an editor and mypy tell right calls from wrong ones."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from ..source_tree import ROOT

SETUP = """
import numpy as np
import pandas as pd
import polars as pl

import wagefit as wf
from wagefit.factors import Profile

single, whole = np.float32(44_010), np.int64(44_010)
series = pl.Series([20, 45, 30, 5])
edges = [0, 25_000, 50_000, 100_000, float("inf")]
cells = wf.oews.cells(occupation="29-2072", year=2025)


def model() -> wf.SalaryModel: ...
def person() -> Profile: ...
def career() -> wf.Career: ...
def pay() -> wf.Distribution: ...
def table() -> wf.Ensemble: ...


"""

WRONG = """
wf.fit("29-1141")
wf.fit(mean="x")
wf.rank("48000", occupation="29-2072")
wf.rank_staff(3)
wf.oews.cell(29)
wf.fit(mean=[1.0, 2.0])
wf.fit(mean=44_010, quantiles={"median": 40_350})
wf.fit(mean=44_010, quantiles=40_350)
wf.fit(mean=44_010, family="foo")
wf.fit(mean=44_010, at_least={"median": 40_350})
wf.fit(mean=44_010, unit=3)
wf.fit_brackets("a", 3)
wf.fit_brackets(edges, 3)
wf.fit_brackets(edges, series, family="normal")
wf.compare_families(mean=44_010, quantiles={0.5: 40_350}, backend="excel")
wf.compare_families(mean=44_010, quantiles={0.5: 40_350}, families=["normal"])
wf.Factor.from_table(3)
wf.Factor.from_table(pl.DataFrame(), scale="square")
wf.Factor.from_cells("state", cells, "US")
wf.Factor.from_cells("state", cells, cells[0], figure="p33")
wf.Factor.from_regression(3, "region", {"east": 0.5, "west": 0.5})
wf.Factor.curve("experience", {0: 1.0, 5: "much"}, {0: 0.5, 5: 0.5})
wf.Factor.curve("experience", {0: 1.0, 5: 1.2}, {0: 0.5, 5: 0.5}, shape="round")
wf.Factor.elasticity("size", "0.1", {1: 0.5, 2: 0.5})
wf.Factor.elasticity_from_cells("price level", cells, 3)
wf.SalaryModel.health_information("x")
wf.SalaryModel.for_occupation(29, 2025)
wf.SalaryModel.for_occupation("29-1141", factors="mine.csv")
wf.SalaryModel.from_table(3, {"mean": 44_010})
wf.SalaryModel.from_table("mine.csv", 44_010)
model().save(3)
model().sensitivity(person(), "experience", [8])
wf.factors.read(3)
wf.SalaryModel(3, [])
model().profile(experience=[8])
model().compare(person(), 3)
model().rank(person(), "44010")
model().nearest(person(), 50_000, factors=3)
model().sensitivity(person(), points="few")
person().explain("mean")
person().explain().to_frame(backend="excel")
wf.factors.pool_ratios(1.1)
wf.factors.pool_ratios([1.1, 1.2], method="median")
wf.factors.scale_percentiles(person().pay, {"p50": 1.1})
wf.Career.health_information(start="nurse")
career().simulate(years="thirty")
career().simulate(rng="seed")
career().sensitivity(discount="three")
wf.worth(person(), cost="much", credential="RHIT")
wf.decisions.move(person(), 3)
wf.decisions.compare_places("NJ", "NY", person().pay, person().pay, year=2.5, to=2025)
pay().ppf("0.5")
pay().ppf(0.5).shape
pay().cdf(None)
pay().rvs(10, rng="seed")
pay().rvs("ten")
pay().credible("ppf", 0.5, level="90 %")
pay().scale("2")
pay().expect("mean")
pay().to_frame(backend="excel")
table().ppf("0.5")
table().mean_between("0.1", 0.5)
table()[1.5]
table().credible(3)
table().mixture().keys
wf.fit_many(mean="44010")
wf.fit_many(mean=[44_010], quantiles={"median": [40_350]})
wf.fit_table("table.csv")
wf.tables.read("table.csv")
wf.tables.read("table.csv", layout=3)
wf.tables.read("table.csv", layout="ashe", backend="excel")
wf.mixture(pay())
wf.prices.adjust("much", 2018)
wf.prices.adjust(44_010, 2018, index="PPI")
"""

RIGHT = """
wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260.0})
wf.fit(mean=single, quantiles={0.5: whole})
wf.fit(mean=whole, quantiles=([0.5, 0.9], np.array([40_350, 66_260])))
wf.fit(mean=44_010.0, quantiles={0.5: 40_350}, at_least={0.9: 60_000}, family="curve", rounding=10)
wf.fit(quantiles={0.1: 26_550, 0.5: 40_350}, at_least={"mean": 44_010, 0.9: whole})
wf.fit(**cells[0].facts())
wf.fit_brackets(edges, [20, 45, 30, 5])
wf.fit_brackets(tuple(edges), series, mean=single, family="gb2")
wf.fit_brackets(np.array(edges), pd.Series([20, 45, 30, 5]))
wf.compare_families(mean=44_010, quantiles={0.5: 40_350}, families=["curve", "gamma"], backend="polars")
wf.Factor.from_table(pl.DataFrame(), "size", scale="logarithmic").levels
wf.Factor.from_table(pd.DataFrame())
wf.Factor.from_cells("state", cells, cells[0], figure="p50", others=None)
wf.Factor.from_cells("state", pl.DataFrame(), {"area": "US", "mean": 44_010, "employment": 1_000})
wf.Factor.from_cells("state", [pd.Series()], pd.Series(), others="all others").mean_ratio + 1.0
wf.Factor.from_cells("state", {"area": "NJ", "p50": 50_240, "employment": 4_000}, cells[0], figure="p50").levels
wf.Factor.from_regression(wf.estimate_factors(pd.DataFrame(), "log(wage) ~ region"), "region", {"east": 0.5, 3: 0.5})
wf.Factor.curve("experience", {0: 1, 5: 1.2}, {0: 0.5, 5: single}, standard_errors={0: 0, 5: 0.01})
wf.Factor.elasticity("size", whole, {1: 0.5, 2: 0.5}, standard_error=single)
wf.Factor.elasticity_from_cells("price level", cells, wf.prices.parity)
wf.Factor.elasticity_from_cells("demand", cells, "location_quotient")
wf.SalaryModel.for_occupation("29-1141", 2025, factors=[]).profile(state="NJ").published
wf.SalaryModel.for_occupation("nurses", factors=wf.factors.read("mine.csv")).notes[0].upper()
wf.SalaryModel.health_information(2018).profile(experience=whole, credential="RHIT", state=None)
wf.SalaryModel.from_table("mine.csv", {"mean": 44_010, "p10": 26_550}).summary().splitlines()
wf.SalaryModel.from_table(pl.DataFrame(), cells[0]).to_frame("polars")
wf.SalaryModel.from_table(wf.factors.read(pd.DataFrame()), pay(), notes=["mine"]).save("model.toml")
model().sensitivity(person(), "experience", 8)[0].low_change + 1.0
wf.factors.read("mine.toml")["credential"].levels[0].ratio + 1.0
model().rank(person(), whole, level=0.5).person_interval[0] + 1.0
model().nearest(person(), 50_000, 3, factors=["credential"])[0].median + 1.0
model().compare(person(), person().replace(state="CA")).explanation.to_frame("pandas")
wf.factors.pool_ratios([1.145, 1.123], np.array([0.02, 0.03]), method="prior")
wf.factors.pool_ratios(series).interval(0.9)[0] + 1.0
wf.factors.scale_percentiles(person().pay, {0.1: 1.0, 0.9: 1.2}).mean()
wf.Career.health_information(start="coder", rank=0.5).replace(growth=0.01).simulate(10, 100, rng=None).mean
career().with_chance("coder", "director", 0.1).simulate(rng=np.random.default_rng(3), discount=whole).plot()
wf.worth(person(), cost=whole, months=6, credential="RHIT", experience=3).npv
wf.decisions.compare_places("NJ", "NY", person().pay, person().pay, year=2018, to="2025-05").real_gain + 1.0
pay().ppf(0.5) + 1.0
pay().ppf([0.1, 0.9]).shape
pay().ppf([[0.1, 0.9], [0.2, 0.8]]).sum()
pay().cdf(series).sum()
pay().cdf(pd.Series([1.0])).sum()
pay().pdf(np.linspace(1, 2)).sum()
pay().rvs(10, rng=np.random.default_rng(3)).sum()
pay().rvs() + pay().mean() + pay().expect(np.log)
pay().credible(lambda each: each.ppf(0.5), level=0.5, rng=None)
table()[0].ppf(0.5) + 1.0
table()["29-1141"].ppf(0.5) + 1.0
table().select(area="NJ")[0].mean() + 1.0
wf.fit(cells[0], like=pay()).mean() + 1.0
wf.fit({"mean": 44_010, "p10": 26_550}).mean() + 1.0
wf.rank(whole, occupation="29-2072", state="NJ").percentile + 1.0
wf.rank(single, {"unit": "GBP/year", "p50": 41_188}, hours=1_000).below + 1.0
wf.rank_staff("staff.csv", draws=0).counts()["placed"] + 1
wf.rank_staff(pl.DataFrame(), level=0.5).columns["percentile"].sum()
table()[1:].scale(2.0)[[0, 1]].ppf(0.5).sum()
table()[table().is_fitted].truncate(lower=15_080).median().sum()
table().mixture(weights=[1.0, 2.0]).mean() + 1.0
table().mixture(by=["a", "b"])["a"].mean() + 1.0
table().mixture(by=["a", "b"])[:1].coverage.sum()
table().rvs((2, 3), rng=4).sum() + table().interval()[0].sum()
wf.fit_many(mean=[44_010], quantiles={0.5: pd.Series([40_350])}, at_least={"mean": [1.0], 0.9: series})
wf.fit_table(pd.DataFrame(), n_threads=1).status.tolist()
wf.fit_table(pl.DataFrame())
wf.fit_table(wf.tables.read("table.csv", layout="ashe", backend="polars"), unit="GBP/year")
wf.mixture([pay(), pay()], weights=[1, 2]).gini() + 1.0
wf.prices.adjust(whole, 2018, (2025, 5)) + 1.0
wf.prices.adjust(series, 2018).sum()
"""


def lines(calls: str) -> list[str]:
    """One call a line."""
    return calls.strip().splitlines()


@pytest.fixture(scope="module")
def rejected(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The calls in which mypy finds an error."""
    path = tmp_path_factory.mktemp("calls") / "calls.py"
    path.write_text(SETUP + WRONG.lstrip() + RIGHT.lstrip())
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--disable-error-code=empty-body", "--cache-dir", path.parent, path],
        cwd=ROOT, env=os.environ | {"MYPYPATH": str(ROOT / "python")}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found = re.findall(r"calls\.py:(\d+): error:", done.stdout)
    source = path.read_text().splitlines()
    return {source[int(number) - 1] for number in found}


def test_nothing_but_the_calls_is_rejected(rejected: set[str]) -> None:
    assert rejected - set(lines(WRONG)) - set(lines(RIGHT)) == set()


@pytest.mark.parametrize("call", lines(WRONG))
def test_wrong_calls_are_rejected(call: str, rejected: set[str]) -> None:
    assert call in rejected


@pytest.mark.parametrize("call", lines(RIGHT))
def test_right_calls_are_accepted(call: str, rejected: set[str]) -> None:
    assert call not in rejected
