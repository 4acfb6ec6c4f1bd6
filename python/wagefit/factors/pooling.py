"""Several sources for one pay ratio pooled by the random-effects model, with what they disagree on shown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.shared.arguments import FloatArray, as_array, as_choice, as_number
from wagefit.shared.text import percent
from wagefit.shared.types import Number, Numbers

PRIOR_SCALE = 0.1
FEWEST_FOR_REML = 3


@dataclass(frozen=True)
class PooledRatio:
    """What several sources say together of one pay ratio; made by `pool_ratios`. Immutable.

    Attributes
    ----------
    ratio : float
        Exponential of the pooled log ratio.
    standard_error : float
        Of `ratio`: the ratio times the standard error of its logarithm.
    log_error : float
        Standard error (posterior standard deviation under a prior) of the log ratio.
    method : str
        What was done, in words.
    tau : float
        Standard deviation of the true log ratios between sources; its posterior root mean square under a prior.
    i_squared : float
        Part of a typical reading's variance that lies between sources; NaN where errors are unknown, or one source.
    q, q_p_value : float
        Cochran's Q and the probability of a larger one if all sources measured the same ratio; NaN likewise.
    weights : tuple of float
        Of the sources in the pooled log ratio, in their order; their sum is one.
    sources : tuple of str
    spread_is_identified : bool
        Whether the sources themselves say how much they differ in truth: three or more do, one or two do not.
    notes : tuple of str
        What the reader should know.

    Examples
    --------
    >>> pooled = wf.factors.pool_ratios([1.145, 1.169], standard_errors=[0.02, 0.03])
    >>> round(pooled.ratio, 3)
    1.155
    """

    ratio: float
    standard_error: float
    log_error: float
    method: str
    tau: float
    i_squared: float
    q: float
    q_p_value: float
    weights: tuple[float, ...]
    sources: tuple[str, ...]
    spread_is_identified: bool
    notes: tuple[str, ...]
    _law: _core.PooledPosterior | float
    """The posterior, or the degrees of freedom of Student's t."""

    def interval(self, level: float = 0.9) -> tuple[float, float]:
        """Confidence (under a prior: credible) interval of the ratio; FactError unless `level` is inside (0, 1)."""
        if not 0.0 < as_number("level", level) < 1.0:
            raise FactError(f"level is {level:g}; expected a number inside (0, 1)")
        low, high = (self._quantile(p) for p in (0.5 * (1.0 - level), 0.5 * (1.0 + level)))
        return math.exp(low), math.exp(high)

    def _quantile(self, p: float) -> float:
        if isinstance(self._law, float):
            return math.log(self.ratio) + _core.student_quantile(p, self._law) * self.log_error
        return self._law.quantile(p)

    def __repr__(self) -> str:
        low, high = self.interval()
        lines = [
            f"ratio {self.ratio:.4f} ± {self.standard_error:.4f} (90 %: {low:.4f} to {high:.4f}), {self.method}",
            self._heterogeneity(),
            *(f"  {100 * weight:5.1f} %  {name}" for weight, name in zip(self.weights, self.sources, strict=True)),
            *self.notes,
        ]
        return "\n".join(lines)

    def _heterogeneity(self) -> str:
        text = f"between sources: tau {self.tau:.4f} on logs"
        if math.isnan(self.i_squared):
            return text
        return f"{text}, I^2 {percent(self.i_squared).lstrip('+')}, Q {self.q:.2f} (p {self.q_p_value:.3g})"


def pool_ratios(
    ratios: Numbers,
    standard_errors: Numbers | None = None,
    *,
    sources: Sequence[str] | None = None,
    method: Literal["reml", "prior"] | None = None,
    prior_scale: Number = PRIOR_SCALE,
) -> PooledRatio:
    """Pools several sources' readings of one pay ratio, on logs, by the random-effects model.

    log ratio_i = mu + u_i + e_i: sources differ in truth (u, variance tau^2) and by chance (e, the published errors).

    Parameters
    ----------
    ratios : array_like, shape (k,)
        One reading a source, above 0.
    standard_errors : array_like, shape (k,), optional
        Of the ratios, above 0. None where no source prints one: the readings are then weighted alike and their spread
        is all that is known of their errors.
    sources : sequence of str, optional
        Names, in the order of the readings.
    method : {"reml", "prior"}, optional
        ``"reml"``: tau^2 by restricted maximum likelihood, the interval by Student's t with k - 1 degrees of freedom
        and the error of Knapp and Hartung, their variance factor never taken below one. ``"prior"``: half-normal prior
        for tau, flat prior for mu. None: ``"reml"`` from three sources on, else ``"prior"``, since two sources hardly
        say how much sources differ.
    prior_scale : float
        Of the half-normal prior, in log points over 100: 0.10 says that sources differ by a tenth or less in two of
        three cases.

    Returns
    -------
    PooledRatio

    Raises
    ------
    FactError
        A ratio or error is not a positive number, the lengths differ, or the method is unknown.

    Notes
    -----
    Knapp and Hartung (2003), Statistics in Medicine 22:2693; Jackson et al. (2017), Statistics in Medicine 36:3923;
    Roever (2020), Journal of Statistical Software 93(6).

    Examples
    --------
    >>> pooled = wf.factors.pool_ratios([1.145, 1.169], standard_errors=[0.02, 0.03])
    >>> round(pooled.ratio, 3)
    1.155
    """
    effects, names = _effects(ratios, sources)
    chosen = ("reml" if len(effects) >= FEWEST_FOR_REML else "prior") if method is None else method
    as_choice("method", chosen, ("reml", "prior"))
    if standard_errors is None:
        return _pool_spread(effects, names)
    errors = _log_errors(standard_errors, effects)
    if chosen == "reml" or len(effects) == 1:
        pooled = _core.pool_by_reml(effects, errors)
        words = "REML, Knapp-Hartung" if len(effects) > 1 else "one source"
        return _pooled(pooled, words, pooled.degrees_of_freedom, names)
    scale = as_number("prior_scale", prior_scale)
    posterior = _core.PooledPosterior(effects, errors, scale)
    words = f"half-normal prior of scale {scale:g} for tau"
    return _pooled(posterior.summary, words, posterior, names, scale)


