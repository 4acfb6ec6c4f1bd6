"""Any agency's table of wages as one tidy table.

Columns of `read`, in this order:

=====================  =============================================================================
the layout's keys      text, such as occupation and occupation_title; empty where the file has none
year                   of the table, where the layout says how to find it and it is found
unit                   of the wages in the row, such as "GBP/year"; empty where the row has none
employment             people, or jobs
mean, p10, p50, ...    the mean and the percentiles that the layout names, in the row's unit
..._rse                relative standard errors, in percent of the figure
..._at_least           what the figure is at least, where a top code stands in its place
top_coded              names of the figures printed as a top code, such as "p75 p90"
unavailable            names of the figures that are printed as suppressed
=====================  =============================================================================

Figures are missing where nothing is printed. Nothing is computed but the multiples and the errors that the layout asks
for; nothing is filled in or repaired.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from wagefit.errors import FactError
from wagefit.oews.layouts import parse_text
from wagefit.shared.fact_names import fact_of, is_wage
from wagefit.shared.frames import make_frame
from wagefit.shared.progress import watch_call
from wagefit.shared.types import Backend
from wagefit.shared.units import as_unit
from wagefit.tables.cells import CellReader, Said, read_errors
from wagefit.tables.layout import Layout
from wagefit.tables.layout_files import load_layout
from wagefit.tables.printed import Printed, read_printed

Columns = dict[str, list[Any]]


def read(
    path: str | PathLike[str],
    *,
    layout: str | PathLike[str],
    sheet: str | None = None,
    unit: str | None = None,
    year: int | None = None,
    errors: str | PathLike[str] | None = None,
    backend: Backend | None = None,
) -> Any:
    r"""A published table of wages as a tidy table of one row a cell, which `wagefit.fit_table` fits.

    ``.xls``, ``.xlsx``, ``.csv``, a zip or gzip archive of one. Title lines, remarks, marks and padded numbers are
    taken care of as the layout says.

    Parameters
    ----------
    path : path-like
        The file.
    layout : str or path-like
        What the columns mean: a name of `wagefit.tables.layouts`, such as ``"ashe"``, or a file of one's own that ends
        in ``.toml``.
    sheet : str, optional
        The sheet of a workbook, or the file in an archive, where several hold such a table.
    unit : str, optional
        Unit of the wages, such as ``"GBP/week"``, where neither the file nor its layout says it, or one of those that
        the file says.
    year : int, optional
        Year of the table, where the file does not say it, or one of those that it says.
    errors : path-like, optional
        The table of relative standard errors (coefficients of variation) in percent that belongs to the figures, in the
        same layout and published as a file of its own.
    backend : {"pandas", "polars", "pyarrow"}, optional
        Library of the table; the first of them that is installed when None.

    Returns
    -------
    pandas.DataFrame, polars.DataFrame or pyarrow.Table
        The columns are described at the top of `wagefit.tables.reading`.

    Raises
    ------
    FactError
        The layout is wrong, or the file holds no table of it, several, one without a column that it must have, or a
        cell that is neither a number nor one of its marks; or the unit is not known, or `unit` or `year` is none that
        the file says.
    FileNotFoundError
        There is no such file.

    Examples
    --------
    >>> from pathlib import Path
    >>> lines = ["Description,Code,No_jobs,Median,Mean,10,20,25,30,40,60,70,75,80,90",
    ...          'Nurses,2231,583,"35,134",34847,23127,25400,26800,28700,32050,38200,41300,x,..,x']
    >>> file = Path("table_14_2021_annual.csv")
    >>> _ = file.write_text("\n".join([*lines, ""]))
    >>> table = wf.tables.read(file, layout="ashe", backend="pandas")
    >>> table["unit"][0], float(table["p50"][0]), float(table["employment"][0]), table["unavailable"][0]
    ('GBP/year', 35134.0, 583000.0, 'p75 p80 p90')
    >>> wf.fit_table(table)
    <Ensemble of 1 cells, GBP/year: 1 exact>
    """
    plan = load_layout(layout)
    columns = read_columns(path, plan, sheet=sheet, unit=unit, year=year, errors=errors)
    types = {name: _type(name, plan) for name in columns}
    return make_frame(columns, types, backend)


def read_columns(
    path: str | PathLike[str],
    layout: Layout,
    *,
    sheet: str | None = None,
    unit: str | None = None,
    year: int | None = None,
    errors: str | PathLike[str] | None = None,
) -> Columns:
    """The columns of `read`, for those who need no table of another library; None where a figure is missing."""
    file = Path(path)
    with watch_call(f"reading {file.name}"):
        printed = read_printed(file, layout, sheet)
        columns = _tidy(printed, layout, unit, year)
        if errors is not None:
            columns |= _errors_of(columns, read_printed(Path(errors), layout, sheet), layout)
    return {name: columns[name] for name in _ordered(columns, layout)}


def _type(name: str, layout: Layout) -> type:
    if name == "year":
        return int
    return str if name in layout.keys or fact_of(name) is None else float


def _ordered(columns: Mapping[str, Any], layout: Layout) -> list[str]:
    kinds = ("", "_rse", "_at_least")
    figures = {name: fact for name in columns if name not in layout.keys and (fact := fact_of(name)) is not None}
    order = {"employment": -2.0, "mean": -1.0}

    def place(name: str) -> tuple[float, int]:
        figure, kind = figures[name]
        return order[figure] if figure in order else float(figure[1:]), kinds.index(kind)

    is_bound = {name: kind == "_at_least" for name, (_, kind) in figures.items()}
    facts = sorted(figures, key=lambda name: (is_bound[name], place(name)))
    first = [name for name in columns if name in layout.keys or name in ("year", "unit")]
    return [*first, *facts, *(name for name in columns if name not in (*first, *facts))]


def _tidy(printed: Printed, layout: Layout, unit: str | None, year: int | None) -> Columns:
    found = _year(printed, layout, year)
    columns = _keys(printed, layout)
    if found is not None:
        columns["year"] = [found] * printed.n_rows
    columns["unit"] = _units(printed, layout) if unit is None else _given_units(printed, layout, as_unit(unit))
    return columns | _facts(printed, layout, found)


def _keys(printed: Printed, layout: Layout) -> Columns:
    empty = [""] * printed.n_rows
    return {name: parse_text(printed.columns[name]) if name in printed.columns else empty for name in layout.keys}


def _year(printed: Printed, layout: Layout, given: int | None) -> int | None:
    """The `given` year, or else the one that the file says first; FactError where it says others alone."""
    matches = () if layout.year is None else layout.year.finditer(printed.context)
    said = list(dict.fromkeys(int(match[1] if match.re.groups else match[0]) for match in matches))
    if given is not None and said and given not in said:
        raise FactError(f"year is {given} and {printed.name} says {said[0]}; expected year {said[0]}, or none")
    return given if given is not None else next(iter(said), None)


def _texts_of_units(printed: Printed) -> list[str]:
    """What says the unit of each row."""
    if "unit" in printed.columns:
        return parse_text(printed.columns["unit"])
    return [printed.context] * printed.n_rows


def _units(printed: Printed, layout: Layout) -> list[str]:
    texts = _texts_of_units(printed)
    known = {text: _unit(text, printed.name, layout) for text in dict.fromkeys(texts)}
    return [known[text] for text in texts]


def _given_units(printed: Printed, layout: Layout, unit: str) -> list[str]:
    """`unit` in each row; FactError where the file, or its layout, says others alone."""
    for text in dict.fromkeys(_texts_of_units(printed)):
        said = layout.unit.find_all(text)
        if said and unit not in said:
            raise FactError(f"unit is {unit!r} and {printed.name} is in {said[0]}; expected {said[0]!r}, or none")
    return [unit] * printed.n_rows


def _unit(text: str, name: str, layout: Layout) -> str:
    unit = layout.unit.find(text)
    if unit is None:
        known = ", ".join(f"{unit} ({pattern.pattern})" for unit, pattern in layout.unit.patterns)
        shown = text.partition("\n")[0]
        raise FactError(f"{name} has no unit that {layout.name} knows in {shown!r}; expected {known}, or unit=")
    return unit


def _facts(printed: Printed, layout: Layout, year: int | None) -> Columns:
    reader, empty = CellReader(layout), [""] * printed.n_rows
    cells = {name: printed.columns.get(name, empty) for name in layout.facts}
    said = {name: reader.read_column(name, cells[name]) for name in layout.facts if not name.endswith("_rse")}
    columns = {name: _values(name, said[name], layout) for name in said}
    for name in (name for name in layout.facts if name.endswith("_rse")):
        figures = columns.get(name.removesuffix("_rse"), [None] * printed.n_rows)
        columns[name] = read_errors(name, layout.facts[name], cells[name], figures, reader)
    if layout.top_coded:
        code = layout.top_code(year)
        columns |= {f"{name}_at_least": _bounds(name, said, code) for name in layout.wages}
    coded = {name: [each.is_coded for each in said[name]] for name in layout.wages}
    absent = {name: [_is_absent(name, each) for each in said[name]] for name in said if not name.endswith("_at_least")}
    return columns | {"top_coded": _named(coded, printed.n_rows), "unavailable": _named(absent, printed.n_rows)}


def _values(name: str, said: Sequence[Said], layout: Layout) -> list[float | None]:
    times = layout.facts[name].times
    return [None if each.value is None else times * each.value for each in said]


def _bounds(name: str, said: Mapping[str, Sequence[Said]], code: float | None) -> list[float | None]:
    """Bounds of a wage: those in a column of their own; where a top code is printed the wage in it, or else `code`."""
    own = said.get(f"{name}_at_least") or [Said()] * len(said[name])
    pairs = zip(said[name], own, strict=True)
    return [bound.value if not each.is_coded else code if each.bound is None else each.bound for each, bound in pairs]


def _is_absent(name: str, said: Said) -> bool:
    """Whether a figure is not published: a top code of what is no wage says no more."""
    return said.is_suppressed or (said.is_coded and not is_wage(name))


def _named(flags: Mapping[str, Sequence[bool]], n: int) -> list[str]:
    """Names whose flag is set, row by row, separated by blanks."""
    return [" ".join(name for name, column in flags.items() if column[i]) for i in range(n)]


def _errors_of(columns: Columns, printed: Printed, layout: Layout) -> Columns:
    """Errors of the figures, from the table that prints them in the figures' places; rows are matched by their keys."""
    keys = list(zip(*(columns[name] for name in layout.keys), strict=True))
    rows: dict[tuple[str, ...], int] = {}
    for i, key in enumerate(zip(*_keys(printed, layout).values(), strict=True)):
        rows.setdefault(key, i)
    if not rows.keys() & set(keys):
        raise FactError(f"errors is {printed.name}, which has no row of the figures; expected the same rows")
    reader = CellReader(layout)
    names = [name for name in ("employment", *layout.wages) if name in printed.columns]
    said = {name: reader.read_column(name, printed.columns[name]) for name in names}
    return {f"{name}_rse": [said[name][rows[key]].value if key in rows else None for key in keys] for name in names}
