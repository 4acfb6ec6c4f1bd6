"""Real cells: published rows that come with wagefit, groups of people in the microdata, and samples for equations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from shape_prior.groups import Groups, read_groups
from shape_prior.published import PublishedRows
from shape_prior.shape import Shape
from shape_prior.training import YEARS, read_rows, train

import wagefit as wf

PERCENTILES = ["p10", "p25", "p50", "p75", "p90"]
# Sources of the groups scored; a prior is learned for each without it, which takes ten seconds.
SOURCES = ("cps 2015", "men 1983-85", "salary survey")


def embedded_rows(n: int) -> PublishedRows:
    """At most `n` complete rows of years that the prior has not learned from, evenly spaced."""
    table = wf.oews.health_information(backend="pandas")
    table = table[(table.year > YEARS[-1]) & (table.kind == "published")]
    figures = np.unique(table[[*PERCENTILES, "mean"]].dropna().to_numpy(dtype=float), axis=0)
    figures = figures[(np.diff(figures[:, :5]) > 0).all(axis=1)]
    chosen = figures[np.unique(np.linspace(0, len(figures) - 1, min(n, len(figures))).astype(int))]
    return PublishedRows(chosen[:, :5], chosen[:, 5])


@dataclass(frozen=True)
class HeldOutGroups:
    """Groups of people and, by source, the prior that has not seen it."""

    groups: Groups
    shapes: dict[str, Shape]


def held_out_groups(data: Path, n: int) -> HeldOutGroups:
    """At most `n` groups of the sources scored, evenly spaced."""
    groups, rows = read_groups(data), read_rows(data)
    shapes = {name: train(groups.subset(groups.source != name), rows) for name in SOURCES}
    scored = groups.subset(np.isin(groups.source, SOURCES))
    chosen = np.zeros(len(scored.wages), dtype=bool)
    chosen[np.linspace(0, len(chosen) - 1, min(n, len(chosen))).astype(int)] = True
    return HeldOutGroups(scored.subset(chosen), shapes)


@dataclass(frozen=True)
class Sample:
    """Rows for wage equations.

    Attributes
    ----------
    name : str
    frame : DataFrame
        The outcome ``logs``, the terms' columns, ``weight`` and ``cluster``.
    terms, few : str
        Terms of the equation, and those that stay where `absorbed` is taken out.
    absorbed : tuple of str
        Columns whose effects can be absorbed.
    """

    name: str
    frame: pd.DataFrame
    terms: str
    few: str
    absorbed: tuple[str, ...]


def embedded_sample() -> Sample:
    """Medians of the embedded rows by occupation, kind of area and year, weighted by employment, clustered by area."""
    table = wf.oews.health_information(backend="pandas").dropna(subset=["p50", "employment"])
    for column in ("area", "occupation", "area"):  # effects of single rows, which packages treat differently
        table = table[table.groupby(column)[column].transform("size") > 2]
    frame = pd.DataFrame(
        {
            "logs": np.log(table.p50.to_numpy(dtype=float)),
            "trend": table.year.to_numpy(dtype=float) - 2010.0,
            "log_employment": np.log(table.employment.to_numpy(dtype=float)),
            "occupation": table.occupation.astype(str).to_numpy(),
            "kind": table.area_type.astype(str).to_numpy(),
            "cluster": table.area.astype(str).to_numpy(),
            "weight": table.employment.to_numpy(dtype=float),
        }
    )
    terms = "trend + log_employment + C(occupation) + C(kind)"
    return Sample("embedded rows", frame, terms, "trend + log_employment", ("occupation", "cluster"))


def cps_1988(data: Path) -> Sample:
    """28,155 men. The file has neither weights nor clusters: both are made up from the order of rows."""
    frame = pd.read_csv(data / "microdata" / "CPS1988_AER.csv.gz")
    frame["logs"] = np.log(frame.wage)
    frame["experience"], frame["education"] = frame.experience.astype(float), frame.education.astype(float)
    frame["cluster"] = (np.arange(len(frame)) % 80).astype(str)
    frame["weight"] = 1.0 + 0.3 * (np.arange(len(frame)) % 5)
    few = "experience + I(experience**2) + education"
    return Sample("CPS 1988", frame, f"{few} + C(ethnicity) + C(region)", few, ("region", "cluster"))
