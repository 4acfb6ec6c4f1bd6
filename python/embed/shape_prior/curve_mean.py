"""Means of many curves on the same knots, with the gradient by the knots."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import log_ndtr

from wagefit import _core

UPPER_TAIL_RATIO = _core.shape_prior().upper_tail_ratio
CHORD_INTERVALS = 4  # as in the core
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(6)
_T, _W = (_NODES + 1) / 2, _WEIGHTS / 2


@dataclass(frozen=True)
class Curves:
    """g(z) = log Q(Phi(z)) of n cells: rational quadratic between k knots (Gregory and Delbourgo 1982), linear beyond.

    Attributes
    ----------
    z : (k,) array
        Knots, ascending.
    g : (n, k) array
        Values there, ascending along each row.
    """

    z: np.ndarray
    g: np.ndarray

    def slopes(self) -> np.ndarray:
        """Harmonic means of the neighboring chords; chords over several intervals at the ends, shape (n, k)."""
        h = np.diff(self.z)
        chord = np.diff(self.g, axis=1) / h
        inner = (h[:-1] + h[1:]) / (h[1:] / chord[:, :-1] + h[:-1] / chord[:, 1:])
        lower = (self.g[:, CHORD_INTERVALS] - self.g[:, 0]) / (self.z[CHORD_INTERVALS] - self.z[0])
        far = -1 - CHORD_INTERVALS
        upper = UPPER_TAIL_RATIO * (self.g[:, -1] - self.g[:, far]) / (self.z[-1] - self.z[far])
        return np.column_stack([lower, inner, upper])

    def log_mean(self) -> tuple[np.ndarray, np.ndarray]:
        """The log of E[exp g(Z)], (n,), and its gradient by g as if the curve were linear between knots, (n, k)."""
        slopes = self.slopes()
        pay = self._pay_at_nodes(slopes)
        lower, lower_lever = _tail(self.g[:, 0], -self.z[0], -slopes[:, 0])
        upper, upper_lever = _tail(self.g[:, -1], self.z[-1], slopes[:, -1])
        gradient = np.zeros_like(self.g)
        gradient[:, :-1] += (pay * (1 - _T)).sum(axis=2)
        gradient[:, 1:] += (pay * _T).sum(axis=2)
        gradient[:, 0] += lower
        gradient[:, -1] += upper
        self._tilt(gradient, 0, CHORD_INTERVALS, lower_lever)
        self._tilt(gradient, -1, -1 - CHORD_INTERVALS, UPPER_TAIL_RATIO * upper_lever)
        mean = pay.sum(axis=(1, 2)) + lower + upper
        return np.log(mean), gradient / mean[:, None]

    def _pay_at_nodes(self, slopes: np.ndarray) -> np.ndarray:
        """The integrand exp g(z) phi(z) dz at the nodes of every knot interval, shape (n, k - 1, nodes)."""
        h, rise = np.diff(self.z), np.diff(self.g, axis=1)[:, :, None]
        chord, u = rise / h[:, None], _T * (1 - _T)
        left, right = slopes[:, :-1, None], slopes[:, 1:, None]
        g = self.g[:, :-1, None] + rise * (chord * _T**2 + left * u) / (chord + (left + right - 2 * chord) * u)
        z = self.z[:-1, None] + h[:, None] * _T
        return np.exp(g - z * z / 2) * (h[:, None] * _W / np.sqrt(2 * np.pi))

    def _tilt(self, gradient: np.ndarray, end: int, far: int, lever: np.ndarray) -> None:
        """Adds what the tail gains as its chord, from the knot `far` to the knot `end`, tilts."""
        per_step = lever / abs(self.z[end] - self.z[far])
        gradient[:, end] += per_step
        gradient[:, far] -= per_step


def _tail(g: np.ndarray, z: float, slope: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """E[X; Z > z] and E[(Z - z) X; Z > z] of X = exp(g + slope (Z - z)); a lower tail is the upper one of -Z."""
    mass = np.exp(g - slope * z + slope**2 / 2 + log_ndtr(slope - z))
    density = np.exp(g - z * z / 2) / np.sqrt(2 * np.pi)
    return mass, (slope - z) * mass + density
