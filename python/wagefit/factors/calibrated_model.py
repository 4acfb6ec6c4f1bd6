"""Factors calibrated on an anchor: what a profile and its explanation ask of a salary model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wagefit import _core
from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.interactions import Interaction, core_interactions
from wagefit.factors.records import column_name
from wagefit.factors.state_places import absence
from wagefit.oews.cell import Cell
from wagefit.shared.types import Number


class CalibratedModel:
    """Factors that add up to a published distribution; see `wagefit.SalaryModel`, which makes profiles of them."""

    __slots__ = ("_anchor", "_cell", "_core", "_factors", "_interactions", "_notes")

    def __init__(
        self,
        anchor: Distribution,
        factors: Sequence[Factor],
        notes: Iterable[str] = (),
        interactions: Sequence[Interaction] = (),
        *,
        cell: Cell | None = None,
    ) -> None:
        self._anchor = anchor
        self._cell = cell
        self._factors = {factor.name: factor for factor in factors}
        self._notes = tuple(notes)
        self._interactions = tuple(interactions)
        pairs = core_interactions(self._interactions, self._factors)
        self._core = _core.SalaryModel(anchor.core, [factor.core for factor in factors], pairs)

    @property
    def anchor(self) -> Distribution:
        """The published distribution."""
        return self._anchor

    @property
    def cell(self) -> Cell | None:
        """The published row that the anchor was fitted to; None where the model was made without one."""
        return self._cell

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The factors with their levels, ratios, shares and sources."""
        return tuple(self._factors.values())

    @property
    def interactions(self) -> tuple[Interaction, ...]:
        """The interactions of two factors; none unless given."""
        return self._interactions

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader of the model's figures should know."""
        return self._notes

    @property
    def unit(self) -> str:
        """Unit of all pay."""
        return self._anchor.unit

    @property
    def calibration(self) -> _core.Calibration:
        """Effects, the residual's spread, and how well every level's mean is met (`margin_error`, on logs)."""
        return self._core.calibration

    @property
    def core(self) -> _core.SalaryModel:
        """The core's model."""
        return self._core

    def factor(self, name: str) -> Factor:
        """The factor called `name`, in any capitals; FactError naming those that there are, and why this one is not."""
        found = self._find(name)
        if found is None:
            known = ", ".join(map(repr, self._factors))
            reasons = (f"; {note.rstrip('.')}" for note in self._notes if note.startswith(f"{name}: "))
            raise FactError(f"factor is {name!r}; expected one of {known}{''.join(reasons)}")
        return found

    def _find(self, name: str) -> Factor | None:
        """The factor called `name`, in any capitals, with underscores for blanks; None where there is none."""
        wanted = column_name(name)
        same = (factor for each, factor in self._factors.items() if column_name(each) == wanted)
        return self._factors.get(name) or next(same, None)

    def population(self) -> Distribution:
        """The mixture of everyone in the workforce, computed as such: it has the anchor's mean and percentiles."""
        return Distribution(self._core.population(), self.unit)

    def _choice(self, factor: Factor, value: str | Number) -> str | float:
        try:
            return factor.choice(value)
        except FactError as error:
            raise FactError(f"{error}{absence(self._cell, factor.name, value)}") from None

    def choices(self, levels: Mapping[str, str | Number | None]) -> dict[str, str | float]:
        """Levels as the core knows them, in the order of the factors, without unknown ones; FactError where wrong."""
        given: dict[str, str | float] = {}
        for name, value in levels.items():
            if value is not None:
                factor = self.factor(name)
                given[factor.name] = self._choice(factor, value)
            elif (known := self._find(name)) is not None:
                given.pop(known.name, None)
        chosen = {name: given[name] for name in self._factors if name in given}
        self._core.standings(chosen)
        return chosen
