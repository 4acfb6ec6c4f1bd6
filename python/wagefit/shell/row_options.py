"""Which published row a command is about: an occupation, or facts of one's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from wagefit.errors import FactError
from wagefit.oews import Cell
from wagefit.report.subject import Subject, choose_cell, subject_of_row
from wagefit.shell.facts_file import read_facts_file
from wagefit.shell.facts_text import parse_facts
from wagefit.shell.options import parse_optional_year, parse_unit, refuse

Year = Annotated[str | None, typer.Option(help="Year of the release, such as 2018.", metavar="YEAR")]
Occupation = Annotated[str | None, typer.Option(help="Occupation code, such as 29-1141.", metavar="CODE")]
Title = Annotated[str | None, typer.Option(help='Occupation by title, such as "registered nurses".', metavar="TEXT")]
State = Annotated[str | None, typer.Option(help="State: two letters or name.", metavar="STATE")]
Facts = Annotated[
    str | None,
    typer.Option(
        help="Figures instead, such as mean=44010,P90=63820, or a file with a row of them.", metavar="FILE|FIGURES"
    ),
]
Layout = Annotated[
    str | None,
    typer.Option(help="Layout of that file, such as ashe, or a file of one's own (.toml).", metavar="LAYOUT"),
]
Unit = Annotated[str | None, typer.Option(help="Unit of the wages, such as GBP/year or USD/hour.", metavar="UNIT")]

Factors = Annotated[
    Path | None, typer.Option(help="Salary factors of one's own, a .csv or .toml file.", metavar="FILE")
]
Json = Annotated[bool, typer.Option("--json", help="Print everything as JSON instead.")]

# A code as it is often written: without its hyphen, or with the digits that O*NET adds.
_CODE = re.compile(r"(\d\d)-?(\d{4})(?:\.\d\d)?", re.ASCII)
OF_FILE = "expected it with --facts and the file that it is about"


@dataclass(frozen=True)
class RowOptions:
    """The texts of the options that choose a row; None for those that are not given."""

    occupation: str | None = None
    title: str | None = None
    facts: str | None = None
    layout: str | None = None
    unit: str | None = None
    year: str | None = None
    state: str | None = None

    @property
    def name(self) -> str | None:
        """Code or title of the occupation; FactError where both are given."""
        if self.occupation is not None and self.title is not None:
            raise FactError(f"--occupation is {self.occupation!r} and --title {self.title!r}; expected one of the two")
        if self.occupation is None:
            return None if self.title is None else self.title.strip()
        match = _CODE.fullmatch(self.occupation.strip())
        return f"{match[1]}-{match[2]}" if match else self.occupation.strip()

    @property
    def release_year(self) -> int | None:
        """The year, if it is given."""
        return parse_optional_year(self.year)

    def subject(self) -> Subject:
        """What the published row says; see `published`."""
        return subject_of_row(self.published())

    def published(self) -> Cell | dict[str, Any]:
        """The published row; FactError where options contradict one another or there is no such row."""
        if self.facts is None:
            refuse(OF_FILE, layout=self.layout, unit=self.unit)
            return choose_cell(self.release_year, self.name, self.state)
        return self._given(self.facts)

    def _given(self, facts: str) -> dict[str, Any]:
        """The row that --facts gives, with its unit."""
        unit = None if self.unit is None else parse_unit(self.unit)
        if "=" not in facts:
            return read_facts_file(facts, self.layout, unit, self.name, self.release_year, self.state)
        refuse(OF_FILE, layout=self.layout, state=self.state)
        row = parse_facts("--facts", facts, unit)
        year = None if self.release_year is None else str(self.release_year)
        named = {"title": self.title, "occupation": self.occupation, "year": year}
        given = {name: text for name, text in named.items() if text is not None}
        for name, text in given.items():
            if row.get(name, text) != text:
                raise FactError(f"--{name} is {text!r} and --facts says {row[name]!r}; expected one of them")
        return given | row
