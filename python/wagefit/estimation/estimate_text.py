"""An estimate as text, and as HTML for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Protocol

import numpy as np

from wagefit.shared.arguments import FloatArray


class Coefficients(Protocol):
    """What of an estimate is shown."""

    @property
    def formula(self) -> str:
        """The equation."""

    @property
    def method(self) -> str:
        """What was fitted."""

    @property
    def terms(self) -> tuple[str, ...]:
        """Names of the coefficients."""

    @property
    def coefficients(self) -> FloatArray:
        """Shape (p,)."""

    @property
    def errors(self) -> FloatArray:
        """Shape (p,)."""

    @property
    def df(self) -> FloatArray:
        """Degrees of freedom, shape (p,)."""

    @property
    def covariance(self) -> str:
        """Kind of errors."""

    @property
    def nobs(self) -> int:
        """Number of rows."""

    @property
    def dropped(self) -> int:
        """Number of rows with missing values."""

    @property
    def rsquared(self) -> float:
        """R2."""

    @property
    def residual_std(self) -> float:
        """Spread of the residuals."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know."""


Ends = tuple[FloatArray, FloatArray]


def estimate_text(estimate: Coefficients, ends: Ends, level: float) -> str:
    """A line a term, what was fitted, and the notes."""
    width = max([12, *map(len, estimate.terms)])
    lines = [estimate.formula, f"{'':{width}} {'estimate':>12} {'error':>11} {'t':>8}  {100 * level:g} % interval"]
    for term, value, error, ratio, interval in _rows(estimate, ends):
        lines.append(f"{term:{width}} {value:>12} {error:>11} {ratio:>8}  {interval}")
    return "\n".join([*lines, _fitted(estimate), *(f"Note: {note}." for note in estimate.notes)])


def estimate_html(estimate: Coefficients, ends: Ends, level: float) -> str:
    """The same as a table."""
    head = "".join(f"<th>{name}</th>" for name in ("", "estimate", "error", "t", f"{100 * level:g} % interval"))
    rows = "".join(
        f"<tr><th>{escape(term)}</th>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
        for term, *cells in _rows(estimate, ends)
    )
    notes = "".join(f"<p>Note: {escape(note)}.</p>" for note in estimate.notes)
    caption = f"<p><b>{escape(estimate.formula)}</b></p>"
    return f"{caption}<table><tr>{head}</tr>{rows}</table><p>{escape(_fitted(estimate))}</p>{notes}"


def _rows(estimate: Coefficients, ends: Ends) -> Sequence[tuple[str, str, str, str, str]]:
    """Term, estimate, error, t and interval as text."""
    rows = []
    for i, term in enumerate(estimate.terms):
        value, error = estimate.coefficients[i], estimate.errors[i]
        if not np.isfinite(error):
            rows.append((term, f"{value:.6g}", "unknown", "", "unknown"))
            continue
        ratio = value / error if error else float("nan")
        rows.append((term, f"{value:.6g}", f"{error:.4g}", f"{ratio:.2f}", f"{ends[0][i]:.6g} to {ends[1][i]:.6g}"))
    return rows


def _fitted(estimate: Coefficients) -> str:
    fit = f", R^2 {estimate.rsquared:.5f}" if np.isfinite(estimate.rsquared) else ""
    dropped = f"; {estimate.dropped:,} rows with missing values left out" if estimate.dropped else ""
    return (
        f"{estimate.method}; {estimate.covariance} errors; {estimate.nobs:,} rows{fit}, residual spread "
        f"{estimate.residual_std:.4f}{dropped}"
    )
