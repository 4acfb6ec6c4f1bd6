"""Estimates of cells that a release leaves out: an occupation's pay in an area from what is published around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wagefit.errors import FactError
from wagefit.oews.area_level import AreaLevel, Estimated, Wanted, joined, unknown_areas
from wagefit.oews.areas import LOCAL, STATE
from wagefit.oews.published_rows import embedded_rows, is_wider, read_rows
from wagefit.oews.row_facts import ANNUAL, PERIODS
from wagefit.oews.unpublished_cells import UnpublishedCells
from wagefit.shared.arguments import as_choice


def estimate_unpublished(
    table: Any,
    *,
    occupations: Sequence[str] | str | None = None,
    areas: Sequence[str] | str | None = None,
    unit: str = ANNUAL,
) -> UnpublishedCells:
    """Pay of occupations in areas for which a release prints no figures, or not all, with standard errors.

    For log wages of occupation i in area j at percentile p, log w_ijp = b_ip + effects + error. The base b is the
    occupation's row in the wider area (a metropolitan area's state, a state's nation), or the nation's with the state's
    effect. The effects are those of the area, of the area on the major and the minor group of the occupation, of the
    occupation in all areas and in those of the same wider area, each a mean over published cells shrunk to 0 where they
    are few, and what the wider area's row leaves for the people in none of its published cells. How much each counts
    is a regression of the median, its coefficients depending on the cell's share in the wider area. Intervals are
    quantiles of the errors with which published cells are estimated as if they were not, in proportion to what such
    errors depend on: people in the cell and in the area, its share in the wider area, published cells around it.

    Parameters
    ----------
    table : pandas.DataFrame, polars.DataFrame, pyarrow.Table or sequence of wagefit.oews.Cell
        Published rows of one release, as `wagefit.oews.read` gives them, of states or of smaller areas; detailed
        occupations in all industries are used. Rows of wider areas may be among them. Where they are not, those of the
        nation (1997 to 2021, May 2025) and of the states (May 2025) come from the package.
    occupations, areas : str or sequence of str, optional
        Codes of the cells that are wanted, every pair of them; published ones are given as they are. When None, all
        of the table; with both None, the pairs of an occupation and an area that are not published whole.
    unit : {"USD/year", "USD/hour"}
        Whether annual or hourly figures are estimated.

    Returns
    -------
    UnpublishedCells
        ``result["29-1141", "NJ"]`` is a cell with its figures, errors and intervals, which `wagefit.fit` takes as a
        row; `to_frame` gives a table. A cell without any information has a status and no figure. The mean is estimated
        where the table has means of areas, as that of May 2025 has not. Published figures of a row stay as they are,
        and one that is printed as ``#`` stays a bound. Estimates say what the occupation would earn in the area; that
        a pair is missing may mean that nobody there does the work.

    Raises
    ------
    FactError
        `table` lacks columns, holds rows of several releases, two rows of a cell, or fewer than 200 cells of a level
        of areas that are published whole.

    Examples
    --------
    >>> codes = [code for code in wf.oews.occupations(2025) if code.startswith("29-11")]
    >>> rows = [cell for code in codes for cell in wf.oews.cells(occupation=code, year=2025)]
    >>> cells = wf.oews.estimate_unpublished(rows)
    >>> cells
    <56 cells: 56 estimated>
    >>> round(cells["29-1181", "WY"].wages["p50"], -3)
    91000.0
    """
    as_choice("unit", unit, tuple(PERIODS))
    rows = read_rows(table, unit)
    own, embedded = rows.take(is_wider(rows)), embedded_rows(rows.year, unit)
    wider = own if embedded is None else own.joined(embedded)
    wanted = Wanted(_codes("occupations", occupations), _codes("areas", areas))
    levels = [rows.take(rows.level == level) for level in (STATE, LOCAL) if (rows.level == level).any()]
    if not levels:
        raise FactError("table has no row of a state or a smaller area; expected some")
    parts: list[Estimated] = [AreaLevel(level, wider, wanted).estimated() for level in levels]
    return UnpublishedCells(joined([*parts, unknown_areas(rows, wider, wanted)]), unit)


def _codes(name: str, codes: Sequence[str] | str | None) -> list[str] | None:
    """Codes as a list without repetition; None for all."""
    if codes is None:
        return None
    listed = [codes] if isinstance(codes, str) else list(codes)
    if not listed or not all(isinstance(code, str) for code in listed):
        raise FactError(f"{name} is {codes!r}; expected a code such as '29-1141', or several")
    return list(dict.fromkeys(listed))
