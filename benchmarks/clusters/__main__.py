"""Coverage of 90 % intervals where people or clusters are few.

Run as `python benchmarks/clusters [--replications 1000]`. Every replication draws a made-up sample with a known slope
and asks of each kind of error whether its interval holds it. Everything is deterministic. The command fails where the
kind that the documents recommend, CR2 for clusters and HC2 for people, covers less than 85 or more than 95 %.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

import wagefit as wf

SLOPE, LEVEL = 0.3, 0.9
LEAST, MOST = 0.85, 0.95
Z = float(ndtri(0.5 + 0.5 * LEVEL))
FORMULA = "y ~ x"


@dataclass(frozen=True)
class Setting:
    """Where samples come from."""

    name: str
    draw: Callable[[np.random.Generator], pd.DataFrame]
    is_clustered: bool


def clustered(clusters: int, is_level: bool, is_equal: bool) -> Setting:
    """Clusters with an effect of their own; x of the cluster or of the person; sizes 20, or from 5 to 60."""
    sizes = np.full(clusters, 20) if is_equal else np.round(np.geomspace(5, 60, clusters)).astype(int)

    def draw(rng: np.random.Generator) -> pd.DataFrame:
        firm = np.repeat(np.arange(clusters), sizes)
        own = 0.0 if is_level else rng.normal(size=len(firm))
        x = rng.normal(size=clusters)[firm] + own
        y = SLOPE * x + 0.7 * rng.normal(size=clusters)[firm] + rng.normal(size=len(firm))
        return pd.DataFrame({"y": y, "x": x, "firm": firm})

    where = "of the cluster" if is_level else "of the person"
    return Setting(f"{clusters} clusters of {'20' if is_equal else '5 to 60'}, x {where}", draw, True)


def independent(n: int, is_treatment: bool, is_even: bool) -> Setting:
    """People on their own; x a normal number or one of two groups; spread of pay even, or rising with x."""

    def draw(rng: np.random.Generator) -> pd.DataFrame:
        x = rng.permutation(np.arange(n) % 2).astype(float) if is_treatment else rng.normal(size=n)
        spread = 1.0 if is_even else np.exp(0.3 * x)
        return pd.DataFrame({"y": SLOPE * x + spread * rng.normal(size=n), "x": x})

    kind = "two groups" if is_treatment else "normal x"
    return Setting(f"{n} people, {kind}, {'even' if is_even else 'uneven'} spread", draw, False)


def cluster_intervals(frame: pd.DataFrame) -> Iterator[tuple[str, float, float]]:
    """Kind of error and the interval's ends."""
    cr1 = wf.estimate_factors(frame, FORMULA, cluster="firm", covariance="CR1")
    estimate, error = cr1.params["x"], cr1.bse["x"]
    yield "CR1, normal", estimate - Z * error, estimate + Z * error
    yield "CR1, t(G - 1)", *cr1.interval("x", LEVEL)
    yield "CR2", *wf.estimate_factors(frame, FORMULA, cluster="firm", covariance="CR2").interval("x", LEVEL)
    found = wf.estimation.bootstrap_clusters(frame, FORMULA, "x", cluster="firm", level=LEVEL, draws=999)
    yield "wild bootstrap", *found.interval


def row_intervals(frame: pd.DataFrame) -> Iterator[tuple[str, float, float]]:
    """Kind of error and the interval's ends."""
    hc1 = wf.estimate_factors(frame, FORMULA)
    estimate, error = hc1.params["x"], hc1.bse["x"]
    yield "HC1, normal", estimate - Z * error, estimate + Z * error
    yield "HC1, t(n - p)", *hc1.interval("x", LEVEL)
    for kind in ("classic", "HC2", "HC3"):
        yield kind, *wf.estimate_factors(frame, FORMULA, covariance=kind).interval("x", LEVEL)


def coverage(setting: Setting, replications: int) -> dict[str, float]:
    """Share of intervals that hold the slope, by kind of error."""
    hits: dict[str, int] = {}
    rng = np.random.default_rng(17)
    for _ in range(replications):
        frame = setting.draw(rng)
        for kind, low, high in (cluster_intervals if setting.is_clustered else row_intervals)(frame):
            hits[kind] = hits.get(kind, 0) + (low <= SLOPE <= high)
    return {kind: count / replications for kind, count in hits.items()}


def settings() -> list[Setting]:
    """Every number of clusters and people with every kind of column."""
    found = [clustered(g, is_level, is_equal)
             for g in (3, 5, 8, 20) for is_level in (True, False) for is_equal in (True, False)]  # fmt: skip
    return [*found, *(independent(n, is_treatment, is_even)
                      for n in (4, 10, 30) for is_treatment in (True, False) for is_even in (True, False))]  # fmt: skip


def main() -> None:
    """Prints two tables; an error where a recommended kind is out of its bounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=1000)
    replications = parser.parse_args().replications
    outside, last = [], None
    for setting in settings():
        found = coverage(setting, replications)
        if setting.is_clustered is not last:
            last = setting.is_clustered
            print("\n| coverage of 90 % intervals | " + " | ".join(found) + " |\n|---" + "|---" * len(found) + "|")
        print(f"| {setting.name} | " + " | ".join(f"{100 * share:.1f}" for share in found.values()) + " |", flush=True)
        recommended = found["CR2" if setting.is_clustered else "HC2"]
        if not LEAST <= recommended <= MOST:
            outside.append(f"{setting.name}: {100 * recommended:.1f} %")
    if outside:
        sys.exit("recommended kinds outside 85 to 95 %: " + "; ".join(outside))


if __name__ == "__main__":
    main()
