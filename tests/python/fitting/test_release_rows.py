"""Every published row of percentiles: met exactly, or refused with a reason that a linear program confirms."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from functools import cache
from itertools import groupby

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import linprog

import wagefit as wf

from ..national_workbooks import PERCENTILES, Release, data_folder, national_releases
from ..oracles import EXACT

COLUMNS = ("A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90")
# Normal probabilities at scores rounded to half an ulp; the stated bound of the round trip.
MASS = 8 * np.finfo(float).eps
# Facts of May 2025, counted once from the files: rows with five percentiles, of these tied, of these all equal.
MAY_2025 = {"national": (779, 1, 0), "states": (33_391, 2_140, 8), "metros": (178_390, 20_595, 66)}


@cache
def may_2025(table: str) -> tuple[np.ndarray, np.ndarray]:
    """Percentiles, shape (n, 5), and means, shape (n,) (NaN where not published), of the rows with five percentiles."""
    path = data_folder() / "oews" / "may2025" / f"oews_m2025_{table}.csv.gz"
    if not path.exists():
        pytest.skip("the May 2025 tables are not here; set WAGEFIT_DATA to their folder")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    places = [names.index(name) for name in COLUMNS]
    mean_place = names.index("A_MEAN") if "A_MEAN" in names else None
    complete = [row for row in rows if all(row[place] for place in places)]
    percentiles = np.array([[float(row[place]) for place in places] for row in complete])
    means = np.array([float(row[mean_place] or "nan") if mean_place is not None else np.nan for row in complete])
    return percentiles, means


@cache
def fitted(table: str) -> wf.Ensemble:
    percentiles, means = may_2025(table)
    return wf.fit_many(mean=means, quantiles=dict(zip(PERCENTILES, percentiles.T, strict=True)), n_threads=1)


def is_tied(percentiles: np.ndarray) -> np.ndarray:
    """Where two neighboring percentiles are equal, shape (n, 4)."""
    return np.diff(percentiles) == 0


@pytest.mark.parametrize("table", MAY_2025)
def test_tables_of_may_2025_are_the_ones_counted(table: str) -> None:
    percentiles, _ = may_2025(table)
    tied = is_tied(percentiles)
    assert (len(percentiles), tied.any(axis=1).sum(), tied.all(axis=1).sum()) == MAY_2025[table]
    assert np.all(np.diff(percentiles) >= 0)


@pytest.mark.parametrize("table", MAY_2025)
def test_every_row_of_may_2025_is_met(table: str) -> None:
    """Ascending percentiles always have a distribution; only the national table publishes means."""
    percentiles, means = may_2025(table)
    cells = fitted(table)
    print(f"May 2025, {table}: {cells.counts()}")
    assert cells.counts() == {"exact" if table == "national" else "exact_without_mean": len(percentiles)}
    assert_allclose(cells.ppf(PERCENTILES), percentiles, rtol=EXACT)
    if table == "national":
        assert_allclose(cells.mean(), means, rtol=EXACT)


@pytest.mark.parametrize("table", MAY_2025)
def test_every_percentile_of_may_2025_has_its_probability(table: str) -> None:
    """P(X <= q) is the highest probability published at the wage q, P(X < q) the lowest: a tie is a jump."""
    percentiles, _ = may_2025(table)
    probabilities = np.broadcast_to(PERCENTILES, percentiles.shape)
    same = percentiles[:, :, None] == percentiles[:, None, :]
    highest = np.where(same, probabilities[:, None, :], 0.0).max(axis=2)
    lowest = np.where(same, probabilities[:, None, :], 1.0).min(axis=2)
    cells = fitted(table)
    below = np.nextafter(percentiles, 0.0)
    # One double below a wage x the continuous part is lower by up to eps x pdf(x); cdf itself is good to that order.
    slack = MASS * (lowest + percentiles * cells.pdf(below))
    assert np.all(np.abs(cells.cdf(percentiles) - highest) <= MASS)
    assert np.all(np.abs(cells.cdf(below) - lowest) <= slack)


def assert_round_trip(cells: wf.Ensemble, percentiles: np.ndarray) -> None:
    """|cdf(ppf(p)) - p| <= 8 eps (p + x pdf(x)) for p from 1e-6 to 1 - 1e-6, off published wages; sf and isf too."""
    low = 10.0 ** np.random.default_rng(5).uniform(-6, np.log10(0.5), 20)
    p = np.concatenate([low, 1.0 - low])
    for inverse, forward in ((cells.ppf, cells.cdf), (cells.isf, cells.sf)):
        wages = inverse(p)
        is_published = (wages[:, :, None] == percentiles[:, None, :]).any(axis=2)
        allowed = MASS * (p + wages * cells.pdf(wages))
        assert np.all((np.abs(forward(wages) - p) <= allowed) | is_published)


@pytest.mark.parametrize("table", MAY_2025)
def test_probability_survives_the_round_trip_in_every_row_of_may_2025(table: str) -> None:
    assert_round_trip(fitted(table), may_2025(table)[0])


def expected_atoms(row: np.ndarray) -> list[tuple[float, float]]:
    """Wages that stand at several probabilities, with the probability between the outermost ones."""
    runs = [[p for _, p in run] for _, run in groupby(zip(row, PERCENTILES, strict=True), key=lambda pair: pair[0])]
    wages = [wage for wage, _ in groupby(row)]
    return [(float(wage), run[-1] - run[0]) for wage, run in zip(wages, runs, strict=True) if len(run) > 1]


@pytest.mark.parametrize("table", MAY_2025)
def test_every_tie_of_may_2025_is_an_atom(table: str) -> None:
    """And nothing else is one."""
    percentiles, _ = may_2025(table)
    tied = np.flatnonzero(is_tied(percentiles).any(axis=1))
    cells = fitted(table)[tied]
    for i, row in enumerate(percentiles[tied]):
        wages, masses = zip(*cells[i].atoms(), strict=True)
        expected_wages, expected_masses = zip(*expected_atoms(row), strict=True)
        assert wages == expected_wages
        assert_allclose(masses, expected_masses, rtol=0, atol=MASS)
    smooth = np.flatnonzero(~is_tied(percentiles).any(axis=1))[::1000]
    assert all(fitted(table)[int(i)].atoms() == [] for i in smooth)


# -- national releases 1997 to May 2021 ------------------------------------------------------------------------------

STEPS_BETWEEN = 2  # of the linear program's step functions, between neighboring published probabilities


@cache
def national_fits() -> tuple[tuple[Release, wf.Ensemble], ...]:
    """Each workbook with its cells, `#` as a one-sided fact."""
    return tuple((release, fit_release(release)) for release in national_releases())


def fit_release(release: Release) -> wf.Ensemble:
    bounds = np.where(release.is_top_coded, release.top_code, np.nan)
    return wf.fit_many(
        mean=release.mean,
        quantiles=dict(zip(PERCENTILES, release.quantiles.T, strict=True)),
        at_least=dict(zip(PERCENTILES, bounds.T, strict=True)),
        n_threads=1,
    )


def is_complete(release: Release) -> np.ndarray:
    """Rows with five percentiles and the mean."""
    return ~np.isnan(release.quantiles).any(axis=1) & ~np.isnan(release.mean)


def test_every_national_row_is_met_or_refused() -> None:
    """24,385 complete rows, of which five contradict themselves; `#` rows have bounds and a mean."""
    complete, all_rows = Counter(), Counter()
    for release, cells in national_fits():
        all_rows.update(cells.status.tolist())
        complete.update(cells.status[is_complete(release)].tolist())
        is_fitted = ~np.isin(cells.status, ["infeasible", "suppressed"])
        assert_allclose(cells.mean()[is_fitted], release.mean[is_fitted], rtol=EXACT)
        published = is_fitted[:, None] & ~np.isnan(release.quantiles)
        assert_allclose(cells.ppf(PERCENTILES)[published], release.quantiles[published], rtol=EXACT)
        bounded = is_fitted[:, None] & release.is_top_coded
        assert np.all(cells.ppf(PERCENTILES)[bounded] >= release.top_code)
    print(f"national 1997-2021, complete rows: {dict(complete)}; all rows: {dict(all_rows)}")
    assert complete["infeasible"] == 5
    assert complete["exact"] + complete["guaranteed"] == 24_380
    assert all_rows["infeasible"] == 5
    assert set(all_rows) == {"exact", "guaranteed", "infeasible", "suppressed"}


def test_probability_survives_the_round_trip_in_every_national_row() -> None:
    """Those of the guaranteed path too, whose tails are steep."""
    for release, cells in national_fits():
        is_fitted = ~np.isin(cells.status, ["infeasible", "suppressed"])
        assert_round_trip(cells[is_fitted], release.quantiles[is_fitted])


def test_refused_rows_are_the_known_faults_of_the_source() -> None:
    refused = {
        (release.year, release.codes[i])
        for release, cells in national_fits()
        for i in np.flatnonzero(cells.status == "infeasible")
    }
    assert refused == {(1997, "43005"), (1997, "43014"), (1998, "31211"), (1998, "31244"), (1998, "41000")}


def least_mean(quantiles: np.ndarray, bounds: np.ndarray) -> float | None:
    """Smallest mean of a step quantile function through `quantiles` and above `bounds`, by linear programming.

    The steps x_1 <= x_2 <= ... have the published probabilities among their ends. A quantile function passes through q
    at p when the step that ends there is at most q and the one that starts there at least q; a bound asks for the
    latter only. None where no such function exists. Nothing of the library is used.
    """
    ends = np.concatenate([[0.0], PERCENTILES, [1.0]])
    widths = np.repeat(np.diff(ends) / STEPS_BETWEEN, STEPS_BETWEEN)
    lower, upper = np.zeros(len(widths)), np.full(len(widths), np.inf)
    for i, (quantile, bound) in enumerate(zip(quantiles, bounds, strict=True)):
        after = STEPS_BETWEEN * (i + 1)
        if not np.isnan(quantile):
            upper[after - 1] = quantile
            lower[after] = quantile
        if not np.isnan(bound):
            lower[after] = bound
    descents = -np.diff(np.eye(len(widths)), axis=0)
    found = linprog(widths, A_ub=descents, b_ub=np.zeros(len(descents)), bounds=list(zip(lower, upper, strict=True)))
    assert found.status in {0, 2}, found.message
    return float(found.fun) if found.status == 0 else None


def is_possible(release: Release, row: int) -> bool:
    """Whether step functions have the row's facts: any mean above the least one, as the support has no upper end."""
    bounds = np.where(release.is_top_coded[row], release.top_code, np.nan)
    least = least_mean(release.quantiles[row], bounds)
    return least is not None and bool(release.mean[row] > least)