def _effects(ratios: Numbers, sources: Sequence[str] | None) -> tuple[FloatArray, tuple[str, ...]]:
    values = as_array("ratios", ratios)
    if values.ndim != 1 or values.size == 0:
        raise FactError(f"ratios has the shape {values.shape}; expected at least one reading in a row")
    for i, value in enumerate(values):
        if not (value > 0 and math.isfinite(value)):
            raise FactError(f"ratios[{i}] is {value:g}; expected a finite positive number")
    names = tuple(f"source {i + 1}" for i in range(len(values))) if sources is None else tuple(sources)
    if len(names) != len(values):
        raise FactError(f"sources has {len(names)} names for {len(values)} ratios; expected as many")
    return np.log(values), names


def _log_errors(standard_errors: Numbers, effects: FloatArray) -> FloatArray:
    errors = as_array("standard_errors", standard_errors)
    if errors.shape != effects.shape:
        raise FactError(f"standard_errors has the shape {errors.shape}; expected that of ratios, {effects.shape}")
    for i, error in enumerate(errors):
        if not (error > 0 and math.isfinite(error)):
            raise FactError(
                f"standard_errors[{i}] is {error:g}; expected a finite positive number, or None for all readings"
            )
    return np.asarray(errors / np.exp(effects))


def _pooled(
    pooled: _core.Pooled,
    method: str,
    law: _core.PooledPosterior | float,
    names: tuple[str, ...],
    prior_scale: float | None = None,
) -> PooledRatio:
    ratio = math.exp(pooled.effect)
    return PooledRatio(
        ratio=ratio,
        standard_error=ratio * pooled.error,
        log_error=pooled.error,
        method=method,
        tau=math.sqrt(pooled.tau_squared),
        i_squared=pooled.i_squared,
        q=pooled.q,
        q_p_value=pooled.q_p_value,
        weights=tuple(pooled.weights),
        sources=names,
        spread_is_identified=len(names) >= FEWEST_FOR_REML,
        notes=tuple(_notes(len(names), prior_scale)),
        _law=law,
    )


def _pool_spread(effects: FloatArray, names: tuple[str, ...]) -> PooledRatio:
    """Readings without errors: their plain mean, and Student's interval from their own spread."""
    k = len(effects)
    if k == 1:
        raise FactError("standard_errors is None for a single ratio; expected its standard error, or further sources")
    mean, spread = float(effects.mean()), float(effects.std(ddof=1))
    error = spread / math.sqrt(k)
    return PooledRatio(
        ratio=math.exp(mean),
        standard_error=math.exp(mean) * error,
        log_error=error,
        method="plain mean of logs, Student's t",
        tau=spread,
        i_squared=math.nan,
        q=math.nan,
        q_p_value=math.nan,
        weights=(1.0 / k,) * k,
        sources=names,
        spread_is_identified=False,
        notes=(
            "No source prints a standard error: tau is the readings' whole spread, chance included, and how much of "
            "it is between sources is not identified.",
        ),
        _law=float(k - 1),
    )


def _notes(k: int, prior_scale: float | None) -> Iterator[str]:
    if k == 1:
        yield "The spread between sources is not identified: there is one source, and the error is its own."
    elif k < FEWEST_FOR_REML:
        yield "The spread between sources is not identified by two of them."
    if prior_scale is not None and k > 1:
        yield f"The error rests on the prior: tau half-normal with the scale {prior_scale:g} (an assumption)."
    if 1 < k < 5:
        yield f"With {k} sources the test of Q finds only gross disagreement."
