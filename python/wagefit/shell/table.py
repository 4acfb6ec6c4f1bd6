"""Every row of a published table as a distribution."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wagefit.ensemble.table_files import write_fits
from wagefit.shell.options import parse_optional_year

File = Annotated[Path, typer.Argument(help="An OEWS workbook, CSV file or zip archive.", metavar="FILE")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Write the fits (.parquet or .csv).", metavar="FILE")]
Release = Annotated[str | None, typer.Option(help="Year of the release, if its name does not say.", metavar="YEAR")]


def fit_file(file: File, output: Output, release: Release = None) -> None:
    """Every row of a published wage table as a distribution.

    Example: wagefit table national_M2018_dl.xlsx -o fits.parquet. Prints how many rows each status has.
    """
    counts = write_fits(file, output, parse_optional_year(release, "--release"))
    for status, count in counts.items():
        typer.echo(f"{count:>9,} {status}")
    typer.echo(f"{output} written")
