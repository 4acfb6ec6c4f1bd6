"""Many distributions fitted, held and evaluated together."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wagefit import _core
from wagefit.distributions.distribution import Distribution
from wagefit.distributions.mixture import mixture
from wagefit.ensemble.chosen_rows import row_number, row_numbers, several_rows
from wagefit.ensemble.core_cells import CoreCells, are_same
from wagefit.ensemble.groups import as_labels, as_shares, group_cells, rows_at
from wagefit.ensemble.keys import Keys
from wagefit.ensemble.many import ManyDistributions
from wagefit.ensemble.mixture_ensemble import MixtureEnsemble
from wagefit.ensemble.row_ensemble import RowEnsemble, Transform, drawn_rows, transformed_rows
from wagefit.errors import FactError
from wagefit.facts.cell_facts import CellFacts
from wagefit.facts.cell_files import read_cells, write_cells
from wagefit.fitting.fit import describe_curve
from wagefit.shared.arguments import as_count, as_positive
from wagefit.shared.progress import watch_call
from wagefit.shared.streams import Key, stream_key
from wagefit.shared.types import Array, Backend, Rng, Rows, Weights
from wagefit.shared.units import as_unit, by_period

NAMED = ("cell", "a number, a text of keys, or a slice, a mask or a list of them")
FITTED = ("exact", "guaranteed", "exact_without_mean")
STATUS_NAMES = np.array([_core.status_name(status) for status in _core.Status])


class Ensemble(ManyDistributions):
    """Distributions of many cells; made by `wagefit.fit_many` and `wagefit.fit_table`.

    It has the methods of a `wagefit.Distribution`. A scalar argument gives shape ``(n_cells,)``, one of shape ``(k,)``
    gives ``(n_cells, k)``, and ``(n_cells, k)`` is taken row by row. Cells that could not be fitted give NaN and say
    why in `status`. Ensembles are equal if they hold equal distributions in the same order.

    Examples
    --------
    >>> cells = wf.fit_many(mean=[44_010, 46_590], quantiles={0.1: [26_550, 27_820], 0.9: [66_260, 71_150]})
    >>> cells
    <Ensemble of 2 cells, USD/year: 2 exact>
    >>> cells.ppf([0.5, 0.99]).round()
    array([[41270., 87593.],
           [43286., 95130.]])
    >>> cells[1]
    <curve: mean $46,590, P10 $27,820, median $43,286, P90 $71,150, USD/year>
    """

    __slots__ = ("_cells", "_facts", "_index", "_keys", "_unit")

    def __init__(
        self, cells: CoreCells, facts: CellFacts, unit: str, index: Any = None, keys: Keys | None = None
    ) -> None:
        self._cells = cells
        self._facts = facts
        self._unit = unit
        self._index = index  # of the pandas table that the cells come from
        self._keys = Keys({}) if keys is None else keys

    def __len__(self) -> int:
        return len(self._cells.core)

    def label(self, index: Any, keys: Keys | None = None) -> None:
        """Sets the pandas index and the keys that `to_frame` shows; None for none."""
        self._index = index
        self._keys = Keys({}) if keys is None else keys

    @property
    def keys(self) -> Keys:
        """The columns that say which cell each row of the table is; none if the cells come from no table."""
        return self._keys

    def select(self, **wanted: Any) -> Ensemble:
        """The cells whose keys have these values.

        Parameters
        ----------
        **wanted
            Columns of the fitted table that are no figures, such as ``area="NJ"``, with a value or a list of values.

        Raises
        ------
        FactError
            There is no such column, or no cell has the values; the message names what there is.

        Examples
        --------
        >>> import pandas as pd
        >>> table = pd.DataFrame({"area": ["NJ", "NY"], "p10": [33_280, 37_000], "p50": [50_240, 52_000]})
        >>> wf.fit_table(table).select(area="NJ").median().round()
        array([50240.])
        """
        return self[self._keys.rows_where(wanted)]

    @property
    def unit(self) -> str:
        """Unit of the wages."""
        return self._unit

    @property
    def status(self) -> NDArray[np.str_]:
        """Status of each cell, shape (n_cells,): ``"exact"``, ``"exact_without_mean"``, ``"guaranteed"``, ...

        Others, such as ``"infeasible"``, are those of cells without a distribution.
        """
        return STATUS_NAMES[self._cells.core.statuses()]

    @property
    def is_fitted(self) -> NDArray[np.bool_]:
        """Whether each cell has a distribution, shape (n_cells,)."""
        return np.isin(self.status, FITTED)

    @overload
    def __getitem__(self, key: int | np.integer[Any] | str) -> Distribution: ...
    @overload
    def __getitem__(self, key: Rows) -> Ensemble: ...
    def __getitem__(self, key: int | np.integer[Any] | str | Rows) -> Distribution | Ensemble:
        """One cell as a `Distribution`, or several as an `Ensemble`.

        A number is that of the cell, and a text is the code or title of one cell of the table, or another of its
        `keys`; a list of numbers or of texts gives their cells. A slice and a mask, in a list or a column of any table,
        choose by position. FactError where the one cell was not fitted, or no cell or several have a text; IndexError
        where there is no such cell.
        """
        indices = several_rows(key, len(self), self._numbers_of)
        if indices is None:
            return self._cell(self._number_of(key))
        index = None if self._index is None else self._index[indices]
        keys = self._keys.take(indices)
        return Ensemble(self._cells.take(indices), self._facts.take(indices), self._unit, index, keys)

    def _number_of(self, key: Any) -> int:
        return self._keys.row_of(key) if isinstance(key, str) else row_number(*NAMED, key, len(self))

    def _numbers_of(self, names: NDArray[Any]) -> NDArray[np.intp]:
        if isinstance(names[0], str):
            return np.array([self._number_of(name) for name in names.tolist()], dtype=np.intp)
        return row_numbers(*NAMED, names, len(self))

    def row(self, i: int) -> Distribution | None:
        """The distribution of cell `i`, counted from 0; None where there is none."""
        result = self._cells.core.cell(i)
        return None if result.curve is None else self._described(i, result)

    def _cell(self, i: int) -> Distribution:
        result = self._cells.core.cell(i)
        if result.curve is None:
            meaning = _core.status_meaning(result.status)
            raise FactError(
                f"cell {i} has no distribution, its status is {_core.status_name(result.status)!r}: {meaning}"
            )
        return self._described(i, result)

    def _described(self, i: int, result: _core.CurveFit) -> Distribution:
        pay = describe_curve(result, self._facts.cell(i, self._unit), self._facts.parent(i))
        return pay if self._cells.factor == 1.0 else pay.scale(self._cells.factor)

    def _at(self, method: str, points: Array) -> Array:
        with watch_call(f"{method} of {len(self):,} cells"):
            return self._cells.at(method, points)

    def _of(self, method: str) -> Array:
        with watch_call(f"{method} of {len(self):,} cells"):
            result: Array = getattr(self._cells, method)()
        return result

    def _sample(self, key: Key, n: int, n_threads: int) -> Array:
        with watch_call(f"drawing {n:,} wages of {len(self):,} cells"):
            return self._cells.sample(key, n, n_threads)

    def _names(self) -> dict[str, list[Any]]:
        return self._keys.to_columns()

    def mean_and_gini(self) -> tuple[Array, Array]:
        """Means (in `unit`) and Gini coefficients E[X (2 F(X) - 1)] / E[X], two arrays of shape (n_cells,).

        One pass, in the time of the Gini coefficients alone. Cells without a distribution give NaN.
        """
        return self._cells.mean_and_gini()

    # -- transformations ---------------------------------------------------------------------------------------------

    def scale(self, k: float) -> Ensemble:
        """The distributions of k X, k > 0; results agree with those of scaled cells to rounding."""
        return self._in_unit(as_positive("k", k), self._unit)

    def to_hourly(self, hours: float = 2080) -> Ensemble:
        """Annual wages as hourly ones, for `hours` of paid work a year; FactError unless the unit is annual."""
        return self._in_unit(1.0 / as_positive("hours", hours), by_period(self._unit, "year", "hour"))

    def to_annual(self, hours: float = 2080) -> Ensemble:
        """Hourly wages as annual ones, for `hours` of paid work a year; FactError unless the unit is hourly."""
        return self._in_unit(as_positive("hours", hours), by_period(self._unit, "hour", "year"))

    def _in_unit(self, factor: float, unit: str) -> Ensemble:
        return Ensemble(self._cells.times(factor), self._facts, unit, self._index, self._keys)

    def truncate(self, lower: float | None = None, upper: float | None = None) -> RowEnsemble:
        """The distributions of X given lower <= X <= upper; a cell without wages between has none any more.

        FactError where no cell has wages between. Cell by cell in Python, as every method of the result.
        """
        return self._transformed(lambda row: row.truncate(lower, upper))

    def with_pareto_tail(self, p: float, shape: float | None = None) -> RowEnsemble:
        """The distributions with generalized Pareto tails, as `wagefit.Distribution.with_pareto_tail`.

        A cell that can have no such tail has no distribution any more; FactError where no cell can. Cell by cell in
        Python, as every method of the result.
        """
        return self._transformed(lambda row: row.with_pareto_tail(p, shape))

    def _transformed(self, transform: Transform) -> RowEnsemble:
        return RowEnsemble(transformed_rows(list(self.rows()), transform), self._unit)

    def posterior_draws(self, n: int, rng: Rng = 0) -> list[RowEnsemble]:
        """`n` draws of all cells; cell 0 draws what its distribution draws alone, and cells draw independently."""
        draws = drawn_rows(self, as_count("n", n, 1), stream_key(rng))
        return [RowEnsemble(rows, self._unit) for rows in draws]

    @overload
    def mixture(self, by: None = None, weights: Weights = None) -> Distribution: ...
    @overload
    def mixture(self, by: ArrayLike, weights: Weights = None) -> MixtureEnsemble: ...
    def mixture(self, by: ArrayLike | None = None, weights: Weights = None) -> Distribution | MixtureEnsemble:
        """All cells, or each group of them, as one distribution: states into the nation, occupations into a sector.

        Parameters
        ----------
        by : array_like, shape (n_cells,), optional
            Label of each cell's group.
        weights : array_like, shape (n_cells,), optional
            Such as employment; missing and 0 leave a cell out. Equal without it. Cells without a distribution are left
            out, and the groups' `coverage` says how much of the weight they had.

        Returns
        -------
        Distribution
            Without `by`.
        MixtureEnsemble
            One distribution a group, by ascending label.

        Raises
        ------
        FactError
            A length is wrong, a weight is negative, or no cell with a distribution has a weight.
        """
        share = as_shares(weights, len(self))
        used = self.is_fitted & (share > 0.0)
        if by is None:
            if not used.any():
                raise FactError("no cell has both a distribution and a weight above 0; expected at least one")
            return mixture(rows_at(self, np.flatnonzero(used)), share[used])
        return group_cells(self, as_labels(by, len(self)), share, used)

    def to_frame(self, backend: Backend | None = None) -> Any:
        """A row a cell: its keys, status, mean, standard deviation, Gini coefficient and percentiles from P5 to P99.

        A key that is called like a column of the fit, such as ``status``, keeps its name, and the fit's column is then
        ``fit_status``.

        Parameters
        ----------
        backend : {"pandas", "polars", "pyarrow"}, optional
            Library of the table; when None that of the table that was fitted, or else the first that is installed. A
            pandas table keeps the index of the table that was fitted.

        Raises
        ------
        FactError
            The keys have both names, such as ``status`` and ``fit_status``.
        """
        frame = super().to_frame(self._keys.backend if backend is None else backend)
        if self._index is not None and hasattr(frame, "set_axis"):
            return frame.set_axis(self._index, axis=0)
        return frame

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the facts of all cells, without their keys, to ``.npz`` or ``.parquet``.

        `load` fits them again, to the same bits with the same release of wagefit. A file that is there is replaced at
        once when the new one is complete.

        Raises
        ------
        FactError
            The suffix is another.
        """
        write_cells(Path(path), self._facts.to_columns(), self._notes())

    @classmethod
    def load(cls, path: str | PathLike[str], n_threads: int = 0) -> Ensemble:
        """The ensemble that `save` wrote.

        Raises
        ------
        FactError
            The file is damaged, be it by one bit, or not of `save`; one sentence says so.
        FileNotFoundError
            There is no such file.
        """
        columns, notes = read_cells(Path(path))
        facts = CellFacts.from_columns(columns, notes)
        threads = as_count("n_threads", n_threads)
        cells = CoreCells(facts.fit(threads), threads, float(notes.get("factor", 1.0)))
        return cls(cells, facts, as_unit(notes["unit"]))

    def _notes(self) -> dict[str, Any]:
        return {"unit": self._unit, "factor": self._cells.factor, **self._facts.common()}

    # -- comparing ---------------------------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ensemble):
            return NotImplemented
        return self._unit == other._unit and are_same(self._cells, other._cells)

    def __hash__(self) -> int:
        return hash((self._unit, self.status.tobytes(), self.ppf(0.5).tobytes()))

    def __repr__(self) -> str:
        counts = ", ".join(f"{count:,} {name}" for name, count in self.counts().items())
        return f"<Ensemble of {len(self):,} cells, {self._unit}: {counts}>"
