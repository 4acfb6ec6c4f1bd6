"""Which salary model a command is about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from wagefit.errors import FactError
from wagefit.factors.factor_set import FactorSet, read
from wagefit.factors.salary_model import SalaryModel
from wagefit.report.explained import model_of
from wagefit.report.subject import choose_cell, subject_of_cell
from wagefit.shell.options import parse_number, refuse
from wagefit.shell.row_options import OF_FILE, RowOptions

AssumedError = Annotated[
    str | None,
    typer.Option(help="Standard error assumed where none is published, as a part of the ratio.", metavar="PART"),
]


@dataclass(frozen=True)
class ModelOptions:
    """The options that choose a model."""

    row: RowOptions
    factors: Path | None = None
    assumed_error: str | None = None

    def model(self) -> SalaryModel:
        """The salary model of the occupation; FactError where there is none."""
        model, error = self._model(), parse_number("--assumed-error", self.assumed_error)
        return model if error is None else model.with_assumed_errors(error)

    def _model(self) -> SalaryModel:
        own = read_factors_option(self.factors)
        if self.row.facts is not None:
            return model_of(self.row.subject(), own)
        refuse(OF_FILE, layout=self.row.layout, unit=self.row.unit)
        if own is None and self.row.name is None:
            return SalaryModel.health_information(self.row.release_year)
        return model_of(subject_of_cell(choose_cell(self.row.release_year, self.row.name)), own)


def read_factors_option(file: Path | None) -> FactorSet | None:
    """The factors in a file, None for none; FactError where it cannot be read."""
    if file is None:
        return None
    if not file.is_file():
        what = "a folder" if file.is_dir() else "and there is no such file"
        raise FactError(f"--factors is {str(file)!r}, {what}; expected a .csv or .toml file of factors")
    return read(file)
