"""Effects of all levels of several factors against a sparse solution and pyfixest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import wagefit as wf

from ..shared_data import shared_folder
from ..workers import made_up_workers, pyfixest_fit

smf = pytest.importorskip("statsmodels.formula.api")


def data_folder() -> Path:
    """Published tables of May 2025."""
    return shared_folder("oews") / "may2025"


def sparse_solution(frame: pd.DataFrame, factors: list[str]) -> dict[str, np.ndarray]:
    """Effects of two factors by a sparse LU of the normal equations with two corrections, weighted means zero."""
    from scipy import sparse
    from scipy.sparse.linalg import splu

    codes = {name: pd.factorize(frame[name], sort=True) for name in factors}
    rows = np.arange(len(frame))
    blocks = [sparse.csr_matrix((np.ones(len(rows)), (rows, c))) for c, _ in codes.values()]
    x = sparse.hstack(blocks).tocsc()[:, :-1]
    weights = frame.weight.to_numpy(float)
    y = np.log(frame.wage.to_numpy(float))
    factor = splu((x.T @ sparse.diags(weights) @ x).tocsc())
    solution = np.zeros(x.shape[1])
    for _ in range(3):
        solution += factor.solve(x.T @ (weights * (y - x @ solution)))
    first = len(codes[factors[0]][1])
    effects = [solution[:first], np.append(solution[first:], 0.0)]
    masses = [np.bincount(c, weights) for c, _ in codes.values()]
    return {name: e - np.average(e, weights=m) for name, e, m in zip(factors, effects, masses, strict=True)}


def test_two_way_effects_equal_a_sparse_solution() -> None:
    """Both sets of effects, here on 600 made-up rows."""
    frame = made_up_workers()
    curves = wf.estimation.estimate_factor_curves(frame, "wage", ["trade", "firm"], weights="weight")
    expected = sparse_solution(frame, ["trade", "firm"])
    for name, effects in expected.items():
        # two direct solutions with corrections; log points
        np.testing.assert_allclose(curves.effects[name][:, 0], effects, rtol=0.0, atol=1e-12)
    assert curves.connected == (True,)


def test_factor_curves_of_several_figures() -> None:
    """Figures with missing rows are solved as if they stood alone."""
    frame = made_up_workers().assign(p90=lambda rows: rows.wage * rows.experience.add(1.0))
    frame.loc[::7, "p90"] = np.nan
    both = wf.estimation.estimate_factor_curves(frame, ["wage", "p90"], ["trade", "firm", "region"], weights="weight")
    alone = wf.estimation.estimate_factor_curves(frame.dropna(), "p90", ["trade", "firm", "region"], weights="weight")
    np.testing.assert_array_equal(both.effects["firm"][:, 1], alone.effects["firm"][:, 0])
    assert both.nobs == (600, alone.nobs[0])
    ratios = both.ratios("region", "south", baseline="north")
    south, north = (both.levels["region"].index(level) for level in ("south", "north"))
    assert ratios["p90"] == pytest.approx(np.exp(np.diff(both.effects["region"][[north, south], 1])[0]))
    assert list(both.to_frame("region", "pandas").columns) == ["level", "wage", "p90"]
    with pytest.raises(wf.FactError, match="expected one of the 3 levels"):
        both.ratios("region", "west")
    with pytest.raises(wf.FactError, match="holds a wage of at most 0"):
        wf.estimation.estimate_factor_curves(frame.assign(wage=0.0), "wage", ["region"])


def metros() -> pd.DataFrame:
    """Metropolitan rows of May 2025 with a median and employment."""
    frame = pd.read_csv(data_folder() / "oews_m2025_metros.csv.gz", dtype=str)
    for name in ("TOT_EMP", "A_MEDIAN"):
        frame[name] = pd.to_numeric(frame[name], errors="coerce")
    names = {"TOT_EMP": "weight", "A_MEDIAN": "wage", "OCC_CODE": "occupation", "AREA": "area"}
    return frame.rename(columns=names)[[*names.values()]].dropna().reset_index(drop=True)


def test_occupations_and_areas_of_may_2025() -> None:
    """175,109 medians on 770 occupations and 530 areas."""
    frame = metros()
    curves = wf.estimation.estimate_factor_curves(frame, "wage", ["occupation", "area"], weights="weight")
    assert curves.nobs == (175_109,)
    assert [len(labels) for labels in curves.levels.values()] == [770, 530]
    assert round(float(curves.rsquared[0]), 3) == 0.948
    for name, effects in sparse_solution(frame, ["occupation", "area"]).items():
        np.testing.assert_allclose(curves.effects[name][:, 0], effects, rtol=0.0, atol=1e-12)  # 2e-15 seen
    fit = pyfixest_fit("np.log(wage) ~ 1 | occupation + area", frame, "weight")
    theirs = fit.fixef(atol=1e-13, btol=1e-13)  # its iterations stop at a multiple of these
    for name in ("occupation", "area"):
        groups = frame.groupby(name).weight.agg(["sum", "size"]).loc[list(curves.levels[name])]
        shared = groups["size"].to_numpy() > 1  # it leaves a level of one row out
        found = np.array([theirs[f"C({name})"].get(label, 0.0) for label in curves.levels[name]])[shared]
        effects, masses = curves.effects[name][shared, 0], groups["sum"].to_numpy()[shared]
        found += np.average(effects - found, weights=masses)  # one of its levels is zero and has no entry
        np.testing.assert_allclose(effects, found, rtol=0.0, atol=1e-8)
