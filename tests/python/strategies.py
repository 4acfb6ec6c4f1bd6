"""Random sets of facts: what agencies could publish, from the usual to the barely possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from .oracles import mean_interval

# A mean is known to double precision only: an interval of means narrower than this cannot be told from its ends.
NARROWEST = 1e-8


@dataclass(frozen=True)
class FactSet:
    """Quantiles, a mean strictly inside its feasible interval `interval`, and a support."""

    p: tuple[float, ...]
    q: tuple[float, ...]
    mean: float
    lower: float
    upper: float
    interval: tuple[float, float]

    def arguments(self, scale: float = 1.0) -> dict[str, Any]:
        """What fit takes, wages multiplied by `scale`."""
        return {
            "mean": self.mean * scale,
            "quantiles": (list(self.p), [q * scale for q in self.q]),
            "lower": self.lower * scale,
            "upper": self.upper * scale,
        }


def powers(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers from 10^low to 10^high, evenly on the log scale."""
    return st.floats(low, high).map(lambda exponent: 10.0**exponent)


# Relative gaps between neighboring quantiles.
TIE = st.just(0.0)
TINY = powers(-12, -6)
USUAL = powers(-3, 0)
WIDE = powers(0, 6)


@st.composite
def probabilities(draw: st.DrawFn, least: int = 2, most: int = 12) -> tuple[float, ...]:
    """Ascending multiples of 1e-4 inside (0, 1)."""
    units = draw(st.lists(st.integers(1, 9_999), min_size=least, max_size=most, unique=True))
    return tuple(unit / 10_000 for unit in sorted(units))


@st.composite
def ascending_wages(draw: st.DrawFn, n: int, gaps: st.SearchStrategy[float]) -> tuple[float, ...]:
    """`n` wages that do not decrease, the first from 1e-3 to 1e9."""
    steps = draw(st.lists(gaps, min_size=n - 1, max_size=n - 1))
    first = draw(powers(-3, 9))
    return tuple(float(wage) for wage in first * np.cumprod([1.0, *(1.0 + step for step in steps)]))


@st.composite
def supports(draw: st.DrawFn, q: tuple[float, ...]) -> tuple[float, float]:
    """Ends of the support around the quantiles, sometimes on the outermost ones."""
    lower = draw(st.one_of(st.just(0.0), st.just(q[0]), st.floats(0.0, 1.0).map(lambda part: part * q[0])))
    above = st.one_of(st.just(np.inf), st.just(1.0), powers(-3, 6).map(lambda gap: 1.0 + gap))
    upper = q[-1] * draw(above)
    assume(lower < upper)
    return lower, upper


@st.composite
def means(draw: st.DrawFn, low: float, high: float) -> float:
    """A mean strictly between `low` and `high`, down to a millionth of the way from either end."""
    assume(high - low > NARROWEST * low)
    if np.isinf(high):
        return low * (1.0 + draw(powers(-6, 4)))
    part = draw(st.one_of(powers(-6, -0.3), st.floats(0.01, 0.99)))
    mean = low + part * (high - low) if draw(st.booleans()) else high - part * (high - low)
    assume(low < mean < high)
    return mean


@st.composite
def fact_sets(draw: st.DrawFn, gaps: st.SearchStrategy[float] | None = None) -> FactSet:
    """Feasible facts: 2 to 12 quantiles, means near the ends of their interval included, any support."""
    p = draw(probabilities())
    q = draw(ascending_wages(len(p), st.one_of(TIE, TINY, USUAL, WIDE) if gaps is None else gaps))
    assume(q[-1] < 1e15)
    lower, upper = draw(supports(q))
    interval = mean_interval(p, q, lower, upper)
    return FactSet(p, q, draw(means(*interval)), lower, upper, interval)


@st.composite
def wage_like(draw: st.DrawFn) -> FactSet:
    """Facts such as a table of wages has: quantiles a few percent to a factor of two apart, a mean well inside."""
    p = tuple(sorted(draw(st.lists(st.integers(1, 32).map(lambda k: 0.03 * k), min_size=2, max_size=7, unique=True))))
    scores = np.diff([_score(one) for one in p])
    slopes = draw(st.lists(st.floats(0.2, 0.7), min_size=len(scores), max_size=len(scores)))
    q = tuple(float(x) for x in draw(powers(1, 6)) * np.exp(np.cumsum([0.0, *(scores * slopes)])))
    low, _ = mean_interval(p, q)
    _, high = mean_interval(p, q, 0.0, 3.0 * q[-1])
    mean = low + draw(st.floats(0.3, 0.7)) * (high - low)
    return FactSet(p, q, mean, 0.0, np.inf, (low, np.inf))


def _score(p: float) -> float:
    from scipy.special import ndtri

    return float(ndtri(p))
