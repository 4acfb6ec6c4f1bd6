"""Which salary model a command is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from wagefit.errors import FactError
from wagefit.factors.salary_model import SalaryModel
from wagefit.report.published import MODELED
from wagefit.shell.options import parse_number
from wagefit.shell.row_options import RowOptions

AssumedError = Annotated[
    str | None,
    typer.Option(help="Standard error assumed where none is published, as a part of the ratio.", metavar="PART"),
]


@dataclass(frozen=True)
class ModelOptions:
    """The texts of the options that choose a model; None for those that are not given."""

    row: RowOptions
    assumed_error: str | None = None

    def model(self) -> SalaryModel:
        """The salary model of the occupation; FactError where there is none."""
        model, error = self._model(), parse_number("--assumed-error", self.assumed_error)
        return model if error is None else model.with_assumed_errors(error)

    def _model(self) -> SalaryModel:
        name, year = self.row.name, self.row.release_year
        if name is None or name in MODELED:
            return SalaryModel.health_information(year)
        raise FactError(f"occupation is {name!r}; expected one with factors: {', '.join(MODELED)}")
