"""What each package makes of published percentiles and a mean, by its documented interface.

An adapter takes p (k,), quantiles (n, k) and means (n,) and returns the function that gives quantiles (n, len(p)); rows
that the package has no answer for are NaN.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import curve
import numpy as np
from methods import lognormal_with_mean, monotone_cubic_with_mean
from shape_prior.shape import Shape

import wagefit as wf

Quantiles = Callable[[np.ndarray], np.ndarray]
Adapter = Callable[[np.ndarray, np.ndarray, np.ndarray], Quantiles]
CellAdapter = Callable[[np.ndarray, np.ndarray, float], Quantiles]
QUARTILES = np.array([0.25, 0.5, 0.75])


class CannotTakeError(Exception):
    """The package has no way to use these facts."""


@dataclass(frozen=True)
class Peer:
    """A package and what is asked of it.

    Attributes
    ----------
    package : str
        Key of `packages.MODULES`, or wagefit.
    method : str
        In a few words.
    fit : Adapter
    """

    package: str
    method: str
    fit: Adapter


def cell_by_cell(fit: CellAdapter) -> Adapter:
    """The adapter of a package that knows one distribution at a time; a cell that it refuses is NaN."""

    def fit_all(p: np.ndarray, quantiles: np.ndarray, mean: np.ndarray) -> Quantiles:
        fitted = [_one(fit, p, each, float(m)) for each, m in zip(quantiles, mean, strict=True)]
        return lambda at: np.array([_at(each, at) for each in fitted])

    return fit_all


def _one(fit: CellAdapter, p: np.ndarray, quantiles: np.ndarray, mean: float) -> Quantiles | None:
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")  # what a fit warns of shows in the facts it meets
            return fit(p, quantiles, mean)
    except CannotTakeError:
        raise
    except Exception:  # each package has exceptions of its own, several the bare class
        return None


def _at(fitted: Quantiles | None, at: np.ndarray) -> np.ndarray:
    if fitted is None:
        return np.full(len(at), np.nan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # overflow far out in a tail
        return np.asarray(fitted(at), dtype=float).ravel()


def wagefit_curves(p: np.ndarray, quantiles: np.ndarray, mean: np.ndarray) -> Quantiles:
    """The curves that users get."""
    facts = dict(zip(p.tolist(), np.ascontiguousarray(quantiles.T), strict=True))
    return wf.fit_many(mean=mean, quantiles=facts, n_threads=1).ppf


def wagefit_with(shape: Shape) -> Adapter:
    """The curves with a prior that has not seen a source."""
    return lambda p, quantiles, mean: curve.fit(p, quantiles, mean, shape).ppf


def scipy_pchip(p: np.ndarray, quantiles: np.ndarray, mean: np.ndarray) -> Quantiles:
    """scipy.interpolate.PchipInterpolator in (z, log wage), the slope of a log-linear upper tail meets the mean."""
    return monotone_cubic_with_mean(p, quantiles, mean).ppf


def scipy_lognormal(p: np.ndarray, quantiles: np.ndarray, mean: np.ndarray) -> Quantiles:
    """scipy.optimize.least_squares of a lognormal's log quantiles and log mean."""
    return lognormal_with_mean(p, quantiles, mean).ppf


def preliz_lognormal(p: np.ndarray, quantiles: np.ndarray, _mean: float) -> Quantiles:
    """PreliZ's `quartile`, which takes the three quartiles and nothing else."""
    import preliz

    if not np.isin(QUARTILES, p).all():
        raise CannotTakeError
    fitted = preliz.LogNormal()
    preliz.quartile(fitted, *quantiles[np.isin(p, QUARTILES)], plot=False)
    return fitted.ppf


def metalog_terms(p: np.ndarray, quantiles: np.ndarray, _mean: float) -> Quantiles:
    """A metalog bounded below by 0 with as many terms as quantiles, by least squares.

    An invalid one, whose density is negative somewhere, is refused: the linear program that the package then offers
    takes more than a minute a cell and misses quantiles.
    """
    from metalog import metalog

    n = len(p)
    fitted = metalog.fit(
        quantiles, bounds=[0.0], boundedness="sl", term_limit=n, term_lower_bound=n, probs=p, fit_method="OLS"
    )
    return lambda at: metalog.q(fitted, y=at.tolist(), term=n)


def qp_quantiles(p: np.ndarray, quantiles: np.ndarray, _mean: np.ndarray) -> Quantiles:
    """An ensemble of qp's quantile parametrization as it comes, linearly extended to probabilities 0 and 1."""
    import qp

    fitted = qp.Ensemble(qp.quant, data={"quants": p, "locs": quantiles})
    return lambda at: np.asarray(fitted.ppf(at))


def binsmooth_spline(p: np.ndarray, quantiles: np.ndarray, mean: float) -> Quantiles:
    """binsmooth's spline of the distribution function, counts between the quantiles, its upper end from the mean."""
    from binsmooth import BinSmooth

    fitted = BinSmooth()
    fitted.fit(np.append(0.0, quantiles), np.diff(np.concatenate([[0.0, 0.0], p, [1.0]])), m=mean)
    known = fitted.inv_cdf_cs_.x  # beyond these probabilities it raises an error
    return lambda at: fitted.inv_cdf(np.clip(at, known[0], known[-1]))


def openturns_lognormal(p: np.ndarray, quantiles: np.ndarray, _mean: float) -> Quantiles:
    """A lognormal with a shift through the outer quantiles and the middle one: as many as it has parameters."""
    import openturns

    three = [0, len(p) // 2, len(p) - 1]
    start = openturns.LogNormal(float(np.log(quantiles[three[1]])), 0.4, 0.0)
    factory = openturns.QuantileMatchingFactory(start, p[three].tolist())
    fitted = factory.buildFromQuantiles(quantiles[three].tolist())
    return lambda at: np.array([fitted.computeQuantile(float(each))[0] for each in at])


PEERS = (
    Peer("wagefit", "curve", wagefit_curves),
    Peer("scipy", "PCHIP, tail meets the mean", scipy_pchip),
    Peer("scipy", "lognormal, least squares", scipy_lognormal),
    Peer("PreliZ", "lognormal, quartiles", cell_by_cell(preliz_lognormal)),
    Peer("metalog", "a term a quantile", cell_by_cell(metalog_terms)),
    Peer("qp", "quant", qp_quantiles),
    Peer("binsmooth", "spline of the cdf", cell_by_cell(binsmooth_spline)),
    Peer("OpenTURNS", "shifted lognormal, three quantiles", cell_by_cell(openturns_lognormal)),
)
