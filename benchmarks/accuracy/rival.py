"""A method of one's own among the rivals: any function of p, quantiles and means, named on the command line."""

from __future__ import annotations

import importlib
from typing import Protocol

import numpy as np
from measures import LogQuantiles
from methods import Method
from scipy.special import ndtr


class Curves(Protocol):
    """The least that a method's n cells must be able to do."""

    def ppf(self, p: np.ndarray) -> np.ndarray:
        """Quantiles, shape (n, len(p))."""

    def logpdf(self, x: np.ndarray) -> np.ndarray:
        """Log densities at wages of shape (n, k), shape (n, k)."""


class Measured(LogQuantiles):
    """Cells with their own quantiles and densities, measured by quadrature over z."""

    def __init__(self, curves: Curves) -> None:
        super().__init__(lambda z: np.log(curves.ppf(ndtr(z))))
        self.curves = curves

    def ppf(self, p: np.ndarray) -> np.ndarray:
        """Quantiles, shape (n, len(p))."""
        return self.curves.ppf(p)

    def logpdf(self, x: np.ndarray) -> np.ndarray:
        """Log densities at wages of shape (n, k), shape (n, k)."""
        return self.curves.logpdf(x)


def imported(name: str) -> Method:
    """The method `module:function`; the function takes p (k,), quantiles (n, k), means (n,) and returns `Curves`."""
    module, _, function = name.partition(":")
    fit = getattr(importlib.import_module(module), function)
    return lambda p, quantiles, mean: Measured(fit(p, quantiles, mean))
