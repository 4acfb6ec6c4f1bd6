"""From published facts to a distribution."""

from __future__ import annotations

from typing import Any, get_args

from wagefit import _core
from wagefit.distributions.distribution import ANNUAL, Distribution
from wagefit.distributions.parent import parent_wages
from wagefit.distributions.posterior import CurvePosterior, as_parent, fitted_curve
from wagefit.errors import FactError, InfeasibleError
from wagefit.facts.facts import Facts, read_facts
from wagefit.facts.feasibility import certify
from wagefit.fitting.diagnosed import diagnosed
from wagefit.fitting.estimated_figures import EstimatedPosterior
from wagefit.fitting.families import fit_family
from wagefit.oews import PublishedRow
from wagefit.oews.row_facts import EstimatedRow
from wagefit.shared.arguments import FloatArray, as_choice
from wagefit.shared.types import Bounds, Family, Number, Quantiles
from wagefit.tables.facts import row_facts

FAMILIES: tuple[Family, ...] = get_args(Family)

FAR_FROM_PRIOR = 33.0  # squared Mahalanobis distance a figure that 1 % of the national rows of 2014 to 2021 exceed
FAR_UP = 0.9  # a mean above this quantile is above most wages


def fit(
    row: PublishedRow | None = None,
    /,
    *,
    mean: Number | None = None,
    quantiles: Quantiles | None = None,
    at_least: Bounds | None = None,
    family: Family = "curve",
    mean_rse: Number | None = None,
    employment: Number | None = None,
    lower: Number | None = None,
    upper: Number | None = None,
    rounding: Number | None = None,
    unit: str = ANNUAL,
    like: Distribution | None = None,
) -> Distribution:
    """The wage distribution that published figures imply, exact in each of them.

    Parameters
    ----------
    row : mapping, pandas.Series, named tuple or wagefit.oews.Cell, optional
        A published row, such as one of `wagefit.oews.read`, `wagefit.oews.cell` or `wagefit.tables.read`: its facts, in
        the unit that it states, or else in dollars a year. Any percentile counts, such as ``p5``, ``p99.5`` or
        ``median``, and any bound, such as ``p90_at_least``. Arguments that are given as well take the place of the
        row's.
    mean : float, optional
        Mean wage, in `unit`.
    quantiles : mapping {p: wage} or pair of arrays (p, wages), optional
        Published quantiles, p in (0, 1). At least two, or one and the mean.
    at_least : mapping {p: wage}, optional
        One-sided facts such as top codes: the quantile is at least this wage. The key ``"mean"`` bounds the mean.
    family : {"curve", "lognormal", "weibull", "gamma", "loglogistic", "singh-maddala", "dagum", "gb2"}
        The default curve meets every fact. A parametric family meets as many as it has parameters (two; three for
        Singh-Maddala and Dagum; four for GB2), and more by generalized least squares of the logs with the joint
        covariance of sample quantiles and mean; the lognormal, the news article's reading, by plain least squares of
        the logs. See `compare_families`.
    mean_rse, employment : float, optional
        Published precision: relative standard error of the mean in percent, people in the cell; 0 where not published.
    lower, upper : float, optional
        No wage lies outside; 0 and infinity by default.
    rounding : float, optional
        Step to which the figures are rounded.
    unit : str
        Unit of all wages; those of a row are in its own, which another one than the default contradicts.
    like : Distribution, optional
        A parent, such as the same occupation in the nation, whose shape the curve borrows between and beyond the facts,
        as far as data say that parts have it. For the default curve.

    Returns
    -------
    Distribution
        With `diagnostics` on how each fact was met.

    Raises
    ------
    FactError
        A fact is wrong by itself: the message names the argument, its value and what was expected. Or `unit` is not
        that of the row.
    InfeasibleError
        No distribution satisfies the facts; `certificate` says which clash.
    ConvergenceError
        The mean is too near the end of its feasible interval for double precision.

    Examples
    --------
    >>> import wagefit as wf
    >>> pay = wf.fit(mean=44_010, quantiles={.10: 26_550, .25: 32_070, .50: 40_350, .75: 52_730, .90: 66_260})
    >>> round(pay.mean())
    44010
    >>> wf.fit(wf.oews.cell("registered nurses", year=2018))
    <curve: mean $75,510, P10 $50,800, median $71,730, P90 $106,530, USD/year>

    States publish no mean; what their own percentiles leave open is much as in the nation:

    >>> nation = wf.fit(wf.oews.cell("registered nurses", year=2025))
    >>> wf.fit(wf.oews.cell("registered nurses", area="NJ", year=2025), like=nation)
    <curve: mean $110,243, P10 $83,060, median $106,500, P90 $135,170, USD/year>
    """
    as_choice("family", family, FAMILIES)
    given: dict[str, Any] = {
        "mean": mean,
        "quantiles": quantiles,
        "at_least": at_least,
        "mean_rse": mean_rse,
        "employment": employment,
        "lower": lower,
        "upper": upper,
        "rounding": rounding,
    }
    facts = read_facts(**(given | {"unit": unit}) if row is None else _with_row(row, given, unit))
    estimated = row if mean is None and quantiles is None and isinstance(row, EstimatedRow) else None
    try:
        return _fitted(facts, family, like, estimated)
    except InfeasibleError as error:
        error.certificate = certify(facts)
        raise


