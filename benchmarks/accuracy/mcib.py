"""Mean-constrained integration over brackets (Jargowsky and Wheeler 2018, Sociological Methodology 48, 337-374)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

HEAVIEST, LIGHTEST = 1.05, 1000.0  # Pareto indices: a finite mean above, next to no tail
NODES, WEIGHTS = np.polynomial.legendre.leggauss(3)  # exact for the fourth powers that a Gini coefficient needs


@dataclass(frozen=True)
class MeanConstrainedIntegration:
    """Density linear within every closed bracket, Pareto in the open one.

    Attributes
    ----------
    edges : (n + 1,) array
        Of the n closed brackets.
    shares, slopes : (n,) arrays
        People in each, of all people, and the slope of the density there.
    top_share, index : float
        People above the last edge, and the Pareto index of their wages.
    """

    edges: np.ndarray
    shares: np.ndarray
    slopes: np.ndarray
    top_share: float
    index: float

    def mean(self) -> float:
        """Mean wage."""
        return _mean_of_closed(self.edges, self.shares, self.slopes) + self.top_share * self._top_mean()

    def _top_mean(self) -> float:
        return float(self.edges[-1]) * self.index / (self.index - 1)

    def gini(self) -> float:
        """1 - E[smaller of two wages] / mean, the former the integral of (1 - F)^2."""
        width = np.diff(self.edges)[:, None]
        along = width * (NODES + 1) / 2  # from the left edges
        density = self.shares[:, None] / width + self.slopes[:, None] * (along / 2 - width / 2)
        below = np.cumsum(np.append(0.0, self.shares))[:-1, None] + density * along
        smaller = float(self.edges[0]) + ((1 - below) ** 2 @ WEIGHTS) @ width[:, 0] / 2
        smaller += self.top_share**2 * float(self.edges[-1]) / (2 * self.index - 1)
        return 1 - float(smaller) / self.mean()

    def median(self) -> float:
        """The wage that half of the people reach: a root of a quadratic in a closed bracket."""
        below = np.cumsum(np.append(0.0, self.shares))
        if below[-1] <= 0.5:
            return float(self.edges[-1]) * (self.top_share / 0.5) ** (1 / self.index)
        i = int(np.searchsorted(below, 0.5, side="left")) - 1
        width = self.edges[i + 1] - self.edges[i]
        at_left = self.shares[i] / width - self.slopes[i] * width / 2
        missing = 0.5 - below[i]
        root = np.sqrt(max(at_left**2 + 2 * self.slopes[i] * missing, 0.0))
        return float(self.edges[i] + 2 * missing / (at_left + root))


def mean_constrained_integration(
    edges: np.ndarray, counts: np.ndarray, mean: float | None
) -> MeanConstrainedIntegration:
    """From counts; the last edge is infinite. Where no mean closes the tail its index is that of the last two brackets.

    The slope in a bracket is that between the average densities of its neighbors, at most what keeps the density above
    0; at both ends it is taken to the only neighbor. The index is limited to 1.05 to 1,000, so that a mean may be
    missed.
    """
    shares = counts / counts.sum()
    closed, top_share = shares[:-1], float(shares[-1])
    slopes = _slopes(edges[:-1], closed)
    last = float(edges[-2])
    if top_share == 0.0:
        index = LIGHTEST
    elif mean is None:
        ratio = (top_share + closed[-1]) / top_share
        index = float(np.log(ratio) / np.log(last / edges[-3]))
    else:
        of_top = (mean - _mean_of_closed(edges[:-1], closed, slopes)) / top_share
        index = of_top / (of_top - last) if of_top > last else LIGHTEST
    index = float(np.clip(index, HEAVIEST, LIGHTEST))
    return MeanConstrainedIntegration(edges[:-1], closed, slopes, top_share, index)


def _slopes(edges: np.ndarray, shares: np.ndarray) -> np.ndarray:
    width, middle = np.diff(edges), (edges[:-1] + edges[1:]) / 2
    density = shares / width
    left = np.maximum(np.arange(len(width)) - 1, 0)
    right = np.minimum(np.arange(len(width)) + 1, len(width) - 1)
    slopes = (density[right] - density[left]) / (middle[right] - middle[left])
    return np.clip(slopes, -2 * density / width, 2 * density / width)


def _mean_of_closed(edges: np.ndarray, shares: np.ndarray, slopes: np.ndarray) -> float:
    return float(shares @ ((edges[:-1] + edges[1:]) / 2) + slopes @ np.diff(edges) ** 3 / 12)
