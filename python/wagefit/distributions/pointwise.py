"""What a distribution says at wages, at probabilities and at powers."""

from __future__ import annotations

from typing import Any, overload

from wagefit import _core
from wagefit.shared.arguments import as_array
from wagefit.shared.types import Array, Points, Values


class Pointwise:
    """Methods of one argument: a number gives a number, an array of any shape gives an array of that shape."""

    __slots__ = ("_core",)

    _core: _core.Distribution

    @overload
    def pdf(self, x: float) -> float: ...
    @overload
    def pdf(self, x: Points) -> Array: ...
    def pdf(self, x: Values) -> Any:
        """Density of the continuous part at wages `x`, per unit of wage; same shape as `x`."""
        return self._core.pdf(as_array("x", x))[()]

    @overload
    def logpdf(self, x: float) -> float: ...
    @overload
    def logpdf(self, x: Points) -> Array: ...
    def logpdf(self, x: Values) -> Any:
        """Logarithm of the density at wages `x`; -inf where there is none; same shape as `x`."""
        return self._core.logpdf(as_array("x", x))[()]

    @overload
    def cdf(self, x: float) -> float: ...
    @overload
    def cdf(self, x: Points) -> Array: ...
    def cdf(self, x: Values) -> Any:
        """P(X <= x); same shape as `x`."""
        return self._core.cdf(as_array("x", x))[()]

    @overload
    def logcdf(self, x: float) -> float: ...
    @overload
    def logcdf(self, x: Points) -> Array: ...
    def logcdf(self, x: Values) -> Any:
        """Log P(X <= x), accurate far in the lower tail; same shape as `x`."""
        return self._core.logcdf(as_array("x", x))[()]

    @overload
    def sf(self, x: float) -> float: ...
    @overload
    def sf(self, x: Points) -> Array: ...
    def sf(self, x: Values) -> Any:
        """P(X > x), accurate far in the upper tail; same shape as `x`."""
        return self._core.sf(as_array("x", x))[()]

    @overload
    def logsf(self, x: float) -> float: ...
    @overload
    def logsf(self, x: Points) -> Array: ...
    def logsf(self, x: Values) -> Any:
        """Log P(X > x); same shape as `x`."""
        return self._core.logsf(as_array("x", x))[()]

    @overload
    def ppf(self, p: float) -> float: ...
    @overload
    def ppf(self, p: Points) -> Array: ...
    def ppf(self, p: Values) -> Any:
        """Wage inf{x : cdf(x) >= p} at probabilities `p`; same shape as `p`, NaN outside [0, 1]."""
        return self._core.ppf(as_array("p", p))[()]

    @overload
    def isf(self, q: float) -> float: ...
    @overload
    def isf(self, q: Points) -> Array: ...
    def isf(self, q: Values) -> Any:
        """Wage that a fraction `q` earns more than, accurate for tiny `q`; same shape as `q`."""
        return self._core.isf(as_array("q", q))[()]

    @overload
    def lorenz(self, p: float) -> float: ...
    @overload
    def lorenz(self, p: Points) -> Array: ...
    def lorenz(self, p: Values) -> Any:
        """Share of all pay that the lowest `p` of people earn (Gastwirth 1971); same shape as `p`."""
        return self._core.lorenz(as_array("p", p))[()]

    @overload
    def top_share(self, fraction: float) -> float: ...
    @overload
    def top_share(self, fraction: Points) -> Array: ...
    def top_share(self, fraction: Values) -> Any:
        """Share of all pay that the highest `fraction` of people earn; same shape as `fraction`."""
        return self._core.top_share(as_array("fraction", fraction))[()]

    @overload
    def moment(self, k: float) -> float: ...
    @overload
    def moment(self, k: Points) -> Array: ...
    def moment(self, k: Values) -> Any:
        """E[X^k] for real `k`; same shape as `k`."""
        return self._core.moment(as_array("k", k))[()]

    @overload
    def atkinson(self, epsilon: float) -> float: ...
    @overload
    def atkinson(self, epsilon: Points) -> Array: ...
    def atkinson(self, epsilon: Values) -> Any:
        """Atkinson (1970) index with inequality aversion `epsilon` >= 0; same shape as `epsilon`."""
        return self._core.atkinson(as_array("epsilon", epsilon))[()]
