"""Published rows: the embedded ones always, those of the original workbooks where they are at hand."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest

import wagefit as wf
from wagefit.oews import Cell, cells

from ..cells import PERCENTILES
from ..national_workbooks import Release, national_releases
from ..oracles import EPS, EXACT, mean_interval

# |cdf(ppf(p)) - p| in units of eps (p + x pdf(x)): what rounding p and x to doubles may cost.
ROUND_TRIP = 4.0


# -- the rows that come with the package -----------------------------------------------------------------------------


def embedded() -> list[Cell]:
    """Rows with something to fit."""
    return [cell for cell in cells() if len(cell.quantiles) + len(cell.at_least) + (cell.mean is not None) >= 2]


def assert_is_met(cell: Cell, pay: wf.Distribution) -> None:
    for p, wage in cell.quantiles.items():
        assert pay.ppf(p) == pytest.approx(wage, rel=EXACT), cell
    for p, wage in cell.at_least.items():
        reached = pay.mean() if p == "mean" else pay.ppf(p)
        assert reached >= wage * (1 - EXACT), cell
    if cell.mean is not None:
        assert pay.mean() == pytest.approx(cell.mean, rel=EXACT), cell


def test_every_embedded_row_is_met() -> None:
    """Every release, state, area, industry: percentiles and mean to 1e-10, `#` reached; none is refused."""
    rows = embedded()
    fits = [(cell, wf.fit(**cell.facts())) for cell in rows]
    for cell, pay in fits:
        assert_is_met(cell, pay)
    counts = Counter(pay.diagnostics.status for _, pay in fits)
    print(f"embedded rows: {dict(counts)} of {len(rows)}")
    assert len(rows) > 1_500
    assert set(counts) <= {"exact", "guaranteed", "exact_without_mean"}
    assert all((pay.diagnostics.status == "exact_without_mean") == (cell.mean is None) for cell, pay in fits)


def test_embedded_national_rows_of_every_release_are_exact() -> None:
    """The rows people ask for: none needs the guaranteed path."""
    national = [cell for cell in embedded() if cell.is_national and len(cell.quantiles) == 5]
    assert {cell.year for cell in national} >= set(range(1999, 2025))
    assert {wf.fit(**cell.facts()).diagnostics.status for cell in national if cell.mean is not None} == {"exact"}


def test_density_of_embedded_rows_is_finite_and_positive() -> None:
    """At 99 probabilities of each row whose percentiles are distinct."""
    p = np.linspace(0.01, 0.99, 99)
    for cell in embedded():
        if len(set(cell.quantiles.values())) < len(cell.quantiles):
            continue
        pay = wf.fit(**cell.facts())
        density = pay.pdf(pay.ppf(p))
        assert np.all(np.isfinite(density) & (density > 0)), cell


def test_embedded_means_lie_in_their_feasible_interval() -> None:
    """By the sum of the percentiles' steps, in one line of numpy."""
    for cell in embedded():
        if cell.mean is not None and len(cell.quantiles) == 5:
            low, _ = mean_interval(PERCENTILES, list(cell.quantiles.values()))
            assert cell.mean > low, cell


# -- the original workbooks ------------------------------------------------------------------------------------------


def complete(release: Release) -> np.ndarray:
    """Rows with five percentiles and the mean."""
    return ~np.isnan(release.mean) & ~np.isnan(release.quantiles).any(axis=1)


def ensemble(release: Release, rows: Any, **more: Any) -> wf.Ensemble:
    quantiles = dict(zip(PERCENTILES, release.quantiles[rows].T, strict=True))
    return wf.fit_many(mean=release.mean[rows], quantiles=quantiles, n_threads=1, **more)


@cache
def complete_rows() -> tuple[wf.Ensemble, np.ndarray, np.ndarray]:
    """All complete rows of all releases: their fits, percentiles (n, 5) and means (n,)."""
    releases = national_releases()
    quantiles = np.concatenate([release.quantiles[complete(release)] for release in releases])
    means = np.concatenate([release.mean[complete(release)] for release in releases])
    fits = wf.fit_many(mean=means, quantiles=dict(zip(PERCENTILES, quantiles.T, strict=True)), n_threads=1)
    return fits, quantiles, means


def test_feasible_rows_are_those_that_arithmetic_allows() -> None:
    """Percentiles that do not decrease and a mean above the sum of their steps: 24,380 of 24,385 rows."""
    fits, quantiles, means = complete_rows()
    least = quantiles @ np.diff([*PERCENTILES, 1.0])
    is_possible = np.all(np.diff(quantiles) >= 0, axis=1) & (means > least)
    print(f"national rows with five percentiles and the mean: {fits.counts()}")
    np.testing.assert_array_equal(fits.status != "infeasible", is_possible)
    assert (len(fits), int(np.sum(is_possible))) == (24_385, 24_380)
    assert set(fits.counts()) == {"exact", "guaranteed", "infeasible"}


def test_cdf_undoes_ppf_on_every_national_row() -> None:
    """At ten random probabilities of each row, ties left out."""
    fits, quantiles, _ = complete_rows()
    p = np.random.default_rng(1).uniform(0.001, 0.999, (len(fits), 10))
    x = fits.ppf(p)
    error = np.abs(fits.cdf(x) - p) / (EPS * (p + x * fits.pdf(x)))
    on_tie = (x[:, :, None] == quantiles[:, None, :]).any(axis=2)
    is_fitted = (fits.status != "infeasible")[:, None]
    assert np.all(error[is_fitted & ~on_tie] <= ROUND_TRIP)
    assert np.sum(is_fitted & ~on_tie) > 240_000


