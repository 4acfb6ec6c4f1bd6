"""The wage equation as an estimator of scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np

from wagefit import _core
from wagefit.errors import FactError
from wagefit.estimation.formulas import column_units
from wagefit.shared.arguments import FloatArray, as_choice
from wagefit.shared.columns import complete_rows, level_codes

try:
    from sklearn.base import BaseEstimator, RegressorMixin
    from sklearn.utils.validation import _check_sample_weight, check_is_fitted, column_or_1d, validate_data
except ImportError as error:
    raise ImportError('SalaryRegressor needs scikit-learn 1.6 or later: pip install "wagefit[sklearn]"') from error


class SalaryRegressor(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Linear equation for log wages that predicts wages.

    Fitted by (weighted) least squares on log wages. Text and categorical columns of a table become factors, whose
    levels are counted, not written out as indicators. Columns that depend on others get coefficient 0.

    Parameters
    ----------
    statistic : {"mean", "median"}, default="mean"
        What `predict` returns: the conditional mean, exp(fitted log wage) times Duan's (1983) smearing factor, or
        exp(fitted log wage), which is the median where log wages are symmetric about the equation.

    Attributes
    ----------
    coef_ : ndarray, shape (p,)
        Log points: numeric columns first, then the levels but the first of each factor.
    intercept_ : float
    smearing_ : float
        Duan's factor.
    cov_ : ndarray, shape (1 + p, 1 + p)
        HC1 covariance of intercept and coefficients.
    levels_ : dict
        Levels of each factor by column number; the first is the reference.
    n_features_in_ : int
    feature_names_in_ : ndarray of str
        Where X was a table with names.
    """

    def __init__(self, statistic: str = "mean") -> None:
        self.statistic = statistic

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> SalaryRegressor:
        """Fits the equation.

        Parameters
        ----------
        X : array_like or table, shape (n, p)
            Numbers, or a table with numeric, text and categorical columns.
        y : array_like, shape (n,)
            Wages above 0.
        sample_weight : array_like, shape (n,), optional
            At least 0; rows of weight 0 do not count.

        Returns
        -------
        SalaryRegressor
            Itself.

        Raises
        ------
        FactError
            A wage is not above 0, `statistic` is unknown or there are fewer rows than coefficients (a ValueError).
        """
        as_choice("statistic", self.statistic, ("mean", "median"))
        numeric, texts, wages = self._read_training(X, y)
        weights = _check_sample_weight(sample_weight, numeric, dtype=float, ensure_non_negative=True)
        if (wages <= 0.0).any():
            raise FactError(f"y holds {wages.min():g}; expected wages above 0")
        kept = weights > 0.0
        coded = {column: level_codes(_present(X, column, values)[kept]) for column, values in texts.items()}
        self.levels_ = {column: labels for column, (_, labels) in coded.items()}
        units = column_units(numeric[kept])
        fit = _core.least_squares(
            outcome=np.log(wages[kept]), weights=weights[kept], numeric=np.asfortranarray(numeric[kept] / units),
            factors=[(codes, len(labels)) for codes, labels in coded.values()], intercept=_core.Intercept.included,
            covariance=_core.Covariance.hc1, clusters=None, dependence=_core.Dependence.left_out, absorbed=0, names=[],
        )  # fmt: skip
        whole = np.concatenate([[1.0], units, np.ones(len(fit.coefficients) - 1 - len(units))])
        self.intercept_, self.coef_ = float(fit.coefficients[0]), fit.coefficients[1:] / whole[1:]
        with np.errstate(over="ignore"):  # a variance may overflow where its root does not
            self.cov_ = fit.covariance / whole[:, None] / whole
        self.smearing_ = _core.smearing(fit.residuals, weights[kept])
        return self

    def predict(self, X: Any) -> FloatArray:
        """Wages, shape (n,): mean or median given each row of X, as `statistic` says.

        Raises
        ------
        FactError
            A factor has a level that `fit` did not see, or a numeric column holds something else.
        """
        check_is_fitted(self)
        numeric, texts = self._read(X)
        width = numeric.shape[1]
        logs = self.intercept_ + numeric @ self.coef_[:width]
        for column, labels in self.levels_.items():
            effects = dict(zip(labels, np.append(0.0, self.coef_[width : width + len(labels) - 1]), strict=True))
            width += len(labels) - 1
            logs += _effects_of(column, texts.get(column, ()), effects)
        predicted: FloatArray = np.exp(logs) * (self.smearing_ if self.statistic == "mean" else 1.0)
        return predicted

    def _read_training(self, X: Any, y: Any) -> tuple[FloatArray, dict[int, Any], FloatArray]:
        """Numeric columns, text columns by number, and wages, whose shape and features are remembered."""
        texts = _text_columns(X)
        if texts and y is not None:
            validate_data(self, X, skip_check_array=True)
            return _numeric_columns(X, texts), texts, column_or_1d(y, dtype=float)
        numeric, wages = validate_data(self, X, y, dtype=np.float64, y_numeric=True, ensure_min_samples=2)
        return numeric, {}, np.asarray(wages, dtype=float)

    def _read(self, X: Any) -> tuple[FloatArray, dict[int, Any]]:
        """Numeric columns, and factors by number, as `fit` took them whatever the types of the columns are here."""
        if not self.levels_:
            return validate_data(self, X, reset=False, dtype=np.float64), {}
        validate_data(self, X, reset=False, skip_check_array=True)
        if not _is_table(X):
            raise FactError(f"X is of the type {type(X).__name__}; expected a table, as `fit` had one")
        texts = {j: _column(X, j) for j in self.levels_}
        return _numeric_columns(X, texts), texts

    def __sklearn_tags__(self) -> Any:
        """Wages are positive, rows have no missing values."""
        tags = super().__sklearn_tags__()
        tags.target_tags.positive_only = True
        return tags


