"""The salary model of any occupation with a published row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from wagefit import oews
from wagefit.factors.calibrated_model import CalibratedModel
from wagefit.factors.factor import Factor
from wagefit.factors.model_notes import anchor_note, factor_notes
from wagefit.factors.state_places import state_factor
from wagefit.fitting.fit import fit

AnyModel = TypeVar("AnyModel", bound="OccupationModel")


class OccupationModel(CalibratedModel):
    """Adds `for_occupation`."""

    __slots__ = ()

    @classmethod
    def for_occupation(
        cls: type[AnyModel], occupation: str, year: int | None = None, *, factors: Sequence[Factor] = ()
    ) -> AnyModel:
        """The model of an occupation in the nation, from figures that come with the package.

        Parameters
        ----------
        occupation : str
            Code, such as ``"29-1141"``, or title, such as ``"registered nurses"``, as `wagefit.oews.cell` takes it.
        year : int, optional
            Year of the release of the anchor; the newest that has the occupation when None.
        factors : sequence of Factor
            Of one's own: each replaces the package's factor of the same name, or is added to them.

        Returns
        -------
        SalaryModel
            `notes` say where each factor comes from, and which one there is none of.

        Raises
        ------
        FactError
            There is no such occupation or row, naming what comes nearest, or the years that there are.

        Examples
        --------
        >>> nurses = wf.SalaryModel.for_occupation("registered nurses", 2025)
        >>> person = nurses.profile(state="NJ")
        >>> round(person.pay.mean())
        110243
        """
        cell = oews.cell(occupation, year=year)
        pay = fit(cell)
        own = {factor.name for factor in factors}
        places, notes = state_factor(cell, pay)
        used = (*(each for each in (places,) if each is not None and each.name not in own), *factors)
        return cls(pay, used, [anchor_note(cell), *factor_notes(used), *notes], cell=cell)
