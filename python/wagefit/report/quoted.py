"""Section: what "average $44,010, top 10 % over $63,820" implies, beside what was published."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wagefit import _core
from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.facts.facts import read_facts
from wagefit.fitting.fit import fit
from wagefit.oews import Cell, Identification, identify
from wagefit.oews.embedded import health_codes
from wagefit.prices import adjust, time_factor, today
from wagefit.report.blocks import Column, Paragraph, Section, Table
from wagefit.shared.text import dollars

MEAN, P90 = 44_010.0, 63_820.0
PERCENTILES = (10, 50, 90, 99)


@dataclass(frozen=True)
class Lognormal:
    """A lognormal: standard deviation of log wages, median and percentiles in dollars a year."""

    sigma: float
    median: float
    percentiles: dict[str, float]


@dataclass(frozen=True)
class Origin:
    """The national row that the quoted mean is, with its own P90; dollars a year."""

    year: int
    release: str
    occupation: str
    title: str
    mean: float
    p10: float
    p50: float
    p90: float
    p99: float
    share_above_quoted: float


@dataclass(frozen=True)
class Quoted:
    """The quoted pair, the two lognormals that meet it, and where it comes from; dollars a year.

    Attributes
    ----------
    greatest_ratio : float
        Above this P90 / mean no lognormal meets the pair.
    origin : Origin
        `p99` and `share_above_quoted` are the fitted curve's, the other figures are printed.
    p90_is_published : bool
        Whether some national row has the quoted P90; `nearest_p90` is the row that comes nearest.
    """

    mean: float
    p90: float
    lognormal: Lognormal
    discarded: Lognormal
    greatest_ratio: float
    origin: Origin
    p90_is_published: bool
    nearest_p90: str
    today: str
    price_factor: float
    mean_today: float
    p90_today: float


def read_quoted() -> Quoted:
    """Everything there is to say of the quoted pair."""
    result = _core.fit_lognormal(read_facts(mean=MEAN, quantiles={0.90: P90}).core)
    if result.other_root is None:
        raise FactError(f"mean is {MEAN} and P90 is {P90}; expected a pair with two lognormals")
    median, sigma = result.other_root
    found = identify(mean=MEAN, p90=P90, occupation=sorted(health_codes()))
    cell = found[0].cell
    return Quoted(
        mean=MEAN,
        p90=P90,
        lognormal=_lognormal(result.distribution),
        discarded=_lognormal(_core.Lognormal(median=median, sigma=sigma)),
        greatest_ratio=_core.greatest_quantile_to_mean_ratio(0.9),
        origin=_origin(cell),
        p90_is_published="p90" not in found.unmatched,
        nearest_p90=_nearest(found),
        today=str(today()),
        price_factor=time_factor(cell.year),
        mean_today=adjust(MEAN, cell.year),
        p90_today=adjust(P90, cell.year),
    )


def _lognormal(core: _core.Lognormal) -> Lognormal:
    return Lognormal(core.sigma, core.median, _percentiles(Distribution(core)))


def _percentiles(pay: Distribution) -> dict[str, float]:
    wages = pay.ppf(np.array(PERCENTILES) / 100)
    return {f"p{p}": float(wage) for p, wage in zip(PERCENTILES, wages, strict=True)}


def _origin(cell: Cell) -> Origin:
    pay = fit(**cell.facts())
    wages = _percentiles(pay)
    return Origin(
        cell.year,
        cell.release,
        cell.occupation,
        cell.occupation_title,
        mean=pay.mean(),
        **wages,
        share_above_quoted=float(pay.sf(P90)),
    )


def _nearest(found: Identification) -> str:
    near = next(figure for figure in found.nearest if figure.figure == "p90")
    cell = near.cell
    return f"{dollars(near.published)}, {cell.occupation} {cell.occupation_title}, {cell.release}"


def show_quoted(content: Quoted) -> Section:
    """The lognormals and the publication in one table, and three plain statements."""
    title = f"Often quoted: average {dollars(content.mean)}, top 10 % over {dollars(content.p90)}"
    return Section(
        title,
        (
            _comparison(content),
            Paragraph(_why_discarded(content)),
            Paragraph(_where_from(content)),
            Paragraph(_worth_today(content)),
        ),
    )


def _comparison(content: Quoted) -> Table:
    columns = (Column("", "left"), *map(Column, ("sigma", "P10", "median", "P90", "P99")))
    origin = content.origin
    published = tuple(map(dollars, (origin.p10, origin.p50, origin.p90)))
    return Table(
        columns,
        (
            ("lognormal, both met", *_row(content.lognormal)),
            ("other root, discarded", *_row(content.discarded)),
            (f"BLS, {origin.release}", "", *published, f"{dollars(origin.p99)}*"),
        ),
    )


def _row(lognormal: Lognormal) -> tuple[str, ...]:
    return (f"{lognormal.sigma:.5f}", *map(dollars, lognormal.percentiles.values()))


def _why_discarded(content: Quoted) -> str:
    low, high = content.discarded.median, content.discarded.percentiles["p99"]
    return (
        "Two figures fix a lognormal up to two roots. The other root would pay half of the people less than "
        f"{dollars(low)} a year and one in a hundred more than {dollars(high)}: the smaller sigma, the "
        "standard deviation of log wages, is taken. "
        f"(With a P90 above {content.greatest_ratio:.4f} times the mean there would be no lognormal at all.)"
    )


def _where_from(content: Quoted) -> str:
    origin = content.origin
    verdict = "a national P90" if content.p90_is_published else "no national P90 of these occupations in any release"
    return (
        f"The mean is BLS's for {origin.occupation} in {origin.release}. {dollars(content.p90)} is {verdict}: BLS "
        f"printed {dollars(origin.p90)}, and by the curve through its figures (*) "
        f"{100 * origin.share_above_quoted:.1f} %, not 10 %, earned more than {dollars(content.p90)}."
    )


def _worth_today(content: Quoted) -> str:
    return (
        f"In dollars of {content.today} (CPI-U, x {content.price_factor:.3f}) the pair is "
        f"{dollars(content.mean_today)} and {dollars(content.p90_today)}."
    )
