"""Which salary model a command is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from wagefit.factors.salary_model import SalaryModel
from wagefit.report.explained import model_of_cell
from wagefit.report.subject import choose_cell
from wagefit.shell.options import parse_number
from wagefit.shell.row_options import RowOptions

AssumedError = Annotated[
    str | None,
    typer.Option(help="Standard error assumed where none is published, as a part of the ratio.", metavar="PART"),
]


@dataclass(frozen=True)
class ModelOptions:
    """The options that choose a model."""

    row: RowOptions
    assumed_error: str | None = None

    def model(self) -> SalaryModel:
        """The salary model of the occupation; FactError where there is none."""
        model, error = self._model(), parse_number("--assumed-error", self.assumed_error)
        return model if error is None else model.with_assumed_errors(error)

    def _model(self) -> SalaryModel:
        if self.row.name is None:
            return SalaryModel.health_information(self.row.release_year)
        return model_of_cell(choose_cell(self.row.release_year, self.row.name))
