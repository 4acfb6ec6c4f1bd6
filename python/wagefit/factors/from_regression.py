"""Factors from fitted wage equations: of this package, statsmodels or pyfixest."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np

from wagefit.errors import FactError
from wagefit.factors.figures import AnyFactor, FactorFigures
from wagefit.factors.level import Level
from wagefit.shared.arguments import FloatArray, as_number

GEOMETRIC = "Ratio of geometric means, at equal other terms of the equation"

LevelKey = TypeVar("LevelKey", bound=Hashable)


class NamedEstimates(Protocol):
    """Coefficients of an equation and their standard errors by term, as this package and statsmodels hold them."""

    @property
    def params(self) -> Any:
        """Coefficients by term: a mapping or series."""

    @property
    def bse(self) -> Any:
        """Standard errors by term."""


class FixestEstimates(Protocol):
    """Coefficients of an equation and their standard errors by term, as pyfixest gives them."""

    def coef(self) -> Any:
        """Coefficients by term: a series."""

    def se(self) -> Any:
        """Standard errors by term."""


class FactorFromRegression(FactorFigures):
    """Adds `from_regression`."""

    @classmethod
    def from_regression(
        cls: type[AnyFactor],
        result: NamedEstimates | FixestEstimates,
        name: str,
        shares: Mapping[LevelKey, float],
        *,
        baseline: LevelKey | None = None,
        powers: Mapping[str, float] | None = None,
        unit: str = "",
        labels: Mapping[LevelKey, str] | None = None,
        source: str = "",
        year: int | None = None,
        population: str = "",
        is_proxy: bool = False,
        share_source: str = "",
    ) -> AnyFactor:
        """A factor from an equation for log wages.

        Parameters
        ----------
        result : wagefit.estimation.Estimate, or a result of statsmodels or pyfixest
            Anything with ``params`` and ``bse`` (mappings or series by term; ``cov_params()`` or ``cov`` for their
            covariance), or ``coef()``, ``se()`` and ``_vcov`` in their order.
        name : str
            Of the factor: the name of its column in the formula.
        shares : mapping {level or amount: share}
            Part of the workforce at each level (the baseline too), or at each amount with `powers`. Without
            `share_source` they count as assumed.
        baseline : optional
            Level without a term, which the others are compared with; the only one of `shares` without a term when None.
        powers : mapping {term: power}, optional
            Makes the factor continuous: terms of the equation and the power of the amount that each multiplies, such as
            ``{"experience": 1, "I(experience ** 2)": 2}``. Ratios refer to the lowest amount.
        unit, labels, source, year, population, is_proxy, share_source
            As in `Factor` and `Level`; `labels` by level.

        Returns
        -------
        Factor
            Ratios are exp(coefficient), of geometric means; in a `SalaryModel` they are taken as ratios of means, which
            is exact where the levels differ in scale only.

        Raises
        ------
        FactError
            The equation is not for logs, a level has no term, no level is without one, the result has no coefficients,
            or the shares do not sum to one.

        Notes
        -----
        Standard errors by the delta method: of exp(b), exp(b) times that of b; along amounts from the covariance of the
        coefficients. Errors of different levels are taken as independent, which overstates those of a comparison
        between two levels that are not the baseline.
        """
        terms, values, covariance = _coefficients(result)
        shared = {
            "source": source or "A wage equation", "year": year, "population": population, "is_proxy": is_proxy,
            "note": GEOMETRIC, "share_source": share_source, "share_is_assumed": not share_source,
        }  # fmt: skip
        if powers is not None:
            levels = _along(terms, values, covariance, shares, powers, unit, shared)
            return cls(name, tuple(levels), levels[0].name, unit).checked()
        found = _level_terms(name, terms)
        base = _base(name, shares, found, baseline)
        levels = []
        for level, share in shares.items():
            log_ratio, error = 0.0, 0.0
            if str(level) != base:
                at = found[str(level)]
                log_ratio, error = float(values[at]), math.sqrt(covariance[at, at])
            ratio = math.exp(log_ratio)
            label = (labels or {}).get(level, str(level))
            known = None if math.isnan(error) else ratio * error
            levels.append(_level(str(level), label, ratio, known, share, None, shared))
        return cls(name, tuple(levels), base, errors="independent").checked()


def _coefficients(result: NamedEstimates | FixestEstimates) -> tuple[list[str], FloatArray, FloatArray]:
    """Terms, coefficients (p,) and their covariance (p, p); diagonal where only errors are known."""
    params, errors, cov = _named(result)
    if not hasattr(params, "keys"):
        raise FactError("result has coefficients without names; expected a model fitted by formula or on a table")
    terms = [str(term) for term in params.keys()]  # noqa: SIM118 - a pandas series iterates over its values
    values = np.asarray([params[term] for term in params.keys()], dtype=float)  # noqa: SIM118
    bse = np.asarray([errors[term] for term in params.keys()], dtype=float)  # noqa: SIM118
    covariance = np.diag(bse**2) if cov is None else np.asarray(cov, dtype=float)
    return terms, values, covariance


def _named(result: Any) -> tuple[Any, Any, Any]:
    """Coefficients and errors by term, and the covariance in their order where there is one."""
    if callable(getattr(result, "coef", None)) and callable(getattr(result, "se", None)):
        return result.coef(), result.se(), getattr(result, "_vcov", None)
    if not (hasattr(result, "params") and hasattr(result, "bse")):
        raise FactError(
            f"result is {type(result).__name__}; expected something with params and bse, or coef() and se()"
        )
    if not getattr(result, "is_log", True):
        raise FactError("result explains wages, not their logarithm; expected an equation for log wages")
    covariance = getattr(result, "cov_params", None)
    return result.params, result.bse, covariance() if callable(covariance) else getattr(result, "cov", None)


def _level_terms(name: str, terms: Sequence[str]) -> dict[str, int]:
    """Position of the term of each level: ``C(x)[T.a]``, ``x[a]``, ``x[T.a]``, ``x::a``."""
    column = rf"(?:C\(\s*{re.escape(name)}\s*(?:,[^\]]*)?\)|{re.escape(name)})"
    patterns = (rf"{column}\[(?:T\.)?(?P<level>.+)\]", rf"{column}::(?P<level>.+)")
    _require_alone(name, terms, patterns)
    found = {}
    for i, term in enumerate(terms):
        for pattern in patterns:
            match = re.fullmatch(pattern, term)
            if match is not None:
                found[match["level"]] = i
    if not found:
        raise FactError(f"name is {name!r}; expected a categorical column of the equation: {', '.join(terms)}")
    return found


def _require_alone(name: str, terms: Sequence[str], patterns: Sequence[str]) -> None:
    """FactError where levels are crossed with another column, as in ``x[T.a]:z``, so that none has one ratio."""
    for term in terms:
        parts = re.split(r"(?<!:):(?!:)", term)
        if len(parts) > 1 and any(re.fullmatch(pattern, part) for part in parts for pattern in patterns):
            raise FactError(
                f"result has the term {term!r}, with which the ratios of {name} change; expected an equation in which "
                f"{name} is in no interaction"
            )


def _base(name: str, shares: Mapping[Any, float], found: Mapping[str, int], baseline: Any) -> str:
    without = [str(level) for level in shares if str(level) not in found]
    base = without[0] if baseline is None and len(without) == 1 else str(baseline)
    if without != [base]:
        raise FactError(
            f"{name}: the levels {without} of shares have no term; expected the baseline alone among "
            f"{', '.join(found)} and it"
        )
    left_out = [level for level in found if level not in {str(each) for each in shares}]
    if left_out:
        raise FactError(f"shares has no level {left_out[0]!r}; expected a share for each level of {name}")
    return base


def _along(
    terms: Sequence[str],
    values: FloatArray,
    covariance: FloatArray,
    shares: Mapping[Any, float],
    powers: Mapping[str, float],
    unit: str,
    shared: Mapping[str, Any],
) -> list[Level]:
    missing = [term for term in powers if term not in terms]
    if missing:
        raise FactError(f"powers has the term {missing[0]!r}; expected terms of the equation: {', '.join(terms)}")
    at = [terms.index(term) for term in powers]
    amounts = np.array(sorted(as_number("an amount of shares", amount) for amount in shares))
    design = np.column_stack([amounts**power - amounts[0] ** power for power in powers.values()])
    log_ratios = design @ values[at]
    errors = np.sqrt(np.einsum("ij,jk,ik->i", design, covariance[np.ix_(at, at)], design))
    return [
        _level(
            f"{x:g}", f"{x:g} {unit}".strip(), math.exp(y), math.exp(y) * e, shares[_key(shares, x)], float(x), shared
        )
        for x, y, e in zip(amounts, log_ratios, errors, strict=True)
    ]


def _key(shares: Mapping[Any, float], amount: float) -> Any:
    return next(key for key in shares if float(key) == amount)


def _level(
    name: str, label: str, ratio: float, error: float | None, share: float, at: float | None, shared: Mapping[str, Any]
) -> Level:
    return Level(
        name=name, label=label, ratio=ratio, standard_error=error, share=as_number("a share", share), at=at, **shared
    )