def test_linear_program_confirms_every_refusal() -> None:
    rows = [(release, i) for release, cells in national_fits() for i in np.flatnonzero(cells.status == "infeasible")]
    assert len(rows) == 5
    assert [(release.year, release.codes[i]) for release, i in rows if is_possible(release, i)] == []


def test_linear_program_confirms_fits() -> None:
    """Every row that needed the guaranteed path, being nearest to refusal, some `#` rows and some of the others."""
    rng = np.random.default_rng(20_250_501)
    checked = 0
    for release, cells in national_fits():
        fitted_rows = np.flatnonzero(~np.isin(cells.status, ["infeasible", "suppressed"]))
        bounded = fitted_rows[release.is_top_coded[fitted_rows].any(axis=1)]
        guaranteed = np.flatnonzero(cells.status == "guaranteed")
        for i in {*guaranteed, *rng.choice(fitted_rows, 10), *(rng.choice(bounded, 4) if len(bounded) else [])}:
            assert is_possible(release, i), (release.year, release.codes[i])
            checked += 1
    assert checked > 250


def test_certificate_is_the_linear_program_s_least_mean() -> None:
    """1998, code 41000: the median printed as the mean, below what the percentiles allow."""
    (release,) = (release for release in national_releases() if release.year == 1998)
    row = release.codes.index("41000")
    with pytest.raises(wf.InfeasibleError) as caught:
        wf.fit(mean=release.mean[row], quantiles=dict(zip(PERCENTILES, release.quantiles[row], strict=True)))
    low, high = caught.value.certificate.mean_interval
    least = least_mean(release.quantiles[row], np.full(5, np.nan))
    assert_allclose(low, least, rtol=1e-9)  # HiGHS meets its constraints to 1e-7 of 20,000
    assert high == np.inf
    assert release.mean[row] < low
