"""From counts of people in wage brackets to a distribution."""

from __future__ import annotations

import numpy as np

from wagefit import _core
from wagefit.distributions.distribution import ANNUAL, Distribution
from wagefit.distributions.posterior import Posterior, derived
from wagefit.errors import FactError, InfeasibleError
from wagefit.facts.facts import Facts
from wagefit.facts.feasibility import Certificate
from wagefit.fitting.diagnosed import diagnosed
from wagefit.fitting.families import fit_family_to_brackets
from wagefit.fitting.fit import FAMILIES, fit
from wagefit.fitting.stretch import (
    LARGEST_EXCESS,
    Bounds,
    Stretch,
    fit_capped,
    fit_stretch,
    is_bounded,
    largest_excess,
    sets_scale,
)
from wagefit.fitting.stretch_posterior import OpenMean, OpenMedian, OpenOuterMeans
from wagefit.shared.arguments import FloatArray, as_choice, as_figure, as_figures
from wagefit.shared.types import Family, Number, Numbers
from wagefit.shared.units import as_unit

LEAST_SHARE = 1e-14
LEAST_PART = 0.2  # of its edge: a lower mean of a first bracket from 0 that holds most people is not believed


def fit_brackets(
    edges: Numbers, counts: Numbers, mean: Number | None = None, *, family: Family = "curve", unit: str = ANNUAL
) -> Distribution:
    """The wage distribution behind counts of people in brackets.

    Parameters
    ----------
    edges : array_like, shape (n + 1,)
        Ascending edges of the brackets [e_i, e_i+1), in `unit`; the first at least 0, the last possibly infinite.
    counts : array_like, shape (n,)
        People in each bracket; fractions and weights are welcome. An empty bracket between others is a gap: no one
        earns such a wage. Empty brackets at the ends narrow the support.
    mean : float, optional
        Known mean of all wages.
    family : {"curve", "lognormal", "weibull", "gamma", "loglogistic", "singh-maddala", "dagum", "gb2"}
        The default curve meets every share, and the mean, exactly. A parametric family is fitted by maximum likelihood,
        or with a mean by generalized least squares of the inner edges as quantiles.
    unit : str
        Unit of all wages.

    Returns
    -------
    Distribution
        Where there are gaps, one curve for each stretch between them: `cdf` is flat and `pdf` 0 in a gap, `ppf` takes
        its lower end. Stretches share out a known mean by moving each from the mean it has without one, all by the same
        amount on the logit scale of their feasible intervals.

    Raises
    ------
    FactError
        Edges or counts are wrong: the message names the argument, its value and what was expected. Or an open last
        bracket has nothing that sets its scale: fewer than two distinct shares below it and no mean.
    InfeasibleError
        The mean is outside the interval that the brackets allow, which `certificate` holds.

    Notes
    -----
    Without a mean, that of an open last bracket is taken to be at most three times its edge, and half of the people of
    a first bracket from 0 which holds most people, and would be next to 0, earn half of its edge or more; a note says
    where that decides. Intervals (`credible`) draw anew what is assumed and not known: these two, the mean of one or
    two brackets alone, and the median of one whose mean is known.

    Examples
    --------
    >>> import wagefit as wf
    >>> pay = wf.fit_brackets([0, 25_000, 50_000, 100_000, float("inf")], [20, 45, 30, 5])
    >>> round(float(pay.cdf(50_000)), 12)
    0.65
    """
    as_choice("family", family, FAMILIES)
    bounds, people = _checked(edges, counts)
    average = None if mean is None else as_figure("mean", mean)
    if average is not None and not 0.0 < average < float("inf"):
        raise FactError(f"mean is {average:g}; expected a finite wage above 0")
    stretches = _stretches(bounds, people / people.sum())
    facts = _as_facts(stretches, average, float(people.sum()), as_unit(unit))
    _require_feasible_mean(stretches, average)
    if family == "curve":
        return _fit_curves(stretches, facts)
    if average is not None:
        return fit(mean=average, quantiles=dict(facts.quantiles), family=family, employment=facts.employment, unit=unit)
    return fit_family_to_brackets(facts, family, bounds, people)