def _text_columns(X: Any) -> dict[int, Any]:
    """Columns of a table that hold no numbers, by number."""
    if not _is_table(X):
        return {}
    columns = {j: _column(X, j) for j in range(X.shape[1])}
    return {j: values for j, values in columns.items() if getattr(values.dtype, "kind", "O") not in "biuf"}


def _is_table(X: Any) -> bool:
    return hasattr(X, "columns") and hasattr(X, "shape")


def _numeric_columns(X: Any, texts: dict[int, Any]) -> FloatArray:
    others = [_numbers(X, j) for j in range(X.shape[1]) if j not in texts]
    return np.column_stack([np.empty((len(X), 0)), *others])


def _column(X: Any, j: int) -> Any:
    """Column j of a pandas table as its own series, of another as an array."""
    return X.iloc[:, j].reset_index(drop=True) if hasattr(X, "iloc") else X[X.columns[j]].to_numpy()


def _numbers(X: Any, j: int) -> FloatArray:
    try:
        values = np.asarray(_column(X, j), dtype=float)
    except (TypeError, ValueError) as error:
        raise FactError(f"X: column {X.columns[j]} holds no numbers; expected finite numbers, as in `fit`") from error
    if not np.isfinite(values).all():
        raise FactError(f"X: column {X.columns[j]} holds nan or inf; expected finite numbers")
    return values


def _present(X: Any, j: int, values: Any) -> Any:
    """The values of a factor's column; FactError where one is missing."""
    missing = ~complete_rows([values], len(values))
    if missing.any():
        raise FactError(
            f"X: column {X.columns[j]} misses a value in {int(missing.sum())} rows; expected a level in each"
        )
    return values


def _effects_of(column: int, values: Any, effects: dict[Any, float]) -> FloatArray:
    unknown = sorted({str(value) for value in values if value not in effects})
    if unknown:
        raise FactError(
            f"X: column {column} holds {unknown[0]!r}; expected a level of fit: {', '.join(map(str, effects))}"
        )
    return np.array([effects[value] for value in values], dtype=float)
