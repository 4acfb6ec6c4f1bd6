"""Wild cluster bootstrap: a test and an interval of one coefficient where clusters are few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagefit import _core
from wagefit.errors import FactError
from wagefit.estimation.formulas import intercept_of, prepare
from wagefit.shared.arguments import as_count, as_number
from wagefit.shared.streams import stream_key


@dataclass(frozen=True)
class ClusterBootstrap:
    """A coefficient, tested and bracketed by the wild cluster bootstrap. Immutable.

    Examples
    --------
    >>> import pandas as pd
    >>> workers = pd.DataFrame({"log_wage": [9.8, 10.1, 10.3, 10.2, 10.6, 10.4], "years": [1, 2, 5, 3, 9, 7],
    ...                         "firm": [1, 1, 2, 2, 3, 3]})
    >>> found = wf.estimation.bootstrap_clusters(workers, "log_wage ~ years", "years", cluster="firm")
    >>> found.clusters, found.draws
    (3, 216)
    """

    term: str
    estimate: float
    """Coefficient, in the outcome's unit (log points)."""
    t: float
    """Estimate less the hypothesis over its CR1 error."""
    p_value: float
    """Two-sided p-value of the hypothesis."""
    interval: tuple[float, float]
    """Hypotheses that are not rejected; infinite where none is, however far."""
    level: float
    """Probability that the interval holds the coefficient."""
    clusters: int
    draws: int
    """Number of draws; all combinations of the multipliers where those are no more than were asked for."""


def bootstrap_clusters(
    frame: Any,
    formula: str,
    term: str,
    *,
    cluster: Any,
    weights: Any = None,
    null: float = 0.0,
    level: float = 0.9,
    draws: int = 9_999,
    rng: Any = 0,
) -> ClusterBootstrap:
    """Tests one coefficient of a wage equation by the wild cluster bootstrap with the null hypothesis imposed.

    Parameters
    ----------
    frame, formula, weights, cluster
        As for `wagefit.estimate_factors`.
    term : str
        Name of the coefficient.
    null : float
        Hypothesis for the p-value, in the outcome's unit.
    level : float
        Probability that the interval holds the coefficient, in (0, 1).
    draws : int
        Number of draws, at least 99. Where all combinations of the multipliers are no more, each is drawn once.
    rng : int, numpy.random.Generator or None
        Seed or generator; None for fresh entropy.

    Returns
    -------
    ClusterBootstrap

    Raises
    ------
    FactError
        As for `wagefit.estimate_factors`, or an unknown term.

    Notes
    -----
    Cameron, Gelbach and Miller (2008), by cluster sums as in Roodman, Nielsen, MacKinnon and Webb (2019): a draw
    multiplies each cluster's residuals, restricted by the hypothesis, by -1 or 1, and under ten clusters by one of
    Webb's six values. With three clusters hardly anything can be rejected, and intervals are often infinite: the CR2
    errors of `wagefit.estimate_factors` say more there.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> firm = np.repeat(np.arange(6), 20)
    >>> pay = 10.5 + 0.1 * rng.standard_normal(6)[firm] + 0.02 * np.arange(120) + 0.3 * rng.standard_normal(120)
    >>> workers = pd.DataFrame({"log_wage": pay, "years": np.arange(120), "firm": firm})
    >>> found = wf.estimation.bootstrap_clusters(workers, "log_wage ~ years", "years", cluster="firm")
    >>> found.p_value < 0.1, found.interval[0] < found.estimate < found.interval[1]
    (True, True)
    """
    if not 0.0 < as_number("level", level) < 1.0:
        raise FactError(f"level is {level:g}; expected a probability strictly between 0 and 1")
    data = prepare(frame, formula, weights, {"cluster": cluster})
    if term not in data.names:
        raise FactError(f"term is {term!r}; expected one of {', '.join(data.names)}")
    place = data.names.index(term)
    unit, clusters = float(data.units[place]), data.groups["cluster"]
    found = _core.wild_cluster_bootstrap(
        outcome=data.outcome, weights=data.weights, numeric=data.numeric, factors=data.factors,
        intercept=intercept_of(data), clusters=clusters, coefficient=place, null=as_number("null", null) * unit,
        level=level, draws=as_count("draws", draws, 99), key=stream_key(rng), names=data.names,
    )  # fmt: skip
    interval = (found.lower / unit, found.upper / unit)
    return ClusterBootstrap(
        term, found.estimate / unit, found.t, found.p_value, interval, level, clusters[1], found.draws
    )
