"""The wild cluster bootstrap against its textbook definition: refit every drawn sample."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

import wagefit as wf

WEBB = np.array([-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5)])


def people(clusters: int, seed: int = 1) -> pd.DataFrame:
    """Clusters of different size, with effects of their own."""
    rng = np.random.default_rng(seed)
    firm = np.repeat(np.arange(clusters), rng.integers(4, 9, clusters))
    x = rng.normal(size=len(firm)) + rng.normal(size=clusters)[firm]
    y = 0.3 * x + 0.4 * rng.normal(size=clusters)[firm] + rng.normal(size=len(firm))
    return pd.DataFrame({"y": y, "x": x, "g": rng.choice(list("ab"), len(firm)), "firm": firm,
                         "w": rng.uniform(0.5, 2.0, len(firm))})  # fmt: skip


def ratio(x: np.ndarray, y: np.ndarray, firm: np.ndarray, j: int, null: float) -> float:
    """|t| of coefficient j by CR1 without its factor, which is the same in all draws."""
    bread = np.linalg.inv(x.T @ x)
    b = bread @ x.T @ y
    scores = np.array([x[firm == g].T @ (y - x @ b)[firm == g] for g in np.unique(firm)])
    return float(abs(b[j] - null) / np.sqrt(((scores @ bread[:, j]) ** 2).sum()))


def p_value(frame: pd.DataFrame, null: float, multipliers: list[np.ndarray], j: int, weighted: bool) -> float:
    """Share of samples, drawn from the restricted fit, whose ratio is at least the data's."""
    roots = np.sqrt(frame.w.to_numpy()) if weighted else np.ones(len(frame))
    x = np.column_stack([np.ones(len(frame)), frame.x, frame.g == "b"]).astype(float) * roots[:, None]
    y, firm = frame.y.to_numpy() * roots, frame.firm.to_numpy()
    rest = np.delete(x, j, axis=1)
    restricted = rest @ np.linalg.lstsq(rest, y - null * x[:, j], rcond=None)[0] + null * x[:, j]
    residuals = y - restricted
    own = ratio(x, y, firm, j, null)
    drawn = [ratio(x, restricted + residuals * v[firm], firm, j, null) for v in multipliers]
    return float(np.mean(np.array(drawn) >= own * (1.0 - 1e-9)))


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(("term", "j"), [("Intercept", 0), ("x", 1), ("g[T.b]", 2)])
def test_all_combinations_of_few_clusters(term: str, j: int, weighted: bool) -> None:
    """1,296 combinations of Webb's values for four clusters; the interval ends where the p-value passes 10 %."""
    frame = people(4)
    every = [np.array(v) for v in itertools.product(WEBB, repeat=4)]
    weights = "w" if weighted else None
    for null in (0.0, 0.5):
        found = wf.estimation.bootstrap_clusters(frame, "y ~ x + g", term, cluster="firm", weights=weights, null=null)
        assert found.draws == 6**4
        assert found.p_value == pytest.approx(p_value(frame, null, every, j, weighted), abs=1e-12)
    for end, outward in zip(found.interval, (-1.0, 1.0), strict=True):
        if np.isfinite(end):
            step = outward * 1e-6 * abs(end - found.estimate)
            assert (
                p_value(frame, end + step, every, j, weighted) <= 0.1 < p_value(frame, end - step, every, j, weighted)
            )


def test_signs_from_ten_clusters_on() -> None:
    """All 1,024 combinations of signs; the same figures in any unit of the column."""
    frame = people(10)
    found = wf.estimation.bootstrap_clusters(frame, "y ~ x + g", "x", cluster="firm", null=0.2)
    every = [np.array(v) for v in itertools.product([-1.0, 1.0], repeat=10)]
    assert found.draws == 1024
    assert found.p_value == pytest.approx(p_value(frame, 0.2, every, 1, False), abs=1e-12)
    far = wf.estimation.bootstrap_clusters(frame.assign(x=frame.x * 2.0**600), "y ~ x + g", "x", cluster="firm")
    near = wf.estimation.bootstrap_clusters(frame, "y ~ x + g", "x", cluster="firm")
    assert (far.p_value, far.interval[1] * 2.0**600) == pytest.approx((near.p_value, near.interval[1]), rel=1e-6)


def test_random_draws_agree_with_all_of_them() -> None:
    """Eight clusters have 6^8 = 1,679,616 combinations: draws with two seeds within sampling error of each other."""
    frame = people(8)
    found = [wf.estimation.bootstrap_clusters(frame, "y ~ x", "x", cluster="firm", rng=seed) for seed in (1, 2)]
    assert [each.draws for each in found] == [9_999, 9_999]
    # standard error of the difference of two shares near 0.5: 0.007
    assert found[0].p_value == pytest.approx(found[1].p_value, abs=0.03)
    again = wf.estimation.bootstrap_clusters(frame, "y ~ x", "x", cluster="firm", rng=1)
    assert again == found[0]
    with pytest.raises(wf.FactError, match="term is 'z'"):
        wf.estimation.bootstrap_clusters(frame, "y ~ x", "z", cluster="firm")
    with pytest.raises(wf.FactError, match="one group"):
        wf.estimation.bootstrap_clusters(frame.assign(firm=1), "y ~ x", "x", cluster="firm")
