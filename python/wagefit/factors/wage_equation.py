"""Education and experience from a general wage equation: what they go with in whatever occupation.

The ratios are those of people of the same detailed occupation, over all occupations together; the shares are those of
the same people in the occupation's major group. Among these people education and experience explain some part of the
variance of log wages within occupations; where an occupation's pay spreads so little that they would explain more of
it, their log ratios are scaled down to that part. They stand in for figures of the occupation's own: each level is
marked as a proxy.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from wagefit import oews
from wagefit.distributions.distribution import Distribution
from wagefit.factors.embedded_level import embedded_level
from wagefit.factors.factor import Factor
from wagefit.factors.level import Level
from wagefit.shared.embedded_tables import Row, read_table

FACTORS = ("experience", "education")
EVERYONE = "00"
MAJOR_GROUP = re.compile(r"(\d\d)-\d{4}")  # at the beginning of a code of the Standard Occupational Classification
PROXY = (
    "Proxy: of all occupations together, within each; no figure of this occupation, and the error is the equation's "
    "own, not that of taking it for this occupation"
)


def general_factors(
    cell: oews.Cell, pay: Distribution, names: Sequence[str] = FACTORS
) -> tuple[tuple[Factor, ...], tuple[str, ...]]:
    """Experience and education for an occupation, and what a reader should know of them.

    Parameters
    ----------
    cell : Cell
        The nation's row of the occupation.
    pay : Distribution
        The curve through it.
    names : sequence of str
        Which of the two are wanted.

    Returns
    -------
    tuple of Factor, tuple of str
    """
    group = _group(cell.occupation)
    rows = read_table("wage_equation")
    factors = [_factor(name, [row for row in rows if row["factor"] == name], group) for name in FACTORS]
    scale = _scale(factors, pay, float(rows[0]["explained"]))
    wanted = tuple(_scaled(factor, scale) for factor in factors if factor.name in names)
    return wanted, tuple(_notes(names, cell, rows[0], group, scale))


def _notes(names: Sequence[str], cell: oews.Cell, row: Row, group: str, scale: float) -> Iterator[str]:
    listed = ", ".join(names)
    yield (
        f"{listed}: proxies, no figures of {cell.occupation_title}. {row['source']}. Measured on: "
        f"{row['population'][:1].lower()}{row['population'][1:]}; the shares are those of the same people in "
        f"{_name_of(group)}. With figures of the occupation's own, give a factor of the same name."
    )
    if scale < 1:
        yield (
            f"{listed}: the log ratios are {scale:.2f} of the equation's, as pay in this occupation spreads less than "
            f"within all occupations: experience and education together explain {100 * float(row['explained']):.0f} % "
            "of the variance of log pay, as they do in the equation."
        )


def _scale(factors: Sequence[Factor], pay: Distribution, explained: float) -> float:
    """What to multiply log ratios by so that they explain at most that part of the variance of log pay."""
    of_factors = sum(_variance(factor) for factor in factors)
    mean = pay.expect(np.log)
    of_pay = pay.expect(lambda wages: (np.log(wages) - mean) ** 2)
    return min(1.0, math.sqrt(explained * of_pay / of_factors))


def _variance(factor: Factor) -> float:
    """Variance of a factor's log ratios over the workforce."""
    shares = np.array([level.share for level in factor.levels])
    logs = np.log([level.ratio for level in factor.levels])
    return float(shares @ (logs - shares @ logs) ** 2)


def _scaled(factor: Factor, scale: float) -> Factor:
    """The factor with log ratios, and the relative errors of ratios, multiplied by `scale`."""
    return replace(factor, levels=tuple(_scaled_level(level, scale) for level in factor.levels)).checked()


def _scaled_level(level: Level, scale: float) -> Level:
    ratio = level.ratio**scale
    error = None if level.standard_error is None else ratio * scale * level.standard_error / level.ratio
    return replace(level, ratio=ratio, standard_error=error)


def _group(occupation: str) -> str:
    """The major group of a code; everyone's for codes of other classifications and groups without people."""
    match = MAJOR_GROUP.fullmatch(occupation)
    known = {row["group"] for row in read_table("workforce_shares")}
    return match[1] if match is not None and match[1] in known else EVERYONE


def _name_of(group: str) -> str:
    return "all occupations" if group == EVERYONE else f"occupations {group}-0000"


def _factor(name: str, rows: Sequence[Row], group: str) -> Factor:
    shares = {
        row["level"]: row for row in read_table("workforce_shares") if (row["group"], row["factor"]) == (group, name)
    }
    levels = tuple(_level(row, shares[row["level"]], group) for row in rows)
    is_continuous = levels[0].at is not None
    return Factor(name, levels, rows[0]["baseline"], "years" if is_continuous else "", errors="independent").checked()


def _level(row: Row, share: Row, group: str) -> Level:
    is_baseline = row["level"] == row["baseline"]
    return replace(
        embedded_level(row, share),
        is_proxy=not is_baseline,
        note=row["note"] if is_baseline else ". ".join(filter(None, (PROXY, row["note"]))),
        share_source=f"{share['people']} people of the wage equation, {_name_of(group)}",
        share_year=int(row["year"]),
    )
