"""Known pay ratios recovered from made-up workforces: bias and coverage of the 90 % intervals.

Run as `python benchmarks/accuracy/factor_coverage.py [--replications 1000] [--people 2000]`. Every replication draws a
workforce with correlated shares and a residual (`workforces.py`), hands it to each estimator as it would come, and
asks of each interval whether the true value is inside. Everything is deterministic.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import workforces as made_up
from scipy.special import ndtri

import wagefit as wf

X = "education + credential + region + experience + I(experience**2)"
WAGES, CELLS = f"log(wage) ~ {X}", "log(mean) ~ education + region"
GAP = "log(wage) ~ education + credential + experience + I(experience**2)"
LEVEL, Z = 0.9, float(ndtri(0.95))
LEAST, MOST = 0.87, 0.93
SPREADS = made_up.Residual(least=0.18, a_year=0.004, bachelor=0.05)
TRUE = {
    "education[T.associate]": made_up.EDUCATION["associate"],
    "education[T.bachelor]": made_up.EDUCATION["bachelor"],
    "credential[T.held]": made_up.CREDENTIAL["held"],
    "region[T.urban]": made_up.REGION["urban"],
    "experience": made_up.EXPERIENCE[1],
    "I(experience ** 2)": made_up.EXPERIENCE[2],
}
OF_CELLS = ("education[T.associate]", "education[T.bachelor]", "region[T.urban]")
Reading = tuple[str, str, float, float, float, float]
"""Method, what, truth, estimate, low, high; all on logs."""


def of_terms(method: str, fit: wf.estimation.Estimate, true: dict[str, float]) -> Iterator[Reading]:
    """A reading of every known coefficient of a fit."""
    for term, truth in true.items():
        if term in fit.params:
            yield method, term, truth, fit.params[term], *fit.interval(term, LEVEL)


def individual(frame: pd.DataFrame, _: np.random.Generator) -> Iterator[Reading]:
    """Least squares where the spread of pay differs between people."""
    for kind in ("HC1", "HC3"):
        yield from of_terms(f"least squares, {kind}", wf.estimate_factors(frame, WAGES, covariance=kind), TRUE)


def percentiles(frame: pd.DataFrame, _: np.random.Generator) -> Iterator[Reading]:
    """Quantile regression; a term of the spread moves the term of a percentile by its normal score."""
    moves = {"experience": SPREADS.a_year, "education[T.bachelor]": SPREADS.bachelor}
    for p, fit in wf.estimate_quantiles(frame, WAGES, (0.1, 0.5, 0.9)).items():
        true = {term: value + float(ndtri(p)) * moves.get(term, 0.0) for term, value in TRUE.items()}
        yield from of_terms(f"P{100 * p:.0f} by quantile regression", fit, true)


def firms(_: pd.DataFrame, rng: np.random.Generator) -> Iterator[Reading]:
    """People of one firm are paid alike: errors by cluster."""
    frame = made_up.people(2_000, rng, firms=True)
    yield from of_terms("least squares, CR1 by firm", wf.estimate_factors(frame, WAGES, cluster="firm"), TRUE)


def brackets(_: pd.DataFrame, rng: np.random.Generator) -> Iterator[Reading]:
    """Wages known as one of seven brackets."""
    frame = made_up.bracketed(made_up.people(2_000, rng))
    fit = wf.estimate_bracketed(frame, f"~ {X}", lower="low", upper="high")
    yield from of_terms("seven brackets", fit, TRUE)


def published_cells(_: pd.DataFrame, rng: np.random.Generator) -> Iterator[Reading]:
    """Cells with relative standard errors, and with nothing but employment."""
    frame = made_up.cells(rng)
    yield from of_cells("cells with errors", frame, rse="mean_rse")
    yield from of_cells("cells with employment", frame, employment="employment")


def of_cells(method: str, frame: pd.DataFrame, **known: str) -> Iterator[Reading]:
    """Readings of an equation for cells; a fit that fails covers nothing."""
    try:
        yield from of_terms(method, wf.estimation.estimate_cells(frame, CELLS, **known), TRUE)
    except wf.ConvergenceError:
        yield from ((method, term, TRUE[term], math.nan, math.nan, math.nan) for term in OF_CELLS)


def whole_and_parts(_: pd.DataFrame, rng: np.random.Generator) -> Iterator[Reading]:
    """Ratios of two published parts and of the remainder to the whole, payrolls with sampling errors."""
    people, means = np.array([3_000.0, 1_500.0, 5_500.0]), np.array([44_000.0, 52_000.0, 38_000.0])
    rse = np.array([0.012, 0.02, 0.01])
    seen = means * (1.0 + rse * rng.standard_normal(3))
    whole, true = people @ seen / people.sum(), people @ means / people.sum()
    whole_rse = math.sqrt((people * means * rse) @ (people * means * rse)) / (people @ means)
    rows = pd.DataFrame({"area": ["a", "b"], "mean": seen[:2], "employment": people[:2], "mean_rse": 100 * rse[:2]})
    reference = {"area": "all", "mean": whole, "employment": people.sum(), "mean_rse": 100 * whole_rse}
    for level, mean in zip(wf.Factor.from_cells("place", rows, reference).levels, means, strict=True):
        half, ratio = Z * (level.standard_error or math.nan) / level.ratio, math.log(level.ratio)
        yield "parts of a published whole", level.name, math.log(mean / true), ratio, ratio - half, ratio + half


def pooled(_: pd.DataFrame, rng: np.random.Generator) -> Iterator[Reading]:
    """Five sources by REML and Knapp and Hartung; two under the prior, which the truth follows here."""
    for n, tau in ((5, 0.03), (2, abs(0.1 * rng.standard_normal()))):
        errors = rng.uniform(0.015, 0.04, n)
        logs = made_up.CREDENTIAL["held"] + tau * rng.standard_normal(n) + errors * rng.standard_normal(n)
        found = wf.factors.pool_ratios(np.exp(logs), errors * np.exp(logs))
        low, high = np.log(found.interval(LEVEL))
        yield f"{n} sources pooled", "ratio", made_up.CREDENTIAL["held"], math.log(found.ratio), low, high


def gap(frame: pd.DataFrame, true: tuple[float, float]) -> Iterator[Reading]:
    """Oaxaca and Blinder's parts of the gap between town and country."""
    found = wf.decompose(frame, GAP, by="region", groups=("urban", "rural"))
    for name, truth in zip(("endowments", "coefficients"), true, strict=True):
        value, half = found.components[name], Z * found.errors[name]
        yield "gap of town and country", name, truth, value, value - half, value + half


