"""How a fit met its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wagefit.facts.facts import Facts


@dataclass(frozen=True)
class FamilyEstimate:
    """A parametric family's parameters and how well they are known.

    Attributes
    ----------
    method : str
        ``"generalized least squares"`` or ``"maximum likelihood"``.
    parameters : dict
        By name; a scale is in the unit of the wages.
    standard_errors : dict or None
        By name; None without the number of people, NaN where the facts do not identify a parameter.
    chi2, p_value : float or None
        Goodness of fit: Mahalanobis distance of the facts, or the likelihood ratio G^2 of bracket counts, and the
        probability of a larger one under the family. None without the number of people, or without degrees of freedom.
    degrees_of_freedom : int
        Facts, or brackets less one, minus parameters.
    log_likelihood, aic : float or None
        Of bracket counts, without the multinomial constant.
    size : float or None
        People behind the figures: (CV / RSE)^2 where the mean's RSE is published, else employment or the sum of the
        counts.

    Examples
    --------
    >>> pay = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.5: 40_350, 0.9: 66_260}, family="gamma", employment=208_650)
    >>> sorted(pay.diagnostics.estimate.parameters)
    ['scale', 'shape']
    >>> pay.diagnostics.estimate.degrees_of_freedom
    2
    """

    method: str
    parameters: Mapping[str, float]
    standard_errors: Mapping[str, float] | None
    chi2: float | None
    p_value: float | None
    degrees_of_freedom: int
    log_likelihood: float | None
    aic: float | None
    size: float | None


@dataclass(frozen=True)
class Diagnostics:
    """What went into a fit and what came out.

    Attributes
    ----------
    facts : Facts
        Facts in.
    family : str
        ``"curve"`` or the name of a parametric family.
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
    estimate : FamilyEstimate or None
        Parameters, standard errors and goodness of fit of a parametric family.

    Examples
    --------
    >>> pay = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260})
    >>> pay.diagnostics.status, pay.diagnostics.family
    ('exact', 'curve')
    >>> max(abs(residual) for residual in pay.diagnostics.residuals.values()) < 1e-10
    True
    """

    facts: Facts
    family: str
    status: str
    reason: str
    reproduced: Mapping[float | str, float]
    residuals: Mapping[float | str, float]
    binding: tuple[tuple[float, float], ...] = ()
    notes: tuple[str, ...] = ()
    estimate: FamilyEstimate | None = None
