"""From published facts to a distribution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.arguments import as_choice
from wagefit.distributions import ANNUAL, Distribution
from wagefit.errors import InfeasibleError
from wagefit.facts import Facts, read_facts
from wagefit.posterior import CurvePosterior

FAMILIES = ("curve", "lognormal")


@dataclass(frozen=True)
class Certificate:
    """Why no distribution satisfies the facts.

    Attributes
    ----------
    reason : str
        Such as ``"mean_too_low"`` or ``"decreasing_quantiles"``.
    probabilities : tuple of float, or None
        Probabilities of the two facts that clash, where quantiles do.
    mean_interval : tuple of float, or None
        Open interval of the means that would be feasible, where the mean is at fault.
    """

    reason: str
    probabilities: tuple[float, float] | None
    mean_interval: tuple[float, float] | None


@dataclass(frozen=True)
class Diagnostics:
    """What went into a fit and what came out.

    Attributes
    ----------
    facts : Facts
        Facts in.
    family : str
        ``"curve"`` or ``"lognormal"``.
    status : str
        Path taken; see `reason`.
    reason : str
        One sentence on why.
    reproduced, residuals : dict
        The distribution's value of each fact and its relative deviation; keys are probabilities and ``"mean"``.
    binding : tuple of (p, wage)
        Bounds met with equality.
    notes : tuple of str
        What else the reader of the figures should know.
    """

    facts: Facts
    family: str
    status: str
    reason: str
    reproduced: Mapping[float | str, float]
    residuals: Mapping[float | str, float]
    binding: tuple[tuple[float, float], ...] = ()
    notes: tuple[str, ...] = ()


def fit(
    *,
    mean: Any = None,
    quantiles: Any = None,
    at_least: Any = None,
    family: str = "curve",
    mean_rse: Any = None,
    employment: Any = None,
    lower: Any = None,
    upper: Any = None,
    rounding: Any = None,
    unit: str = ANNUAL,
) -> Distribution:
    """The wage distribution that published figures imply, exact in each of them.

    Parameters
    ----------
    mean : float, optional
        Mean wage, in `unit`.
    quantiles : mapping {p: wage} or pair of arrays (p, wages), optional
        Published quantiles, p in (0, 1). At least two, or one and the mean.
    at_least : mapping {p: wage}, optional
        One-sided facts such as top codes: the quantile is at least this wage. The key ``"mean"`` bounds the mean.
    family : {"curve", "lognormal"}
        The default curve meets every fact. A lognormal meets two; more in the least-squares sense.
    mean_rse, employment : float, optional
        Published precision: relative standard error of the mean in percent, people in the cell.
    lower, upper : float, optional
        No wage lies outside; 0 and infinity by default.
    rounding : float, optional
        Step to which the figures are rounded.
    unit : str
        Unit of all wages.

    Returns
    -------
    Distribution
        With `diagnostics` on how each fact was met.

    Raises
    ------
    FactError
        A fact is wrong by itself: the message names the argument, its value and what was expected.
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
    """
    as_choice("family", family, FAMILIES)
    facts = read_facts(mean=mean, quantiles=quantiles, at_least=at_least, mean_rse=mean_rse, employment=employment,
                       lower=lower, upper=upper, rounding=rounding, unit=unit)
    try:
        return _fit_lognormal(facts) if family == "lognormal" else _fit_curve(facts)
    except InfeasibleError as error:
        error.certificate = certify(facts)
        raise


def certify(facts: Facts) -> Certificate:
    """The certificate of facts that no distribution, or no distribution of the family, satisfies."""
    verdict = _core.check_feasibility(facts.core())
    reason = "outside_family" if verdict.feasible else verdict.reason.name
    about_mean = "mean" in reason
    probabilities = verdict.probabilities if "quantile" in reason or "support" in reason else None
    return Certificate(reason, probabilities, verdict.mean_interval if about_mean else None)


def _fit_curve(facts: Facts) -> Distribution:
    result = _core.fit_curve(facts.core(), _core.shape_prior())
    return describe_curve(result, facts)


def describe_curve(result: _core.CurveFit, facts: Facts) -> Distribution:
    """The distribution of a successful `CurveFit`, with its diagnostics."""
    if result.curve is None:
        raise ValueError("the fit has no curve")
    notes = tuple(f"the bound at p = {p:g} binds: the quantile equals {wage:,.0f}" for p, wage in result.binding)
    if result.mean_binds:
        notes += ("the mean's lower bound binds: the mean equals it",)
    fitted = _diagnosed(result.curve, facts, "curve", _core.status_name(result.status),
                        _core.status_meaning(result.status), tuple(result.binding), notes)
    return Distribution(fitted.core, facts.unit, fitted.diagnostics, CurvePosterior(facts, result.curve))


def _fit_lognormal(facts: Facts) -> Distribution:
    result = _core.fit_lognormal(facts.core())
    n_facts = len(facts.quantiles) + (facts.mean is not None)
    if n_facts > 2:
        reason = f"least squares in logs over {n_facts} facts, which two parameters cannot all meet"
        return _diagnosed(result.distribution, facts, "lognormal", "least_squares", reason)
    notes: tuple[str, ...] = ()
    if result.other_root is not None:
        median, sigma = result.other_root
        notes = (f"a second lognormal meets the same two facts: sigma {sigma:.5f}, median {median:,.0f}; "
                 "the smaller sigma is taken",)
    return _diagnosed(result.distribution, facts, "lognormal", "exact", "two facts determine a lognormal", (), notes)


def _diagnosed(
    core: _core.Distribution,
    facts: Facts,
    family: str,
    status: str,
    reason: str,
    binding: tuple[tuple[float, float], ...] = (),
    notes: tuple[str, ...] = (),
) -> Distribution:
    published: dict[float | str, float] = dict(facts.quantiles)
    reproduced: dict[float | str, float] = dict(zip(published, core.ppf(np.array(list(published), dtype=float)).tolist()))
    if facts.mean is not None:
        published["mean"], reproduced["mean"] = facts.mean, core.mean()
    residuals = {key: reproduced[key] / value - 1.0 for key, value in published.items()}
    return Distribution(core, facts.unit,
                        Diagnostics(facts, family, status, reason, reproduced, residuals, binding, notes))