def _checked(edges: Numbers, counts: Numbers) -> tuple[FloatArray, FloatArray]:
    bounds, people = as_figures("edges", edges), as_figures("counts", counts)
    if bounds.ndim != 1 or len(bounds) < 2:
        raise FactError(f"edges has shape {bounds.shape}; expected (n + 1,), n brackets, at least one")
    if people.shape != (len(bounds) - 1,):
        raise FactError(
            f"counts has shape {people.shape}; expected ({len(bounds) - 1},), one for each bracket between the edges"
        )
    _require_edges(bounds)
    for i in np.flatnonzero(~(np.isfinite(people) & (people >= 0.0))):
        raise FactError(f"counts[{i}] is {people[i]:g}; expected a finite number of at least 0")
    if not people.sum() > 0.0:
        raise FactError("counts are all 0; expected people in at least one bracket")
    for i in np.flatnonzero((people > 0.0) & (people < LEAST_SHARE * people.sum())):
        raise FactError(
            f"counts[{i}] is {people[i]:g}, less than {LEAST_SHARE:g} of all people; expected 0 or a share that adds "
            "up with the others in double precision"
        )
    return np.array(bounds, dtype=float), np.array(people, dtype=float)


def _require_edges(edges: FloatArray) -> None:
    if not 0.0 <= edges[0] < float("inf"):
        raise FactError(f"edges[0] is {edges[0]:g}; expected a finite wage of at least 0")
    for i in np.flatnonzero(~(edges[1:] > edges[:-1])):
        raise FactError(
            f"edges[{i + 1}] is {edges[i + 1]:,g}, not above edges[{i}], {edges[i]:,g}; expected ascending edges, only "
            "the last of them infinite"
        )


def _stretches(edges: FloatArray, shares: FloatArray) -> list[Stretch]:
    occupied = np.concatenate([[False], shares > 0.0, [False]])
    starts = np.flatnonzero(~occupied[:-1] & occupied[1:])
    ends = np.flatnonzero(occupied[:-1] & ~occupied[1:])
    return [Stretch(edges[a : b + 1], shares[a:b]) for a, b in zip(starts, ends, strict=True)]


def _as_facts(stretches: list[Stretch], mean: float | None, people: float, unit: str) -> Facts:
    """The brackets as quantiles: upper edges at their cumulative shares, the lower end of a gap."""
    edges = np.concatenate([stretch.edges[1:] for stretch in stretches])[:-1]
    p = np.cumsum(np.concatenate([stretch.shares for stretch in stretches]))[:-1]
    return Facts(
        quantiles=tuple(zip(p.tolist(), edges.tolist(), strict=True)),
        at_least=(),
        mean=mean,
        mean_at_least=None,
        mean_rse=None,
        employment=people,
        lower=stretches[0].lower,
        upper=stretches[-1].upper,
        rounding=None,
        unit=unit,
    )


def _require_feasible_mean(stretches: list[Stretch], mean: float | None) -> None:
    ends = np.array([stretch.mean_ends() for stretch in stretches])
    low, high = (np.array([stretch.weight for stretch in stretches]) @ ends).tolist()
    if mean is None or low < mean < high:
        return
    error = InfeasibleError(
        f"mean is {mean:,.6g}; the brackets allow only means between {low:,.6g} and {high:,.6g}, the ends excluded"
    )
    error.certificate = Certificate("mean_too_low" if mean <= low else "mean_too_high", None, (low, high))
    raise error


def _fit_curves(stretches: list[Stretch], facts: Facts) -> Distribution:
    parts = _fit_stretches(stretches, facts)
    if len(parts) == 1 and sets_scale(stretches[0], facts.mean) and not is_bounded(stretches[0], parts[0], facts):
        return parts[0]
    whole = _stacked(parts, [stretch.weight for stretch in stretches]) if len(parts) > 1 else parts[0]
    status = "exact_without_mean" if facts.mean is None else "exact"
    reason = "every share is met" + (
        f"; {len(parts)} stretches between empty brackets, each a curve of its own" if len(parts) > 1 else ""
    )
    pairs = zip(stretches, parts, strict=True)
    notes = tuple(_note_of_bounds(stretch) for stretch, part in pairs if is_bounded(stretch, part, facts))
    described = diagnosed(whole.core, facts, "curve", status, reason, notes=notes)
    return Distribution(whole.core, facts.unit, described.diagnostics, whole.posterior)


def _note_of_bounds(stretch: Stretch) -> str:
    first, last = float(stretch.edges[1]), float(stretch.edges[-2])
    return (
        f"the brackets beside the outermost ones, up to {first:,.0f} and from {last:,.0f}, hold too few people to say "
        "how wages go on there: the mean of an open last one is taken to be at most "
        f"{1.0 + LARGEST_EXCESS:g} times its edge, and half of the people of a first one from 0, where it holds most "
        "people, to earn at least half of its edge"
    )


