"""The rules by which careers go on: roles, moves, a person's start and rank, with what is assumed of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from wagefit import _core
from wagefit.careers.role import ASSUMPTION, SCORES, CareerMove, CareerRole
from wagefit.distributions.distribution import ANNUAL
from wagefit.errors import FactError
from wagefit.shared.arguments import as_count, as_number
from wagefit.shared.text import percent
from wagefit.shared.units import require_yearly

AnyCareer = TypeVar("AnyCareer", bound="CareerRules")


@dataclass(frozen=True)
class CareerRules:
    """The rules of a career; see `wagefit.Career`, which simulates them."""

    roles: tuple[CareerRole, ...]
    moves: tuple[CareerMove, ...]
    start: str
    experience: int = 0
    rank: float | None = None
    persistence: float = 0.9
    persistence_at_moves: float = 0.7
    growth: float = 0.0
    growth_source: str = ""
    persistence_source: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [role.name for role in self.roles]
        if len(set(names)) != len(names):
            raise FactError(f"roles has {', '.join(names)}; expected distinct names")
        units = list(dict.fromkeys(pay.unit for role in self.roles for pay in role.pay))
        if len(units) > 1:
            raise FactError(f"roles are paid in {', '.join(units)}; expected one unit")
        require_yearly("pay of the roles", self.unit)
        _ = self.plan()

    @property
    def unit(self) -> str:
        """Unit of all pay."""
        return next((pay.unit for role in self.roles for pay in role.pay), ANNUAL)

    @property
    def sources(self) -> tuple[str, ...]:
        """Every number with a source, in words."""
        found = [str(move) for move in self.moves if move.source]
        if self.growth_source:
            found.append(f"real pay grows by {percent(self.growth)} a year ({self.growth_source})")
        return tuple(found + ([f"rank's correlations: {self.persistence_source}"] if self.persistence_source else []))

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Everything without a source, in words."""
        return tuple(self._assumptions())

    def _assumptions(self) -> Iterator[str]:
        yield from (str(move) for move in self.moves if not move.source)
        if not self.persistence_source:
            yield (
                f"rank: correlation {self.persistence:g} from year to year in a role, {self.persistence_at_moves:g} at "
                f"a move ({ASSUMPTION})"
            )
        if not self.growth_source:
            yield f"real pay grows by {percent(self.growth)} a year ({ASSUMPTION})"
        yield from (f"{role.name}: {role.note}" for role in self.roles if role.note)
        yield from self.notes

    def replace(self: AnyCareer, **changes: Any) -> AnyCareer:
        """A career with other attributes, all else as it is."""
        return replace(self, **changes)

    def with_chance(self: AnyCareer, origin: str, destination: str, chance: float, *, source: str = "") -> AnyCareer:
        """A career with another chance of a move (a year, in [0, 1]), all else as it is; FactError if there is none."""
        found = [move for move in self.moves if (move.origin, move.destination) == (origin, destination)]
        if not found:
            known = ", ".join(f"{move.origin} to {move.destination}" for move in self.moves)
            raise FactError(f"the move {origin} to {destination} is unknown; expected one of {known}")
        changed = (replace(move, chance=chance, source=source) if move in found else move for move in self.moves)
        return replace(self, moves=tuple(changed))

    def plan(self) -> _core.CareerPlan:
        """The career as the core simulates it."""
        names = {role.name: i for i, role in enumerate(self.roles)}
        for what, name in self._named_roles():
            if name not in names:
                raise FactError(f"{what} is {name!r}; expected one of {', '.join(map(repr, names))}")
        if not as_number("growth", self.growth) > -1:
            raise FactError(f"growth is {self.growth:g}; expected a rate above -1")
        return _core.CareerPlan(
            roles=[(role.name, role.log_wages) for role in self.roles],
            first_score=float(SCORES[0]),
            score_step=float(SCORES[1] - SCORES[0]),
            transitions=[
                (names[m.origin], names[m.destination], as_number("chance", m.chance), as_count("after", m.after))
                for m in self.moves
            ],
            start_role=names[self.start],
            start_experience=as_count("experience", self.experience),
            start_score=_score(self.rank),
            persistence=as_number("persistence", self.persistence),
            persistence_at_moves=as_number("persistence_at_moves", self.persistence_at_moves),
            log_growth=math.log1p(self.growth),
        )

    def _named_roles(self) -> Iterator[tuple[str, str]]:
        yield "start", self.start
        for move in self.moves:
            yield "origin", move.origin
            yield "destination", move.destination

    def __repr__(self) -> str:
        head = f"<career from {self.start}: {', '.join(role.name for role in self.roles)}>"
        return "\n".join([head, *self.sources, "Assumed:", *(f"- {line}" for line in self.assumptions)])


def _score(rank: float | None) -> float:
    if rank is None:
        return math.nan
    if not 0 < as_number("rank", rank) < 1:
        raise FactError(f"rank is {rank:g}; expected a number inside (0, 1)")
    return float(_core.normal_quantile(rank))
