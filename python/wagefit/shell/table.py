"""Every row of a published table as a distribution."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wagefit.ensemble.table_files import write_fits
from wagefit.errors import FactError
from wagefit.shell.options import named_as_options, parse_optional_year, parse_unit
from wagefit.shell.row_options import Unit

File = Annotated[Path, typer.Argument(help="A workbook, CSV file or zip archive.", metavar="FILE")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Write the fits (.parquet or .csv).", metavar="FILE")]
Release = Annotated[str | None, typer.Option(help="Year of the release, if its name does not say.", metavar="YEAR")]

Layout = Annotated[
    str | None, typer.Option(help="Of a table of another agency, such as ashe, or a file (.toml).", metavar="LAYOUT")
]


def fit_file(file: File, output: Output, release: Release = None, layout: Layout = None, unit: Unit = None) -> None:
    """Every row of a published wage table as a distribution.

    Examples: wagefit table national_M2018_dl.xlsx -o fits.parquet. wagefit table ashe_table_14.csv --layout ashe -o
    fits.csv. Prints how many rows each status has.
    """
    if unit is not None and layout is None:
        raise FactError(f"--unit is {unit!r}; expected it with --layout, the layout of a table")
    named = None if unit is None else parse_unit(unit)
    with named_as_options():
        counts = write_fits(file, output, parse_optional_year(release, "--release"), layout=layout, unit=named)
    for status, count in counts.items():
        typer.echo(f"{count:>9,} {status}")
    typer.echo(f"{output} written")
