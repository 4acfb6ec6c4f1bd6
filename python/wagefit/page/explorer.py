"""A page that answers: one person's pay as its levels and a wage are moved, in a browser or in a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from html import escape
from pathlib import Path

from wagefit import _core
from wagefit._core import __version__
from wagefit.distributions.distribution import Distribution
from wagefit.factors.calibrated_model import CalibratedModel
from wagefit.factors.salary_model import SalaryModel
from wagefit.page.assemble import assemble
from wagefit.page.levels import show_levels
from wagefit.page.tables import Table, model_tables, pay_tables, require_curve
from wagefit.page.texts import (
    HEADINGS,
    INTRODUCTIONS,
    citation,
    common_person,
    everyone,
    other_person,
    shared_texts,
    start,
)
from wagefit.shared.files import replacing

HEIGHT = 900  # pixels of the frame in a notebook


def explorer_tables(model: CalibratedModel, person: Mapping[str, str | float] | None = None) -> Table:
    """The tables of a page on a model, which starts from `person`, or else from someone with the commonest levels."""
    first = common_person(model) if person is None else dict(person)
    persons = (first, other_person(model, first))
    return model_tables(model) | {"texts": shared_texts(model), "start": start(model.anchor, persons)}


def make_page(
    title: str,
    pay: Distribution,
    body: str,
    source: str,
    *,
    model: CalibratedModel | None = None,
    person: Mapping[str, str | float] | None = None,
) -> str:
    """A page of HTML that needs nothing beside it, and that answers on any person and wage.

    Parameters
    ----------
    title : str
    pay : Distribution
        Whose pay the page is about; without a curve the page has its `body` alone.
    body : str
        What stands below the answers, as HTML; it is all there is without JavaScript.
    source : str
        Of the published figures, to be cited; empty where the user gave them.
    model : CalibratedModel, optional
        Of persons; everyone's pay alone when None.
    person : mapping {factor: level or amount}, optional
        From whom the answers start.
    """
    cited = citation(title, source)
    if model is not None:
        tables = explorer_tables(model, person)
        tables["texts"]["everyone"] = everyone(model, pay)
    elif isinstance(pay.core, _core.Curve):
        tables = pay_tables(pay) | {"texts": {"everyone": "everyone"}, "start": start(pay, ({}, {}))}
    else:
        return assemble(title, "", "", None, body, cited, __version__)
    has_persons = model is not None
    return assemble(title, HEADINGS[has_persons], INTRODUCTIONS[has_persons], tables, body, cited, __version__)


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
        source = "" if self.model.cell is None else self.model.cell.source
        return make_page(self.title, self.model.anchor, show_levels(self.model), source, model=self.model)

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
    require_curve(chosen.anchor)
    return Explorer(chosen, _title(chosen))


def _title(model: CalibratedModel) -> str:
    cell = model.cell
    if cell is None:
        return f"Pay by a salary model of {', '.join(factor.name for factor in model.factors)}"
    where = "the United States" if cell.area_type == "national" else cell.area_title
    return f"Pay in {where}: {cell.occupation_title}, {cell.release}"
