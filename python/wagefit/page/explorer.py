"""A page that answers: one person's pay as its levels and a wage are moved, in a browser or in a notebook."""

from __future__ import annotations

from functools import cached_property
from html import escape
from pathlib import Path

from wagefit._core import __version__
from wagefit.factors.calibrated_model import CalibratedModel
from wagefit.factors.salary_model import SalaryModel
from wagefit.page.assemble import assemble
from wagefit.page.levels import show_levels
from wagefit.page.tables import Table, model_tables
from wagefit.page.texts import Levels, citation, common_person, other_person, shared_texts, start
from wagefit.shared.files import replacing

INTRODUCTION = (
    "Choose what is known of a person; what is not known is averaged over the workforce. Everything is computed on "
    "this page, which sends nothing anywhere."
)
HEIGHT = 900  # pixels of the frame in a notebook


def explorer_tables(model: CalibratedModel, person: Levels | None = None) -> Table:
    """The tables of a page on a model, which starts from `person`."""
    first = common_person(model) if person is None else dict(person)
    return model_tables(model) | {
        "texts": shared_texts(model),
        "start": start(model.anchor, (first, other_person(model, first))),
    }


class Explorer:
    """A page on a salary model; made by `wagefit.explore`. Shows itself in a notebook.

    Attributes
    ----------
    model : SalaryModel
    title : str
        What the page is about, in one line.

    Examples
    --------
    >>> page = wf.explore(wf.SalaryModel.for_occupation("registered nurses", 2025))
    >>> len(page.html) < 300_000
    True
    """

    def __init__(self, model: CalibratedModel, title: str) -> None:
        self.model = model
        self.title = title

    @cached_property
    def html(self) -> str:
        """The page: one file that needs nothing beside it."""
        source = "the user's own" if self.model.cell is None else self.model.cell.source
        return assemble(
            self.title,
            INTRODUCTION,
            explorer_tables(self.model),
            show_levels(self.model),
            citation(self.title, source),
            __version__,
        )

    def save(self, path: str | Path) -> Path:
        """Writes the page; returns where it is."""
        target = Path(path)
        with replacing(target) as partial:
            partial.write_text(self.html, encoding="utf-8")
        return target

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self.html)}" title="{escape(self.title)}" '
            f'style="width: 100%; height: {HEIGHT}px; border: 0"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<page: {self.title}; .save(path) writes it>"


def explore(model: SalaryModel | None = None) -> Explorer:
    """A page that shows pay as a person's levels and a wage are moved; in a notebook it shows itself.

    Parameters
    ----------
    model : SalaryModel, optional
        Such as `SalaryModel.for_occupation` makes; health information technicians, May 2018, when None.

    Returns
    -------
    Explorer
        `save` writes it as one file that needs no network; `html` is its text.

    Raises
    ------
    FactError
        The model's anchor is no curve, as `wagefit.fit` makes it of published figures.

    Examples
    --------
    >>> page = wf.explore(wf.SalaryModel.for_occupation("registered nurses", 2025))
    >>> page
    <page: Pay in the United States: Registered Nurses, May 2025; .save(path) writes it>
    """
    chosen = SalaryModel.health_information() if model is None else model
    return Explorer(chosen, _title(chosen))


def _title(model: CalibratedModel) -> str:
    cell = model.cell
    if cell is None:
        return f"Pay by a salary model of {', '.join(factor.name for factor in model.factors)}"
    where = "the United States" if cell.area_type == "national" else cell.area_title
    return f"Pay in {where}: {cell.occupation_title}, {cell.release}"
