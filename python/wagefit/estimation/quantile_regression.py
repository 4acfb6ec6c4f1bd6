"""Quantile regression: the wage equation for percentiles of pay.

`estimate_quantiles` minimizes the check loss of Koenker and Bassett (1978) for each percentile.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.estimation.estimate import Estimate, frozen, named_parts
from wagefit.estimation.formulas import Prepared, absorbed_key, all_columns, prepare
from wagefit.estimation.notes import looks_like_log, notes_of
from wagefit.shared.arguments import FloatArray, as_array
from wagefit.shared.read_only import ReadOnly

MOST_ABSORBED = 2_000
"""Levels of absorbed factors, which are written out: the loss of a quantile has no shortcut past them."""


def estimate_quantiles(
    frame: Any,
    formula: str,
    p: Any = 0.5,
    *,
    weights: Any = None,
    cluster: Any = None,
    absorb: str | tuple[str, ...] | list[str] = (),
    frequencies: Any = None,
) -> Any:
    """Fits the p-th conditional percentile of pay: what education, say, adds at the bottom and at the top.

    Parameters
    ----------
    frame, formula, weights
        As for `wagefit.estimate_factors`; weights multiply each person's loss.
    p : float or sequence of float
        Probabilities strictly between 0 and 1.
    cluster, absorb, frequencies
        As for `wagefit.estimate_factors`. Absorbed levels (at most 2,000) are estimated and not reported.

    Returns
    -------
    Estimate, or mapping {p: Estimate} where `p` is a sequence
        `objective` is the check loss, sum of weight x residual x (p - [residual < 0]); `rsquared` is Koenker and
        Machado's (1999) R1, one less the loss over that of a constant alone; `smearing` is 1: exp of a
        fitted percentile of log pay is the percentile of pay.

    Raises
    ------
    FactError
        As for `wagefit.estimate_factors`, or a probability is outside (0, 1).

    Notes
    -----
    Frisch-Newton interior point (Portnoy and Koenker 1997), then simplex steps until no edge descends, so that the
    loss is the least there is. The coefficients always meet as many rows exactly as there are coefficients, and do not
    depend on the order of the rows; where several do equally well, fitted pay is low: the median of 40,000 and 50,000
    is 40,000. Errors: Powell's (1991) sandwich with Epanechnikov's kernel and Hall and Sheather's
    (1988) bandwidth in proportion to each person's spread, absolute residuals by least squares on the terms: they allow
    for spreads that differ between people. With `cluster` the middle of the sandwich is summed by cluster (Parente and
    Santos Silva 2016), with CR1's correction and t(G - 1) intervals.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> education = rng.choice(["school", "college"], 400)
    >>> log_wage = 10.5 + 0.3 * (education == "college") + 0.4 * rng.standard_normal(400)
    >>> workers = pd.DataFrame({"wage": np.exp(log_wage), "education": education, "sex": rng.choice(["f", "m"], 400)})
    >>> median = wf.estimate_quantiles(workers, "log(wage) ~ education", 0.5)
    >>> round(median.rsquared, 2)
    0.05
    >>> median.terms
    ('Intercept', 'education[T.school]')
    """
    probabilities = as_array("p", p)
    outside = [value for value in probabilities.ravel() if not 0.0 < value < 1.0]
    if outside or probabilities.ndim > 1 or probabilities.size == 0:
        raise FactError(f"p is {p!r}; expected probabilities strictly between 0 and 1")
    absorbed = (absorb,) if isinstance(absorb, str) else tuple(absorb)
    groups = {} if cluster is None else {"cluster": cluster}
    data = prepare(frame, formula, weights, groups, absorb=absorbed, frequencies=frequencies)
    columns, names = _columns(data, absorbed)
    if probabilities.ndim == 0:
        return _fit(formula, data, columns, names, float(probabilities))
    fits: Mapping[float, Estimate] = ReadOnly(
        {float(value): _fit(formula, data, columns, names, float(value)) for value in probabilities}
    )
    return fits


def _columns(data: Prepared, absorbed: tuple[str, ...]) -> tuple[FloatArray, tuple[str, ...]]:
    """The equation's columns, then indicators of the absorbed levels, with a name each.

    Where nothing is absorbed the constant is the equation's own; otherwise the absorbed levels hold it.
    """
    own = all_columns(data)
    if not absorbed:
        return own, data.names
    first = int(data.has_intercept)
    parts, names = [own[:, first:]], list(data.names[first:])
    for place, name in enumerate(absorbed):
        codes, levels = data.groups[absorbed_key(name)]
        used = np.arange(min(place, 1), levels)
        parts.append((codes[:, None] == used).astype(float))
        names += [f"{name}[{data.labels[absorbed_key(name)][level]}]" for level in used]
    if len(names) - own.shape[1] > MOST_ABSORBED:
        raise FactError(f"absorb has {len(names) - own.shape[1]:,} levels; expected at most {MOST_ABSORBED:,}")
    return np.asfortranarray(np.column_stack(parts)), tuple(names)


def _fit(formula: str, data: Prepared, columns: FloatArray, names: tuple[str, ...], p: float) -> Estimate:
    clusters = data.groups.get("cluster")
    fit = _core.quantile_regression(
        outcome=data.outcome, weights=data.weights, columns=columns, p=p, clusters=clusters, names=names
    )
    df_resid = len(columns) - columns.shape[1]
    parts = _reported(data, names, fit, df_resid if clusters is None else clusters[1] - 1)
    is_absorbed, is_log = names is not data.names, looks_like_log(data, fit.residual_spread)
    kind = "kernel" if clusters is None else "clustered kernel"
    return Estimate(
        formula=formula,
        method=f"quantile regression at p = {p:g}" + (", factors absorbed" if is_absorbed else ""),
        **parts,
        covariance=kind,
        nobs=len(columns),
        dropped=data.dropped,
        rsquared=fit.r_squared,
        df_resid=df_resid,
        residual_std=fit.residual_spread,
        smearing=1.0 if is_log else float("nan"),
        objective=fit.check_loss,
        llf=float("nan"),
        parameters=columns.shape[1],
        is_log=is_log,
        resid=frozen(fit.residuals),
        fittedvalues=frozen(data.outcome - fit.residuals),
        notes=notes_of(data, kind, parts, clusters, df_resid, is_log),
        encoding=None if is_absorbed else data.encoding,
    )


def _reported(data: Prepared, names: tuple[str, ...], fit: Any, df: int) -> dict[str, Any]:
    """Coefficients that are not of absorbed levels, whose columns come last and hold the constant."""
    k = len(data.names) - int(names is not data.names and data.has_intercept)
    units = data.units[len(data.names) - k :]
    return named_parts(names[:k], fit.coefficients[:k], np.array(fit.covariance[:k, :k]), df, units)
