"""What an estimator gives: coefficients with their errors, and what follows from both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.estimation.encoding import Encoding
from wagefit.estimation.estimate_plot import coefficients_svg, plot_coefficients
from wagefit.estimation.estimate_text import estimate_html, estimate_text
from wagefit.shared.arguments import FloatArray, as_number
from wagefit.shared.frames import labelled, make_frame
from wagefit.shared.read_only import ReadOnlyResult
from wagefit.shared.types import Axes

COLUMNS: dict[str, type] = {
    "term": str,
    "estimate": float,
    "error": float,
    "df": float,
    "t": float,
    "p_value": float,
    "low": float,
    "high": float,
    "percent": float,
}


@dataclass(frozen=True, eq=False, repr=False)
class Estimate(ReadOnlyResult):
    """An equation fitted to wages. Immutable; it can be pickled and copied.

    On logs a coefficient b is a difference in log points: pay is exp(b) times as high, a premium of 100 (exp(b) - 1)
    percent of the geometric mean. Association, not cause.

    Examples
    --------
    >>> import pandas as pd
    >>> rng = np.random.default_rng(1)
    >>> education = rng.choice(["school", "college"], 400)
    >>> log_wage = 10.5 + 0.3 * (education == "college") + 0.4 * rng.standard_normal(400)
    >>> workers = pd.DataFrame({"wage": np.exp(log_wage), "education": education, "sex": rng.choice(["f", "m"], 400)})
    >>> equation = wf.estimate_factors(workers, "log(wage) ~ education")
    >>> equation
    <Estimate: log(wage) ~ education, 400 rows, HC1 errors>
    >>> equation.terms
    ('Intercept', 'education[T.school]')
    """

    formula: str
    method: str
    """What was fitted, in words."""
    terms: tuple[str, ...]
    """Names of the coefficients."""
    coefficients: FloatArray
    """Coefficient of each term, shape (p,); read-only."""
    errors: FloatArray
    """Standard error of each coefficient, shape (p,); NaN where the data cannot tell it. Read-only."""
    cov: FloatArray
    """Covariance of the coefficients, shape (p, p); read-only."""
    covariance: str
    """Kind of `cov`, such as ``"HC1"``."""
    df: FloatArray
    """Degrees of freedom of each coefficient's t ratio, shape (p,); read-only."""
    nobs: int
    dropped: int
    """Rows left out because a value was missing."""
    rsquared: float
    """Weighted R2; NaN where the method has none."""
    df_resid: int
    """Rows less coefficients (absorbed ones among them)."""
    residual_std: float
    """Spread of the residuals, in the outcome's unit (log points)."""
    smearing: float
    """Duan's factor, the weighted mean of exp(residual): mean pay is exp(fitted log pay) times this. NaN where the
    outcome is no log."""
    objective: float
    """What the fit minimizes or maximizes: weighted squares, check loss, or log likelihood."""
    llf: float
    """Log likelihood under normal errors; NaN where the method has none."""
    parameters: int
    """Number of parameters that the likelihood was maximized over, for `aic` and `bic`."""
    is_log: bool
    """Whether the outcome is taken for a natural log, so that coefficients are ratios of pay."""
    resid: FloatArray
    """Residuals of the rows that were used, shape (nobs,), in the outcome's unit; read-only. Empty where the outcomes
    are brackets."""
    fittedvalues: FloatArray
    """Fitted outcomes of those rows, shape (nobs,); read-only."""
    notes: tuple[str, ...]
    """What a reader of the figures should know."""
    encoding: Encoding | None
    """How new rows become columns; None where factors were absorbed."""

    @property
    def params(self) -> Any:
        """Coefficient of each term: a new pandas.Series, or a mapping without pandas."""
        return labelled(self.terms, self.coefficients)

    @property
    def bse(self) -> Any:
        """Standard error of each coefficient, as `params`."""
        return labelled(self.terms, self.errors)

    @property
    def tvalues(self) -> Any:
        """Coefficients over their standard errors, as `params`."""
        return labelled(self.terms, self._t_ratios())

    @property
    def pvalues(self) -> Any:
        """Two-sided p-values of coefficients of 0 by Student's t with `df` degrees of freedom, as `params`."""
        return labelled(self.terms, self._p_values())

    @property
    def aic(self) -> float:
        """Akaike's information criterion, 2 parameters - 2 llf (the error's spread not counted in least squares)."""
        return 2.0 * self.parameters - 2.0 * self.llf

    @property
    def bic(self) -> float:
        """Schwarz's criterion, log(nobs) parameters - 2 llf."""
        return float(np.log(self.nobs)) * self.parameters - 2.0 * self.llf

    def interval(self, term: str, level: float = 0.9) -> tuple[float, float]:
        """Confidence interval of one coefficient, by Student's t distribution with its degrees of freedom `df`.

        Parameters
        ----------
        term : str
            One of `terms`.
        level : float
            Probability that the interval holds the coefficient, in (0, 1).

        Returns
        -------
        (float, float)
            In the outcome's unit (log points).

        Raises
        ------
        FactError
            An unknown term, naming the known ones, or a level outside (0, 1).
        """
        if term not in self.terms:
            raise FactError(f"term is {term!r}; expected one of {', '.join(self.terms)}")
        low, high = self._ends(level)
        place = self.terms.index(term)
        return float(low[place]), float(high[place])

    def conf_int(self, alpha: float = 0.05) -> Any:
        """Intervals of all coefficients that hold with probability 1 - alpha, 95 % unless told otherwise.

        Parameters
        ----------
        alpha : float
            Probability that an interval misses its coefficient, in (0, 1).

        Returns
        -------
        pandas.DataFrame
            A row a term, columns 0 (low end) and 1 (high end), as statsmodels has them.
        """
        import pandas as pd

        low, high = self._ends(1.0 - as_number("alpha", alpha))
        return pd.DataFrame({0: low, 1: high}, index=list(self.terms))

    def cov_params(self) -> Any:
        """`cov` as a pandas.DataFrame with the terms' names."""
        import pandas as pd

        return pd.DataFrame(self.cov.copy(), index=list(self.terms), columns=list(self.terms))

    def ratio(self, term: str, level: float = 0.9) -> tuple[float, float, float]:
        """exp(coefficient), the pay ratio of an equation for logs, and the ends of its interval.

        Parameters
        ----------
        term, level
            As for `interval`.

        Returns
        -------
        (float, float, float)
            Ratio, low end, high end.

        Raises
        ------
        FactError
            An unknown term, naming the known ones, or an outcome that is no log.
        """
        low, high = self.interval(term, level)
        if not self.is_log:
            raise FactError(f"formula is {self.formula!r}; a ratio expects the logarithm of wages as the outcome")
        return float(np.exp(self.coefficients[self.terms.index(term)])), float(np.exp(low)), float(np.exp(high))

    def predict(self, frame: Any = None) -> FloatArray:
        """Fitted outcomes, in the outcome's unit (for an equation for logs, log wages).

        Parameters
        ----------
        frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table, optional
            New rows with the columns that explain the outcome; the rows of the fit where None.

        Returns
        -------
        ndarray, shape (n,)
            NaN where a value is missing.

        Raises
        ------
        FactError
            A column is missing, a factor has a level that the fit did not see, or factors were absorbed.
        """
        if frame is None:
            return self.fittedvalues
        if self.encoding is None:
            raise FactError("factors were absorbed, whose effects are not kept; expected an equation without them")
        fitted: FloatArray = self.encoding.columns(frame) @ self.coefficients
        return fitted

    def to_frame(self, backend: str | None = None, level: float = 0.9) -> Any:
        """The coefficients as a table, a row a term.

        Columns: term; estimate; error, its standard error; df, the degrees of freedom of t, estimate over error;
        p_value, two-sided; low and high, the ends of the interval; percent, 100 (exp(estimate) - 1), where the outcome
        is a log.
        """
        low, high = self._ends(level)
        columns: dict[str, Any] = {
            "term": list(self.terms),
            "estimate": self.coefficients,
            "error": self.errors,
            "df": self.df,
            "t": self._t_ratios(),
            "p_value": self._p_values(),
            "low": low,
            "high": high,
        }
        if self.is_log:
            columns["percent"] = 100.0 * np.expm1(self.coefficients)
        return make_frame({name: list(values) for name, values in columns.items()}, COLUMNS, backend)

    def summary(self, level: float = 0.9) -> str:
        """The equation as text: a line a term, then what it was fitted to, then the notes."""
        return estimate_text(self, self._ends(level), level)

    def plot(self, ax: Axes | None = None, *, level: float = 0.9, source: str | None = None) -> Axes:
        """A forest plot: coefficients but the intercept with intervals, as premiums where the outcome is a log.

        Parameters
        ----------
        ax : matplotlib axes, optional
            A new figure without it, high enough for the terms.
        level : float
            Of the intervals, inside (0, 1).
        source : str, optional
            Where the figures come from; written below the axes.

        Returns
        -------
        matplotlib axes

        Raises
        ------
        FactError
            `level` is outside (0, 1), or there is no term but the intercept.
        """
        return plot_coefficients(self, self._ends(level), level, ax, source)

    def _repr_html_(self) -> str:
        return estimate_html(self, self._ends(0.9), 0.9) + coefficients_svg(self, self._ends(0.9), 0.9)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.formula}, {self.nobs:,} rows, {self.covariance} errors>"

    def _t_ratios(self) -> FloatArray:
        with np.errstate(divide="ignore", invalid="ignore"):  # a coefficient known without error
            ratios: FloatArray = self.coefficients / self.errors
        return ratios

    def _p_values(self) -> FloatArray:
        return np.asarray(2.0 * _core.student_t_sf(np.abs(self._t_ratios()), self.df))

    def _ends(self, level: float) -> tuple[FloatArray, FloatArray]:
        if not 0.0 < as_number("level", level) < 1.0:
            raise FactError(f"level is {level:g}; expected a probability strictly between 0 and 1")
        half = np.asarray(_core.student_t_quantile(0.5 + 0.5 * level, self.df)) * self.errors
        return self.coefficients - half, self.coefficients + half


def named_parts(
    names: Sequence[str], coefficients: FloatArray, cov: FloatArray, df: Any, units: FloatArray
) -> dict[str, Any]:
    """Coefficients, errors, covariance and degrees of freedom as read-only arguments of `Estimate`.

    units: what each column was divided by, shape (p,). Errors are scaled by themselves, for a variance may overflow
    where its root does not.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = cov / units[:, None] / units
    parts = {
        "coefficients": coefficients / units,
        "errors": np.sqrt(np.diag(cov)) / units,
        "cov": scaled,
        "df": np.array(np.broadcast_to(np.asarray(df, dtype=float), coefficients.shape)),
    }
    for values in parts.values():
        values.flags.writeable = False
    return {"terms": tuple(names), **parts}


def frozen(values: FloatArray) -> FloatArray:
    """A contiguous copy of `values` that cannot be written to."""
    out: FloatArray = np.array(values, dtype=float)
    out.flags.writeable = False
    return out
