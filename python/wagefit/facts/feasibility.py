"""Why no distribution satisfies some facts."""

from __future__ import annotations

from dataclasses import dataclass

from wagefit import _core
from wagefit.facts.facts import Facts


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

    Examples
    --------
    >>> try:
    ...     wf.fit(mean=20_000, quantiles={0.5: 40_350, 0.9: 66_260})
    ... except wf.InfeasibleError as error:
    ...     print(error.certificate.reason)
    mean_too_low
    """

    reason: str
    probabilities: tuple[float, float] | None
    mean_interval: tuple[float, float] | None


def certify(facts: Facts) -> Certificate:
    """The certificate of facts that no distribution, or no distribution of the family, satisfies."""
    verdict = _core.check_feasibility(facts.core)
    reason = "outside_family" if verdict.feasible else verdict.reason.name
    about_mean = "mean" in reason
    probabilities = verdict.probabilities if "quantile" in reason or "support" in reason else None
    return Certificate(reason, probabilities, verdict.mean_interval if about_mean else None)