def _with_row(row: PublishedRow, given: dict[str, Any], unit: str) -> dict[str, Any]:
    """The facts of a row, and in their place those that are given; wages of both are in the row's unit."""
    known = row_facts(row)
    own = known.get("unit", ANNUAL)
    if unit not in (ANNUAL, own):
        raise FactError(f"unit is {unit!r}; expected {own!r}, that of the row")
    return {**known, **{name: value for name, value in given.items() if value is not None}, "unit": own}


def _fitted(facts: Facts, family: Family, like: Distribution | None, estimated: EstimatedRow | None) -> Distribution:
    if family == "curve":
        return _fit_curve(facts, None if like is None else parent_wages(like, facts.unit), estimated)
    if like is not None:
        raise FactError(f'like is given and family is "{family}"; expected "curve", which alone can borrow a shape')
    return _fit_lognormal(facts) if family == "lognormal" else fit_family(facts, family)


def _fit_curve(facts: Facts, parent: FloatArray | None, estimated: EstimatedRow | None) -> Distribution:
    result = _core.fit_curve(facts.core, _core.shape_prior(), as_parent(parent))
    fitted = describe_curve(result, facts, parent)
    if estimated is None:
        return fitted
    return Distribution(fitted.core, fitted.unit, fitted.diagnostics, EstimatedPosterior(estimated, facts, parent))


def describe_curve(result: _core.CurveFit, facts: Facts, parent: FloatArray | None = None) -> Distribution:
    """The distribution of a successful `CurveFit`, with its diagnostics; `parent` has the wages of its parent."""
    curve = fitted_curve(result)
    notes = tuple(f"the bound at p = {p:g} binds: the quantile equals {wage:,.0f}" for p, wage in result.binding)
    if result.mean_binds:
        notes += ("the mean's lower bound binds: the mean equals it",)
    notes += _warnings(facts, result.prior_distance)
    fitted = diagnosed(
        curve,
        facts,
        "curve",
        _core.status_name(result.status),
        _core.status_meaning(result.status),
        tuple(result.binding),
        notes,
    )
    return Distribution(fitted.core, facts.unit, fitted.diagnostics, CurvePosterior(facts, result, parent))


def _warnings(facts: Facts, prior_distance: float) -> tuple[str, ...]:
    """What a reader should know of facts that hardly any wages have; the distance is NaN where it is not known."""
    found: list[str] = []
    p, wage = max(facts.quantiles, default=(0.0, 0.0))
    if facts.mean is not None and p >= FAR_UP and facts.mean > wage:
        found.append(
            f"the mean, {facts.mean:,.0f}, is above the quantile at p = {p:g}, {wage:,.0f}: a few wages make it"
        )
    if prior_distance > FAR_FROM_PRIOR:
        found.append(
            f"these figures are unlike those of wages: their squared distance from the prior is {prior_distance:,.0f} "
            f"for each, where 1 is usual and 1 in 100 published rows has more than {FAR_FROM_PRIOR:g}; check them"
        )
    return tuple(found)


def _fit_lognormal(facts: Facts) -> Distribution:
    result = _core.fit_lognormal(facts.core)
    n_facts = len(facts.quantiles) + (facts.mean is not None)
    if n_facts > 2:
        reason = f"least squares in logs over {n_facts} facts, which two parameters cannot all meet"
        return diagnosed(result.distribution, facts, "lognormal", "least_squares", reason)
    notes: tuple[str, ...] = ()
    if result.other_root is not None:
        median, sigma = result.other_root
        notes = (
            f"a second lognormal meets the same two facts: sigma {sigma:.5f}, median {median:,.0f}; "
            "the smaller sigma is taken",
        )
    return diagnosed(result.distribution, facts, "lognormal", "exact", "two facts determine a lognormal", (), notes)
