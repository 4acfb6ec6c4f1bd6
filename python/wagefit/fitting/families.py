"""Parametric families fitted to published facts or to bracket counts."""

from __future__ import annotations

import numpy as np

from wagefit import _core
from wagefit.distributions.diagnostics import FamilyEstimate
from wagefit.distributions.distribution import Distribution
from wagefit.facts.facts import Facts
from wagefit.fitting.diagnosed import diagnosed
from wagefit.shared.arguments import FloatArray
from wagefit.shared.types import Family

FAMILY_NAMES: dict[str, _core.Family] = {_core.family_name(family): family for family in _core.Family}


def fit_family(facts: Facts, family: Family) -> Distribution:
    """`family` fitted to `facts` by generalized least squares.

    Minimizes d' S^-1 d, d the deviations of the logs of quantiles and mean and S their joint covariance in samples from
    the default curve through the same facts (Lin, Wu & Ahmad 1980). Standard errors are those of the inverse
    information.

    Raises
    ------
    FactError
        One-sided facts or a bounded support, or fewer facts than parameters.
    InfeasibleError
        No member of the family meets as many facts as it has parameters.
    """
    result = _core.fit_family(FAMILY_NAMES[family], facts.core)
    estimate = _estimate(result, "generalized least squares", _effective_size(facts, result.distribution))
    n_facts = len(facts.quantiles) + (facts.mean is not None)
    if result.degrees_of_freedom == 0:
        return diagnosed(
            result.distribution, facts, family, "exact", f"{n_facts} facts determine the parameters", estimate=estimate
        )
    reason = (
        f"generalized least squares over {n_facts} facts, which {len(estimate.parameters)} parameters cannot all meet"
    )
    return diagnosed(result.distribution, facts, family, "least_squares", reason, estimate=estimate)


def fit_family_to_brackets(facts: Facts, family: Family, edges: FloatArray, counts: FloatArray) -> Distribution:
    """`family` fitted to `counts` (n,) between `edges` (n + 1,) by maximum likelihood; `facts` say the same."""
    result = _core.fit_family_to_brackets(FAMILY_NAMES[family], edges, counts)
    estimate = _estimate(result, "maximum likelihood", float(counts.sum()))
    reason = f"maximum likelihood over {len(counts)} brackets"
    return diagnosed(result.distribution, facts, family, "maximum_likelihood", reason, estimate=estimate)


def _effective_size(facts: Facts, core: _core.Distribution) -> float | None:
    if facts.mean_rse:
        return float(core.variance() / core.mean() ** 2 * (100.0 / facts.mean_rse) ** 2)
    return facts.employment or None


def _estimate(result: _core.FamilyFit, method: str, size: float | None) -> FamilyEstimate:
    names = _core.parameter_names(result.family)
    freedom = result.degrees_of_freedom
    chi2 = None if size is None or freedom <= 0 else max(size * result.distance, 0.0)
    likelihood = None if np.isnan(result.log_likelihood) else result.log_likelihood
    return FamilyEstimate(
        method=method,
        parameters=dict(zip(names, result.parameters.tolist(), strict=True)),
        standard_errors=_standard_errors(result, names, size),
        chi2=chi2,
        p_value=None if chi2 is None else _core.chi_squared_sf(chi2, freedom),
        degrees_of_freedom=freedom,
        log_likelihood=likelihood,
        aic=None if likelihood is None else 2.0 * len(names) - 2.0 * likelihood,
        size=size,
    )


def _standard_errors(result: _core.FamilyFit, names: list[str], size: float | None) -> dict[str, float] | None:
    """By the delta method from those of the logs."""
    if size is None:
        return None
    errors = result.parameters * np.sqrt(np.diag(result.log_covariance) / size)
    return dict(zip(names, errors.tolist(), strict=True))
