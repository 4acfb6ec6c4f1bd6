"""Curves given by the logs of their chord slopes, with their means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import log_ndtr

LOWER_TAIL_RATIO, UPPER_TAIL_RATIO = 1.0, 0.75  # of a tail's slope to the chord beside it, as in the core
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(5)
_T, _W = (_NODES + 1) / 2, _WEIGHTS / 2


@dataclass(frozen=True)
class Curves:
    """g(z) = log Q(Phi(z)) of n cells: rational quadratic between k knots (Gregory and Delbourgo 1982), linear beyond.

    Attributes
    ----------
    z : (k,) array
        Knots, ascending.
    log_chord : (n, k - 1) array
        Logs of the slopes of the chords between neighboring knots.
    anchor : int
        Index of a knot where g is known.
    level : (n,) array
        g there.
    """

    z: np.ndarray
    log_chord: np.ndarray
    anchor: int
    level: np.ndarray

    @cached_property
    def rise(self) -> np.ndarray:
        """Rise of g between neighboring knots, shape (n, k - 1)."""
        return np.exp(self.log_chord) * np.diff(self.z)

    @cached_property
    def at_knots(self) -> np.ndarray:
        """Values of g at the knots, shape (n, k)."""
        total = np.concatenate([np.zeros((len(self.rise), 1)), np.cumsum(self.rise, axis=1)], axis=1)
        return total - total[:, [self.anchor]] + self.level[:, None]

    @cached_property
    def slopes(self) -> np.ndarray:
        """Slopes at the knots, shape (n, k): weighted harmonic means of the neighboring chords."""
        h, chord = np.diff(self.z), np.exp(self.log_chord)
        inner = (h[:-1] + h[1:]) / (h[1:] / chord[:, :-1] + h[:-1] / chord[:, 1:])
        return np.column_stack([LOWER_TAIL_RATIO * chord[:, 0], inner, UPPER_TAIL_RATIO * chord[:, -1]])

    def log_mean(self) -> tuple[np.ndarray, np.ndarray]:
        """The log of E[exp g(Z)], (n,), and its gradient by the logs of the chords, (n, k - 1).

        The gradient is that of curves linear between knots, which is near enough for a search.
        """
        pay = self._pay_at_nodes()
        lower, lower_lever = _tail(self.at_knots[:, 0], -self.z[0], -self.slopes[:, 0])
        upper, upper_lever = _tail(self.at_knots[:, -1], self.z[-1], self.slopes[:, -1])
        mass = np.zeros_like(self.at_knots)
        mass[:, :-1] += (pay * (1 - _T)).sum(axis=2)
        mass[:, 1:] += (pay * _T).sum(axis=2)
        mass[:, 0] += lower
        mass[:, -1] += upper
        moved_up, moved_down = np.cumsum(mass[:, ::-1], axis=1)[:, -2::-1], np.cumsum(mass, axis=1)[:, :-1]
        gradient = np.where(np.arange(len(self.z) - 1) >= self.anchor, moved_up, -moved_down) * self.rise
        gradient[:, 0] -= self.slopes[:, 0] * lower_lever
        gradient[:, -1] += self.slopes[:, -1] * upper_lever
        mean = pay.sum(axis=(1, 2)) + lower + upper
        return np.log(mean), gradient / mean[:, None]

    def _part(self, k: np.ndarray, t: np.ndarray) -> np.ndarray:
        """Share of the rise of interval `k` that lies below its point `t` in [0, 1], shape (n, len(k))."""
        chord = np.exp(self.log_chord[:, k])
        left, right = self.slopes[:, k] / chord, self.slopes[:, k + 1] / chord
        return (t * t + left * t * (1 - t)) / (1 + (left + right - 2) * t * (1 - t))

    def _pay_at_nodes(self) -> np.ndarray:
        """The integrand exp g(z) phi(z) dz at the nodes of every interval between knots, shape (n, k - 1, nodes)."""
        h = np.diff(self.z)
        k = np.repeat(np.arange(len(h)), len(_T))
        part = self._part(k, np.tile(_T, len(h))).reshape(-1, len(h), len(_T))
        g = self.at_knots[:, :-1, None] + self.rise[:, :, None] * part
        z = self.z[:-1, None] + h[:, None] * _T
        return np.exp(g - z * z / 2) * (h[:, None] * _W / np.sqrt(2 * np.pi))


def log_rises(curves: Curves, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Logs of the rises between the knots `at`, (n, len(at) - 1), and their derivatives by the logs of the chords."""
    between = (np.arange(len(curves.z) - 1) >= at[:-1, None]) & (np.arange(len(curves.z) - 1) < at[1:, None])
    rise = curves.rise @ between.T
    return np.log(rise), between * curves.rise[:, None, :] / rise[:, :, None]


def _tail(g: np.ndarray, z: float, slope: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """E[X; Z > z] and E[(Z - z) X; Z > z] of X = exp(g + slope (Z - z)); a lower tail is the upper one of -Z."""
    mass = np.exp(g - slope * z + slope**2 / 2 + log_ndtr(slope - z))
    density = np.exp(g - z * z / 2) / np.sqrt(2 * np.pi)
    return mass, (slope - z) * mass + density
