"""Pay by place: a factor from the rows of states that the anchor's own release publishes.

A state's mean is that of the curve through its published percentiles, which borrows the nation's shape between and
beyond them. The factor's ratios are these means over the nation's, and average to exactly one over the workforce, so
that a model pays everyone in a place the place's own mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from wagefit import oews
from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.level import MEAN, Level
from wagefit.factors.level_feasibility import is_feasible
from wagefit.fitting.fit import fit
from wagefit.oews.lookup import known_area
from wagefit.shared.arguments import FloatArray

STATE, ELSEWHERE = "state", "elsewhere"
PLACES = ("state", "territory")  # kinds of area; a release counts territories by themselves, not in the nation
ROUNDING = 10  # employment is printed in tens of people
SHARE_ERROR = 0.1  # relative standard error of a place's share, beside the spread of ratios for the unpublished rest
FITTED = "Mean of the curve through the published percentiles, which borrows the nation's shape"


def state_rows(occupation: str, year: int) -> tuple[oews.Cell, ...]:
    """The rows of states and territories that a release publishes for an occupation, wages or not."""
    rows = oews.cells(occupation=occupation, year=year, kind="published")
    return tuple(row for row in rows if row.area_type in PLACES)


def fit_place(row: oews.Cell, nation: Distribution) -> Distribution | None:
    """The distribution of a place's row with the nation's shape as its parent; None where too little is published."""
    n_facts = len(row.quantiles) + (row.mean is not None)
    return fit(row, like=nation) if n_facts > 1 and row.unit == nation.unit else None


def state_factor(nation: oews.Cell, pay: Distribution) -> tuple[tuple[Factor, ...], tuple[str, ...]]:
    """The places of the nation's own release as a factor, and what a reader should know of it.

    Parameters
    ----------
    nation : Cell
        The nation's row of an occupation.
    pay : Distribution
        The curve through it.

    Returns
    -------
    tuple of Factor, tuple of str
        No factor where the release has no rows of states with wages, as the notes then say.
    """
    fits = [(row, fit_place(row, pay)) for row in state_rows(nation.occupation, nation.year)]
    rows = [(row, fitted.mean() / pay.mean()) for row, fitted in fits if fitted is not None]
    if not rows:
        return (), (
            f"{STATE}: there is no factor of places, as the package has no wages of {nation.occupation_title} by "
            f"state of {nation.release} (its rows of states are of May 2025).",
        )
    ratios = np.array([ratio for _, ratio in rows])
    published, rest = _published_shares([row for row, _ in rows], nation)
    is_counted = np.array([is_feasible(pay, *each) for each in zip(ratios.tolist(), published.tolist(), strict=True)])
    rest += float(published[~is_counted].sum())
    shares, rest_ratio = calibrated_shares(ratios, published * is_counted, rest)
    levels = [_level(row, ratio, share) for (row, ratio), share in zip(rows, shares.tolist(), strict=True)]
    if rest > 0:
        levels.append(_elsewhere(nation, rest_ratio, 1.0 - float(shares.sum())))
    moved = 0.5 * float(np.abs(shares - published * is_counted).sum())
    without = [row.area_title for (row, _), kept in zip(rows, is_counted.tolist(), strict=True) if not kept]
    return (Factor(STATE, tuple(levels), MEAN).checked(),), tuple(_notes(nation, moved, rest, without))


def absence(nation: oews.Cell | None, factor: str, level: object) -> str:
    """A clause that says so where a level that is unknown is a place that the package has no wages of."""
    if nation is None or factor != STATE or not isinstance(level, str):
        return ""
    try:
        known_area(level)
    except FactError:
        return ""
    return f"; the package has no wages of {nation.occupation_title} in {level} of {nation.release}"


def calibrated_shares(ratios: FloatArray, shares: FloatArray, rest: float) -> tuple[FloatArray, float]:
    """Shares near the published ones, and the ratio of the unpublished rest, with which all ratios average to one.

    Parameters
    ----------
    ratios, shares : ndarray, shape (n,)
        Mean pay over the nation's, and part of the nation's employment, of each place.
    rest : float
        Part of the nation's employment that no row with wages counts; all shares add up to one.

    Returns
    -------
    ndarray, shape (n,), float
        Shares with the same sum, and the ratio of the rest (one where there is none).

    Notes
    -----
    Generalized least squares. A share may err by a tenth of itself, the mean of the rest as much as the places differ;
    what is missing is parted between both by their variances. Along the places it is the linear calibration of
    Deville and Sarndal (1992): w (1 + t (r - m)), m the mean of the ratios r under the published shares w.
    """
    center = float(shares @ ratios / shares.sum()) if shares.any() else 1.0
    spread = float(shares @ (ratios - center) ** 2)
    missing = 1.0 - rest - float(shares @ ratios)
    of_rest = rest**2 / (rest**2 + SHARE_ERROR**2 * (1.0 - rest)) if spread > 0 else 1.0
    tilt = (1.0 - of_rest) * missing / spread if spread > 0 else 0.0
    rest_ratio = 1.0 + of_rest * missing / rest if rest > 0 else 1.0
    return shares * (1.0 + tilt * (ratios - center)), rest_ratio


def _published_shares(rows: Sequence[oews.Cell], nation: oews.Cell) -> tuple[FloatArray, float]:
    """Parts of the nation's employment, of each row and of no row; territories are no part of the nation."""
    people = np.array([row.employment or 0.0 if row.area_type == STATE else 0.0 for row in rows])
    counted = float(people.sum())
    everyone = max(nation.employment or counted, counted)
    if everyone - counted <= 0.5 * ROUNDING * (len(rows) + 1):
        everyone = counted
    return (people / everyone, 1.0 - counted / everyone) if everyone > 0 else (people, 1.0)


def _level(row: oews.Cell, ratio: float, share: float) -> Level:
    return Level(
        name=row.area,
        label=row.area_title,
        ratio=ratio,
        standard_error=None,
        share=share,
        source=row.source,
        year=row.year,
        population=f"{row.occupation}, {row.area_title}",
        note=FITTED,
        share_source=f"{row.source}, employment",
        share_year=row.year,
    )


def _elsewhere(nation: oews.Cell, ratio: float, share: float) -> Level:
    return Level(
        name=ELSEWHERE,
        label="Places without a published row",
        ratio=ratio,
        standard_error=None,
        share=share,
        source=f"What the places with a row leave of the nation's, {nation.source}",
        year=nation.year,
        population=f"{nation.occupation}, all other places",
        is_proxy=True,
        note="Their mean is between the nation's and what adds up to it",
        share_source=f"{nation.source}, employment",
        share_year=nation.year,
    )


def _notes(nation: oews.Cell, moved: float, rest: float, without: Sequence[str]) -> Iterator[str]:
    yield (
        f"{STATE}: {nation.release}, each place's own row of {nation.occupation_title}. {FITTED}; a profile of which "
        "the place alone is known has this mean."
    )
    yield (
        f"{STATE}: the shares are the published employment, moved as little as it takes for the places' means to "
        f"average to the nation's; {100 * moved:.1f} % of the workforce counts in another place than published."
    )
    if rest > 0:
        yield (
            f"{STATE}: {100 * rest:.1f} % of the workforce are in places without a row of wages and employment; "
            f"they are at the level {ELSEWHERE!r}."
        )
    if without:
        yield (
            f"{STATE}: among these the people of {', '.join(without)}, as the nation's row leaves no room for so many "
            "with such wages; a profile there has the mean of its own row all the same."
        )
