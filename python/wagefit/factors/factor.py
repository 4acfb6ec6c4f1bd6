"""Factors: the named dimensions of pay, each with a ratio and a share of the workforce for every level.

All figures are associations, not causes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagefit import _core
from wagefit.errors import FactError
from wagefit.factors.level import MEAN, Level
from wagefit.shared.arguments import as_choice, as_number

LONGEST_LABEL = 24  # characters of a label that a line or a table of levels has room for


@dataclass(frozen=True)
class Factor:
    """A named dimension of pay.

    Attributes
    ----------
    name : str
    levels : tuple of Level
        With distinct names and shares that sum to one.
    baseline : str
        The level that the ratios refer to, or ``"mean"``: the published mean of the anchor.
    unit : str
        Of the amounts of a continuous factor, such as ``"years"``; empty for a categorical one.
    scale : {"linear", "logarithmic"}
        Along which the log ratio of a continuous factor is a smooth curve through its knots, monotone and concave
        wherever they are; on the logarithmic scale a constant elasticity is a straight line.
    errors : {"independent", "common"}, optional
        Whether the ratios were measured one by one, or derive from one estimate and err together. None: common where
        all ratios but the baseline's are from one source, independent otherwise.
    """

    name: str
    levels: tuple[Level, ...]
    baseline: str = MEAN
    unit: str = ""
    scale: str = "linear"
    errors: str | None = None

    @classmethod
    def from_table(
        cls, frame: Any, name: str | None = None, *, baseline: str | None = None, unit: str = "", scale: str = "linear"
    ) -> Factor:
        """A factor from a table with a row a level.

        Parameters
        ----------
        frame : pandas.DataFrame, polars.DataFrame or pyarrow.Table
            Columns ``level``, ``ratio``, ``share``, and any other attribute of `Level`; ``at`` makes it continuous.
        name : str, optional
            Of the factor; needed unless the column ``factor`` holds one name.
        baseline : str, optional
            Level that the ratios refer to, or ``"mean"``. None: the only level with ratio 1 and error 0, else the mean.
        unit, scale : str
            As in `Factor`.

        Returns
        -------
        Factor

        Raises
        ------
        FactError
            A column is missing or holds no number where one is needed, shares do not sum to one, a ratio is not
            positive.

        See Also
        --------
        wagefit.factor_tables.factor_from_table : all columns.
        """
        from wagefit.factors.from_table import factor_from_table

        return factor_from_table(frame, name, baseline=baseline, unit=unit, scale=scale)

    @classmethod
    def from_cells(cls, name: str, cells: Any, reference: Any, **options: Any) -> Factor:
        """A factor whose levels are published cells, with ratios to the cell of the whole.

        Parameters
        ----------
        name : str
            Of the factor.
        cells : sequence of wagefit.oews.Cell, or a table
            One cell a level: states, areas, industries, ownership, occupations.
        reference : wagefit.oews.Cell, or mapping
            The cell of the whole, of which the others are parts.
        **options
            ``level`` and ``label`` (what names a level), ``figure`` (``"mean"`` or a percentile, a proxy),
            ``others`` (name of the remainder, None for none), ``share_source``.

        Returns
        -------
        Factor
            Ratios, shares and errors as published; the remainder of people and payroll is a level of its own.

        Raises
        ------
        FactError
            A cell has no such figure, or the cells are more than the whole.

        See Also
        --------
        wagefit.factor_cells.factor_from_cells : the options and the formula of the errors.
        """
        from wagefit.factors.from_cells import factor_from_cells

        return factor_from_cells(name, cells, reference, **options)

    @classmethod
    def from_regression(cls, result: Any, name: str, shares: Mapping[Any, float], **options: Any) -> Factor:
        """A factor from a fitted equation for log wages: ratios exp(b) with errors exp(b) se(b).

        Parameters
        ----------
        result : wagefit.estimation.Estimate, or a result of statsmodels or pyfixest
        name : str
            Of the factor: the name of its column in the formula.
        shares : mapping {level or amount: share}
            Part of the workforce at each level, the baseline too.
        **options
            ``baseline``; ``powers`` of an amount by term, which make the factor continuous; ``unit``, ``labels``,
            ``source``, ``year``, ``population``, ``is_proxy``, ``share_source``.

        Returns
        -------
        Factor

        Raises
        ------
        FactError
            A level has no term, no level is without one, the result has no coefficients, or the shares do not sum to
            one.

        See Also
        --------
        wagefit.factor_regression.factor_from_regression : the options, and what the ratios mean.
        """
        from wagefit.factors.from_regression import factor_from_regression

        return factor_from_regression(result, name, shares, **options)

    @classmethod
    def curve(cls, name: str, ratios: Mapping[float, float], shares: Mapping[float, float], **options: Any) -> Factor:
        """A continuous factor, such as experience in years, from readings at a few amounts.

        Parameters
        ----------
        name : str
        ratios : mapping {amount: ratio}
            At least two readings, in any unit common to them.
        shares : mapping {amount: share}
            Part of the workforce at each of the same amounts.
        **options
            ``standard_errors`` by amount; ``shape`` (``"concave"`` or ``"as given"``); ``unit``, ``source``, ``year``,
            ``population``, ``is_proxy``, ``share_source``.

        Returns
        -------
        Factor

        Raises
        ------
        FactError
            A ratio is not positive, amounts of ratios and shares differ, shares do not sum to one.

        See Also
        --------
        wagefit.factor_tables.factor_from_curve : the options, and how readings that scatter are moved.
        """
        from wagefit.factors.from_table import factor_from_curve

        return factor_from_curve(name, ratios, shares, **options)

    @classmethod
    def elasticity(cls, name: str, elasticity: float, shares: Mapping[float, float], **options: Any) -> Factor:
        """Pay as a power of an amount, such as an area's price level, size, or demand for the occupation.

        Parameters
        ----------
        name : str
        elasticity : float
            Percent of pay that go with one percent of the amount.
        shares : mapping {amount: share}
            Part of the workforce at (about) each of two or more amounts above 0.
        **options
            ``standard_error`` of the elasticity; ``unit``, ``source``, ``year``, ``population``, ``is_proxy``,
            ``note``, ``share_source``.

        Returns
        -------
        Factor
            Continuous, on the logarithmic scale.

        Raises
        ------
        FactError
            An amount is not positive, there is only one, or the shares do not sum to one.

        See Also
        --------
        wagefit.factor_tables.factor_from_elasticity : the options and the errors.
        """
        from wagefit.factors.from_table import factor_from_elasticity

        return factor_from_elasticity(name, elasticity, shares, **options)

    @classmethod
    def elasticity_from_cells(cls, name: str, cells: Any, amounts: Any, **options: Any) -> Factor:
        """Pay as a power of an amount by cell, the power estimated from the cells.

        Parameters
        ----------
        name : str
        cells : sequence of wagefit.oews.Cell, or a table
        amounts : str, mapping or callable
            Column (``"location_quotient"``: demand), mapping {level: amount}, or a function of the level
            (``wagefit.prices.parity``: cost of living).
        **options
            ``level``, ``figure``, ``bins``, ``unit``, ``source``.

        Returns
        -------
        Factor
            Continuous, on the logarithmic scale; a note gives the elasticity, its error and R^2.

        Raises
        ------
        FactError
            Fewer than three cells have all that is needed, or their amounts do not differ.

        See Also
        --------
        wagefit.factor_cells.elasticity_from_cells : the options and the equation.
        """
        from wagefit.factors.from_cells import elasticity_from_cells

        return elasticity_from_cells(name, cells, amounts, **options)

    @property
    def is_continuous(self) -> bool:
        """Whether a profile gives an amount, not a level."""
        return any(level.at is not None for level in self.levels)

    @property
    def mean_ratio(self) -> float:
        """Average of the ratios over the workforce; pay at a level is ratio / mean_ratio times the anchor's mean."""
        return self.core.mean_ratio

    @property
    def shares_are_assumed(self) -> bool:
        """Whether any share is without a source."""
        return any(level.share_is_assumed for level in self.levels)

    @property
    def core(self) -> _core.Factor:
        """The factor as the core computes it; FactError if its figures are meaningless."""
        if self.is_continuous:
            knots = [(level.at, level.ratio, level.standard_error) for level in self.levels if level.at is not None]
            shares = [(level.at, level.share) for level in self.levels if level.at is not None]
            return _core.continuous_factor(self.name, knots, shares, _core.AmountScale[self._scale()])
        levels = [(level.name, level.ratio, level.standard_error, level.share) for level in self.levels]
        return _core.categorical_factor(self.name, levels, self._errors())

    def _scale(self) -> str:
        return as_choice(f"scale of {self.name}", self.scale, ("linear", "logarithmic"))

    def _errors(self) -> _core.RatioErrors:
        """Ratios derived from one estimate err together; the baseline has none of its own."""
        if self.errors is not None:
            return _core.RatioErrors[as_choice(f"errors of {self.name}", self.errors, ("independent", "common"))]
        sources = {level.source for level in self.levels if level.name != self.baseline}
        derived = self.baseline != MEAN and len(sources) == 1
        return _core.RatioErrors.common if derived else _core.RatioErrors.independent

    def choice(self, value: Any) -> str | float:
        """`value` as the core knows it: an amount, or the name of a level given by name or label in any case."""
        if self.is_continuous:
            return as_number(self.name, value)
        if not isinstance(value, str):
            raise FactError(f"{self.name} is {value!r}; expected one of {self._known()}")
        for level in self.levels:
            if value.casefold() in (level.name.casefold(), level.label.casefold()):
                return level.name
        raise FactError(f"{self.name} is {value!r}; expected one of {self._known()}")

    def level(self, choice: str | float) -> Level:
        """The level of a choice; of an amount, the knot at or above it (the last one beyond)."""
        if isinstance(choice, str):
            return next(level for level in self.levels if level.name == choice)
        above = (level for level in self.levels if level.at is not None and level.at >= choice)
        return next(above, self.levels[-1])

    def describe(self, choice: str | float | None) -> str:
        """A choice as people say it: a level's label, an amount with its unit, or that it is unknown."""
        if choice is None:
            return "unknown"
        if isinstance(choice, str):
            return self.level(choice).label or choice
        return f"{choice:g} {self.unit}".strip()

    def describe_briefly(self, choice: str | float) -> str:
        """A choice in few words: the label of a level, or its name where the label is long."""
        text = self.describe(choice)
        return choice if isinstance(choice, str) and len(text) > LONGEST_LABEL else text

    def _known(self) -> str:
        return ", ".join(repr(level.name) for level in self.levels)