def true_gap() -> tuple[float, float]:
    """Endowments of town over country at their known worth, from two million people; the worth of town itself."""
    frame = made_up.people(2_000_000, np.random.default_rng(0))
    worth = frame["education"].map(made_up.EDUCATION).astype(float)
    worth += frame["credential"].map(made_up.CREDENTIAL).astype(float)
    worth += sum(effect * frame["experience"] ** power for power, effect in made_up.EXPERIENCE.items())
    means = worth.groupby(frame["region"], observed=True).mean()
    return float(means["urban"] - means["rural"]), made_up.REGION["urban"]


def through_the_model(anchor: wf.Distribution) -> Callable[[pd.DataFrame, np.random.Generator], Iterator[Reading]]:
    """A sample's equation as the factors of a salary model on the workforce's published figures."""

    def readings(_: pd.DataFrame, rng: np.random.Generator) -> Iterator[Reading]:
        frame = made_up.people(2_000, rng)
        fit = wf.estimate_factors(frame, WAGES)
        names = ("education", "credential", "region")
        shares = {name: frame[name].value_counts(normalize=True, sort=False).to_dict() for name in names}
        model = wf.SalaryModel(anchor, [wf.Factor.from_regression(fit, name, shares[name]) for name in names])
        levels = {"education": "high school", "credential": "none", "region": "urban"}
        person = model.profile(**levels)
        for name, level, term in (("education", "bachelor", 1), ("credential", "held", 2), ("region", "rural", 3)):
            other = model.compare(person.replace(**{name: level}), person)
            truth = [*TRUE.values()][term] * (-1 if level == "rural" else 1)
            (row,) = other.rows
            half, ratio = Z * (row.ratio_error or math.nan) / row.ratio, math.log(other.ratio)
            yield "two profiles of the model", f"{name}: {level}", truth, ratio, ratio - half, ratio + half

    return readings


def published_anchor() -> wf.Distribution:
    """The workforce's mean and five percentiles, from two million people, as an agency would print them."""
    wages = made_up.people(2_000_000, np.random.default_rng(0))["wage"].to_numpy()
    p = np.array([0.10, 0.25, 0.50, 0.75, 0.90])
    return wf.fit(mean=round(wages.mean(), -1), quantiles=(p, np.round(np.quantile(wages, p), -1)))


def replicate(n: int, size: int) -> pd.DataFrame:
    """All readings of `n` replications."""
    parts_of_gap = true_gap()
    others = (individual, percentiles, firms, brackets, published_cells, whole_and_parts, pooled)
    tasks = (*others, through_the_model(published_anchor()))
    rows: list[Reading] = []
    for i in range(n):
        rng = np.random.default_rng([20_18, i])
        frame = made_up.people(size, rng, SPREADS)
        for task in tasks:
            rows.extend(task(frame, rng))
        rows.extend(gap(frame, parts_of_gap))
    return pd.DataFrame(rows, columns=["method", "what", "truth", "estimate", "low", "high"])


def table(readings: pd.DataFrame) -> pd.DataFrame:
    """By method and term: truth, mean error, spread of the estimates, mean half width over Z, coverage."""
    frame = readings.assign(
        error=readings["estimate"] - readings["truth"],
        stated=(readings["high"] - readings["low"]) / (2 * Z),
        covered=(readings["low"] <= readings["truth"]) & (readings["truth"] <= readings["high"]),
    )
    groups = frame.groupby(["method", "what"], sort=False)
    columns = {"truth": groups["truth"].mean(), "bias": groups["error"].mean(), "spread": groups["error"].std()}
    columns |= {"stated": groups["stated"].mean(), "coverage": groups["covered"].mean()}
    return pd.DataFrame(columns | {"failed": groups["estimate"].apply(lambda each: int(each.isna().sum()))})


def main() -> None:
    """Prints the table and what lies outside 87 to 93 %."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=1_000)
    parser.add_argument("--people", type=int, default=2_000)
    options = parser.parse_args()
    found = table(replicate(options.replications, options.people))
    print(f"{options.replications:,} replications of {options.people:,} people; log points")
    print(f"{'':62}{'truth':>9}{'bias':>9}{'spread':>9}{'stated':>9}{'covered':>9}")
    for (method, what), row in found.iterrows():
        figures = "".join(f"{100 * row[name]:9.4f}" for name in ("truth", "bias", "spread", "stated"))
        flag = "" if LEAST <= row["coverage"] <= MOST else " *"
        print(f"{method:32}{what:30}{figures}{100 * row['coverage']:9.1f}{flag}")
    inside = found["coverage"].between(LEAST, MOST).sum()
    print(f"{inside} of {len(found)} coverages within {100 * LEAST:.0f} to {100 * MOST:.0f} %")
    for method, failed in found["failed"].groupby("method").max().items():
        if failed:
            print(f"{method}: {failed} fits did not converge and count as not covered")


if __name__ == "__main__":
    main()