def test_density_of_national_rows_is_finite_and_positive() -> None:
    """At the published percentiles and between them, wherever they are distinct."""
    fits, quantiles, _ = complete_rows()
    distinct = (fits.status != "infeasible") & np.all(np.diff(quantiles) > 0, axis=1)
    p = [0.001, 0.05, *PERCENTILES, 0.17, 0.33, 0.66, 0.83, 0.95, 0.999]
    density = fits[distinct].pdf(fits[distinct].ppf(p))
    assert np.all(np.isfinite(density) & (density > 0))
    assert np.sum(distinct) == 24_380 - 6


def test_quantiles_of_national_rows_ascend() -> None:
    fits, _, _ = complete_rows()
    x = fits[fits.status != "infeasible"].ppf(np.linspace(0, 0.999, 200))
    assert np.all(np.diff(x, axis=1) >= 0)


REFUSED = {
    (1997, "43005"): ("decreasing_quantiles", "quantiles decrease"),
    (1997, "43014"): ("decreasing_quantiles", "quantiles decrease"),
    (1998, "31211"): ("mean_too_low", "lower than the percentiles allow"),
    (1998, "31244"): ("mean_too_low", "lower than the percentiles allow"),
    (1998, "41000"): ("mean_too_low", "lower than the percentiles allow"),
}


@pytest.mark.parametrize(("year", "code"), REFUSED)
def test_faulty_rows_of_the_source_are_refused_for_the_right_reason(year: int, code: str) -> None:
    """P90 a sentinel (below P75, or 999,999), or the median printed as the mean."""
    (release,) = (one for one in national_releases() if one.year == year)
    row = release.codes.index(code)
    quantiles = dict(zip(PERCENTILES, release.quantiles[row], strict=True))
    reason, words = REFUSED[year, code]
    with pytest.raises(wf.InfeasibleError, match=words) as caught:
        wf.fit(mean=release.mean[row], quantiles=quantiles)
    assert caught.value.certificate.reason == reason
    if reason == "mean_too_low":
        least, _ = caught.value.certificate.mean_interval
        assert least == pytest.approx(mean_interval(PERCENTILES, release.quantiles[row])[0], rel=8 * EPS)
        assert release.mean[row] <= least


def test_top_coded_rows_are_fitted_through_bounds() -> None:
    """A run of `#` at the top of the ladder, met with the mean; no top code is taken for a percentile in silence."""
    counts: Counter[str] = Counter()
    binding: Counter[int] = Counter()
    for release in national_releases():
        rows = np.flatnonzero(release.is_top_coded.any(axis=1) & ~np.isnan(release.mean))
        bounds = np.where(release.is_top_coded[rows], release.top_code, np.nan)
        fits = ensemble(release, rows, at_least=dict(zip(PERCENTILES, bounds.T, strict=True)))
        counts.update(fits.status.tolist())
        for i, row in enumerate(rows):
            pay = fits[i]
            wages, is_bound = pay.ppf(PERCENTILES), release.is_top_coded[row]
            assert np.all(wages[is_bound] >= release.top_code * (1 - EXACT))
            assert wages[~is_bound] == pytest.approx(release.quantiles[row][~is_bound], rel=EXACT)
            assert pay.mean() == pytest.approx(release.mean[row], rel=EXACT)
            binding[len(pay.diagnostics.binding)] += 1
            for p, wage in pay.diagnostics.binding:
                assert pay.ppf(p) == pytest.approx(wage, rel=EXACT)
    print(f"national rows with #: {dict(counts)}; bounds that bind in a row: {dict(sorted(binding.items()))}")
    assert sum(counts.values()) == 1_068
    assert set(counts) <= {"exact", "guaranteed"}
    assert binding[0] > 0


def test_rows_in_a_table_are_rows_by_themselves() -> None:
    """A hundred random rows, bit for bit."""
    fits, quantiles, means = complete_rows()
    p = np.linspace(0.01, 0.99, 25)
    for i in np.random.default_rng(2).choice(np.flatnonzero(fits.status != "infeasible"), 100, replace=False):
        alone = wf.fit(mean=means[i], quantiles=dict(zip(PERCENTILES, quantiles[i], strict=True)))
        np.testing.assert_array_equal(fits[[i]].ppf(p)[0], alone.ppf(p))


def test_the_median_alone_leaves_open_what_rows_differ_in() -> None:
    """Nominal 90 % intervals of the other figures beside a median, on releases that the prior did not learn from."""
    rows = [release.quantiles[complete(release)] for release in national_releases() if release.year >= 2014]
    relative = np.concatenate(rows) / np.concatenate(rows)[:, [2]]
    median = wf.fit(quantiles={0.5: 40_000}, at_least={"mean": 1.0})
    for i in (0, 1, 3, 4):
        low, high = np.array(median.credible("ppf", PERCENTILES[i], draws=2_000)) / 40_000
        # One spread for all cells, groups of people among them: measured 83 to 89 % of the rows.
        assert 0.8 < np.mean((low <= relative[:, i]) & (relative[:, i] <= high)) < 0.95
