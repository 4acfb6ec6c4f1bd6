"""Several distributions as one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wagefit import _core
from wagefit.distributions.distribution import Distribution
from wagefit.distributions.posterior import derived
from wagefit.errors import FactError
from wagefit.shared.arguments import as_figures
from wagefit.shared.types import Weights


def mixture(components: Sequence[Distribution], weights: Weights = None) -> Distribution:
    """The distribution of a wage drawn from component i with probability ``weights[i]``.

    Parameters
    ----------
    components : sequence of Distribution
        At least one, all in the same unit.
    weights : array_like, shape (n,), optional
        Non-negative with a positive sum, such as employment; normalized. Equal without it.

    Returns
    -------
    Distribution
        In the components' unit; its `credible` intervals carry what the facts of all components leave open.

    Raises
    ------
    FactError
        `components` is empty, or holds something else, or mixes units; `weights` is no list of n shares.

    Examples
    --------
    >>> technicians = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.5: 40_350, 0.9: 66_260})
    >>> managers = wf.fit(mean=113_730, quantiles={0.1: 58_820, 0.5: 99_730, 0.9: 182_600})
    >>> both = wf.mixture([technicians, managers], weights=[208_650, 372_670])
    >>> round(both.mean())
    88706
    """
    if isinstance(components, Distribution) or not isinstance(components, Sequence):
        raise FactError(f"components is {components!r}; expected a list of distributions")
    if not components:
        raise FactError("components is empty; expected at least one distribution")
    for i, component in enumerate(components):
        if not isinstance(component, Distribution):
            raise FactError(f"components[{i}] is {component!r}; expected a Distribution")
    units = sorted({component.unit for component in components})
    if len(units) > 1:
        raise FactError(f"components mix the units {', '.join(units)}; expected one unit")
    share = np.ones(len(components)) if weights is None else as_figures("weights", weights)
    if share.shape != (len(components),):
        raise FactError(f"weights has shape {share.shape}; expected ({len(components)},), one for each component")

    def mix(drawn: list[_core.Distribution]) -> _core.Distribution:
        return _core.Mixture(drawn, share)

    posterior = derived([component.posterior for component in components], mix)
    return Distribution(mix([component.core for component in components]), units[0], posterior=posterior)
