"""A published table and its fits, from file to file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from wagefit.distributions.distribution import ANNUAL, HOURLY
from wagefit.distributions.summary import PREFIX
from wagefit.ensemble.ensemble import Ensemble
from wagefit.ensemble.table import fit_table
from wagefit.errors import FactError
from wagefit.oews.reading import read
from wagefit.shared.files import replacing
from wagefit.shared.progress import Advance, watch_rows
from wagefit.tables import read as read_of_any

SUPPRESSED = "suppressed"  # status of a cell without figures
# What a text begins with that a spreadsheet program takes for a formula, blanks before it included (OWASP).
FORMULA = r"^(\s*[=+\-@\t\r])"
CHUNK = 5_000  # rows between two steps of the bar


def write_fits(
    file: Path, output: Path, release: int | None, *, layout: str | None = None, unit: str | None = None
) -> dict[str, int]:
    """Reads `file`, fits its rows and writes table and fits side by side; returns the number of rows of each status.

    Annual figures are fitted, and where a row has hourly ones alone those: the column ``fit_unit`` says which. With a
    `layout`, as `wagefit.tables.read` takes it, the file is a table of another agency; each row is fitted in the unit
    that it states, or in `unit`.

    `output` ends in .parquet or .csv; in .csv a text that spreadsheet programs would run as a formula has an apostrophe
    before it. It appears when it is complete: an interruption leaves nothing behind. A bar on
    stderr shows how far it is, if that is a terminal.

    Examples
    --------
    >>> import pandas as pd
    >>> from pathlib import Path
    >>> row = {"OCC_CODE": "29-2071", "A_MEAN": 44_010, "A_PCT10": 26_550, "A_MEDIAN": 40_350, "A_PCT90": 66_260}
    >>> pd.DataFrame([row]).to_csv("national_M2018_dl.csv", index=False)
    >>> wf.ensemble.write_fits(Path("national_M2018_dl.csv"), Path("fits.csv"), release=2018)
    {'exact': 1}
    """
    if output.suffix not in (".parquet", ".csv"):
        raise FactError(f"--output is {output.name!r}; expected a name that ends in .parquet or .csv")
    if output.exists() and output.samefile(file):
        raise FactError(f"--output is {output.name!r}, the table itself; expected another file")
    if layout is None:
        table = read(file, release=release, backend="pyarrow")
    else:
        table = read_of_any(file, layout=layout, year=release, unit=unit, backend="pyarrow")
    counts: Counter[str] = Counter()
    with replacing(output) as partial, watch_rows("fitting", len(table)) as advance:
        _write(partial, output.suffix, _fitted(table, counts, advance))
    return dict(sorted(counts.items()))


def _fitted(table: Any, counts: Counter[str], advance: Advance) -> Iterator[Any]:
    """The table with its fits, chunk by chunk; one empty chunk if it has no rows."""
    for start in range(0, max(len(table), 1), CHUNK):
        chunk = table.slice(start, CHUNK)
        fits = _fits_in_own_unit(chunk)
        counts.update(fits["status"].to_pylist())
        for name in fits.column_names:
            chunk = chunk.append_column(f"{PREFIX}{name}", fits[name])
        yield chunk
        advance(start + len(chunk))


def _fits_in_own_unit(table: Any) -> Any:
    """A row a cell: the fit of its annual figures, or of its hourly ones where it has no others; and the unit.

    Rows that state their unit are fitted in it.
    """
    if "unit" in table.column_names:
        return _fits_in_stated_units(table)
    annual = fit_table(table)
    fits = _with_unit(annual)
    without = np.flatnonzero(annual.status == SUPPRESSED)
    if not len(without):
        return fits
    hourly = fit_table(table.take(without), unit=HOURLY)
    order = np.arange(len(table))
    order[without[hourly.is_fitted]] = len(table) + np.flatnonzero(hourly.is_fitted)
    return import_module("pyarrow").concat_tables([fits, _with_unit(hourly)]).take(order)


def _fits_in_stated_units(table: Any) -> Any:
    """A row a cell, in the unit that it states; a row without a unit has no wages."""
    stated = table["unit"].to_pylist()
    units = [each for each in dict.fromkeys(stated) if each] or [ANNUAL]
    rows = [[i for i, each in enumerate(stated) if (each or units[0]) == unit] for unit in units]
    fits = [_with_unit(fit_table(table.take(chosen), unit=unit)) for chosen, unit in zip(rows, units, strict=True)]
    order = np.argsort(np.concatenate([np.asarray(chosen, dtype=int) for chosen in rows]))
    return import_module("pyarrow").concat_tables(fits).take(order)


def _with_unit(cells: Ensemble) -> Any:
    cells.label(None)  # the keys stand in the table itself
    fits = cells.to_frame(backend="pyarrow")
    return fits.append_column("unit", [[cells.unit] * len(fits)])


def _write(path: Path, suffix: str, chunks: Iterator[Any]) -> None:
    if suffix == ".csv":
        chunks = map(_without_formulas, chunks)
    first = next(chunks)
    if suffix == ".csv":
        writer = import_module("pyarrow.csv").CSVWriter(path, first.schema)
    else:
        writer = import_module("pyarrow.parquet").ParquetWriter(path, first.schema)
    with writer:
        for chunk in chain([first], chunks):
            writer.write_table(chunk)


def _without_formulas(table: Any) -> Any:
    """The table with an apostrophe before each text that a spreadsheet program would run as a formula."""
    compute, string = import_module("pyarrow.compute"), import_module("pyarrow").string()
    for i, field in enumerate(table.schema):
        if field.type == string:
            escaped = compute.replace_substring_regex(table[field.name], pattern=FORMULA, replacement=r"'\1")
            table = table.set_column(i, field, escaped)
    return table
