"""The salary model of any occupation with a published row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from wagefit import oews
from wagefit.distributions.distribution import Distribution
from wagefit.errors import ConvergenceError, InfeasibleError
from wagefit.factors.calibrated_model import CalibratedModel
from wagefit.factors.factor import Factor
from wagefit.factors.factor_set import FactorSet
from wagefit.factors.health_information import TECHNICIANS
from wagefit.factors.model_notes import anchor_note, factor_notes
from wagefit.factors.records import column_name
from wagefit.factors.sector_pay import SETTING, sector_factor
from wagefit.factors.state_places import STATE, state_factor
from wagefit.factors.wage_equation import FACTORS as GENERAL
from wagefit.factors.wage_equation import general_factors
from wagefit.fitting.fit import fit

AnyModel = TypeVar("AnyModel", bound="OccupationModel")
Found = tuple[tuple[Factor, ...], tuple[str, ...]]

# Which of the package's factors a model does without, in this order, where they do not fit the anchor together.
LEFT_OUT = (
    (),
    (SETTING,),
    GENERAL,
    (STATE,),
    (SETTING, *GENERAL),
    (SETTING, STATE),
    (STATE, *GENERAL),
    (SETTING, STATE, *GENERAL),
)


class OccupationModel(CalibratedModel):
    """Adds `for_occupation`."""

    __slots__ = ()

    @classmethod
    def for_occupation(
        cls: type[AnyModel], occupation: str, year: int | None = None, *, factors: Sequence[Factor] | FactorSet = ()
    ) -> AnyModel:
        """The model of an occupation in the nation, from figures that come with the package.

        ``state`` is what the anchor's own release publishes of the occupation (May 2025). ``setting`` is the sector of
        the economy that employs, May 2022. ``experience`` and ``education`` are those of a wage equation of all
        occupations, hence proxies. What does not exist for an occupation is left out, and `notes` say so.

        Parameters
        ----------
        occupation : str
            Code, such as ``"29-1141"``, or title, such as ``"registered nurses"``, as `wagefit.oews.cell` takes it.
        year : int, optional
            Year of the release of the anchor; the newest that has the occupation when None.
        factors : sequence of Factor, or FactorSet
            Of one's own, such as ``wagefit.factors.read("mine.csv")`` with its interactions: each replaces the
            package's factor of the same name (in any capitals), or is added to them.

        Returns
        -------
        SalaryModel
            `notes` say where each factor comes from.

        Raises
        ------
        FactError
            There is no such occupation or row, naming what comes nearest, or the years that there are.
        InfeasibleError, ConvergenceError
            Factors of one's own say more than the occupation's published row leaves room for.

        Examples
        --------
        >>> nurses = wf.SalaryModel.for_occupation("registered nurses", 2025)
        >>> [factor.name for factor in nurses.factors]
        ['experience', 'education', 'state', 'setting']
        >>> round(nurses.profile(state="NJ").pay.mean())
        110243
        """
        cell = oews.cell(occupation, year=year)
        pay = fit(cell)
        own = factors if isinstance(factors, FactorSet) else FactorSet(tuple(factors))
        found, notes = _published_factors(cell, pay, {column_name(factor.name) for factor in own})

        def make(left_out: Sequence[str], refused: Sequence[Exception]) -> AnyModel:
            used = (*(factor for factor in found if factor.name not in left_out), *own)
            kept = (note for note in notes if set(left_out).isdisjoint(note.partition(":")[0].split(", ")))
            said = (*_anchor_notes(cell), *factor_notes(used), *kept, *_refusal_notes(left_out, refused))
            return cls(pay, used, said, own.interactions, cell=cell)

        return _first_that_fits(make)


def _first_that_fits(make: Callable[[Sequence[str], Sequence[Exception]], AnyModel]) -> AnyModel:
    """The model with the fewest factors left out; the error of the whole model where there is none."""
    refused: list[Exception] = []
    for left_out in LEFT_OUT:
        try:
            return make(left_out, refused)
        except (InfeasibleError, ConvergenceError) as error:  # noqa: PERF203 - hardly ever more than once
            refused.append(error)
    raise refused[0]


def _published_factors(cell: oews.Cell, pay: Distribution, own: set[str]) -> Found:
    """The package's factors for an occupation, but for those called as in `own`, and what to know of them."""
    makers: dict[tuple[str, ...], Callable[[], Found]] = {
        GENERAL: lambda: general_factors(cell, pay, [name for name in GENERAL if name not in own]),
        (STATE,): lambda: state_factor(cell, pay),
        (SETTING,): lambda: sector_factor(cell, pay),
    }
    found = [make() for names, make in makers.items() if not own.issuperset(names)]
    factors = tuple(factor for made, _ in found for factor in made)
    return factors, tuple(note for _, notes in found for note in notes)


def _anchor_notes(cell: oews.Cell) -> Iterator[str]:
    yield anchor_note(cell)
    if cell.note:
        yield f"{cell.note}."
    if cell.occupation in TECHNICIANS:
        yield "SalaryModel.health_information() has factors measured on health information technicians themselves."


def _refusal_notes(left_out: Sequence[str], refused: Sequence[Exception]) -> Iterator[str]:
    """Why factors are left out, one sentence each, so that a profile that asks for one is told."""
    for name in left_out:
        yield (
            f"{name}: left out, as all the package's factors together say more than the published row of the nation "
            f"leaves room for ({refused[0]})."
        )