def _stacked(parts: list[Distribution], weights: list[float]) -> Distribution:
    def stack(drawn: list[_core.Distribution]) -> _core.Distribution:
        return _core.Stacked(drawn, weights)

    posterior = derived([part.posterior for part in parts], stack)
    return Distribution(stack([part.core for part in parts]), parts[0].unit, posterior=posterior)


def _fit_stretches(stretches: list[Stretch], facts: Facts) -> list[Distribution]:
    if facts.mean is None:
        return [_fit_alone(stretch, facts) for stretch in stretches]
    if len(stretches) == 1:
        return [_fit_with_mean(stretches[0], facts.mean, facts)]
    ends = np.array([stretch.mean_ends() for stretch in stretches])
    means = _core.allocate_means(
        shares=[stretch.weight for stretch in stretches],
        natural=[_natural_mean(stretch, facts) for stretch in stretches],
        lower=ends[:, 0],
        upper=ends[:, 1],
        target=facts.mean,
    )
    return [_fit_with_mean(stretch, mean, facts) for stretch, mean in zip(stretches, means.tolist(), strict=True)]


def _fit_with_mean(stretch: Stretch, mean: float, facts: Facts) -> Distribution:
    """The curve of a stretch of known mean."""
    found = fit_stretch(stretch, mean, facts)
    return found if sets_scale(stretch, mean) else _opened(found, OpenMedian(stretch, mean))


def _fit_alone(stretch: Stretch, facts: Facts) -> Distribution:
    """A stretch of which no mean is known; figures are assumed where its edges set no scale that is believed."""
    if not sets_scale(stretch, None):
        mean = _natural_mean(stretch, facts)
        excess = mean - stretch.mean_ends()[0]
        return _opened(fit_stretch(stretch, mean, facts), OpenMean(stretch, excess))
    found, bounds = _fit_as_believed(stretch, facts)
    capped = None if found.diagnostics is None else found.diagnostics.facts.mean
    is_believed = not bounds and capped is None
    return found if is_believed else _opened(found, OpenOuterMeans(stretch, facts, bounds, capped))


def _opened(found: Distribution, posterior: Posterior) -> Distribution:
    """The same distribution with what a stretch's counts leave open in place of what its assumed figures do."""
    return Distribution(found.core, found.unit, found.diagnostics, posterior)


def _natural_mean(stretch: Stretch, facts: Facts) -> float:
    """The mean that a stretch would have if nothing were known of the whole's, as far as it is believed."""
    if sets_scale(stretch, None):
        return _fit_as_believed(stretch, facts)[0].mean()
    low, high = stretch.mean_ends()
    if np.isfinite(high):
        return 0.5 * (low + high)
    return low + min(_open_excess(stretch, facts), largest_excess(stretch))


def _fit_as_believed(stretch: Stretch, facts: Facts) -> tuple[Distribution, Bounds]:
    """The curve without a known mean, and the bound that keeps people of a first bracket with most of them from 0."""
    found = fit_capped(stretch, facts, {})
    first, edge = float(stretch.shares[0]) / stretch.weight, float(stretch.edges[1])
    if stretch.lower > 0.0 or first <= 0.5 or found.mean_between(0.0, first) >= LEAST_PART * edge:
        return found, {}
    bounds = {0.5 * first: 0.5 * edge}
    return fit_capped(stretch, facts, bounds), bounds


def _open_excess(stretch: Stretch, facts: Facts) -> float:
    """What the mean of an open stretch has beyond the least, as in a curve through all upper edges, gaps or not."""
    if len(facts.quantiles) < 2 and facts.mean is None:
        raise FactError(
            f"the last bracket, from {stretch.edges[-2]:,g}, is open and nothing sets its scale; "
            "expected a mean, a finite last edge, or at least three brackets with people"
        )
    if len(facts.quantiles) < 2:
        return 0.25 * float(stretch.edges[-2])
    whole = fit(quantiles=dict(facts.quantiles), lower=facts.lower or None, unit=facts.unit)
    share = float(stretch.shares[-1])
    excess = whole.mean_between(1.0 - share, 1.0) - whole.ppf(1.0 - share)
    return float(excess) * share / stretch.weight
