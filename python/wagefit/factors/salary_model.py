"""The salary-factor model: pay as a product of factors that adds up to a published distribution.

A person's log-wage index is the sum of the log effects of her levels and a normal residual. Her wage is what the
anchor, a published distribution, pays at her rank in the workforce; effects are solved so that every level's mean pay
is the published one. All figures are associations, not causes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from wagefit.distributions.distribution import Distribution
from wagefit.errors import FactError
from wagefit.factors.factor import Factor
from wagefit.factors.for_occupation import OccupationModel
from wagefit.factors.health_information import HealthInformationModel
from wagefit.factors.interactions import Interaction
from wagefit.factors.model_notes import error_notes
from wagefit.factors.profile import Comparison, Profile, compare
from wagefit.factors.ranking import NearProfile, Rank, nearest, rank
from wagefit.factors.sensitivity import Sensitivity, share_sensitivity
from wagefit.factors.stored_model import StoredModel
from wagefit.oews import Cell
from wagefit.shared.arguments import as_number
from wagefit.shared.types import Number


class SalaryModel(HealthInformationModel, OccupationModel, StoredModel):
    """Pay as a product of factors, calibrated so that the workforce has exactly the anchor's distribution.

    Parameters
    ----------
    anchor : Distribution
        The published distribution that the model reproduces when averaged over the workforce.
    factors : sequence of Factor
        At least one, with distinct names. Their shares are taken as independent of one another, unless an interaction
        gives those of pairs.
    notes : iterable of str
        What the reader of the model's figures should know.
    interactions : sequence of Interaction
        Each between two of the factors; a factor may be in one of them only, be it for ratios or for shares.
    cell : Cell, optional
        The published row that the anchor was fitted to; profiles then show what its release publishes for their place.

    Raises
    ------
    FactError
        A ratio, error or share is meaningless.
    InfeasibleError
        A level's mean pay is beyond what the anchor pays to any part of that size, or the level means together vary
        more than the anchor.
    ConvergenceError
        The calibration did not meet every level's mean.

    Examples
    --------
    >>> anchor = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.5: 40_350, 0.9: 66_260})
    >>> levels = (wf.Level("RHIT", "RHIT", 1.08, 0.02, share=0.3), wf.Level("none", "none", 1.0, None, share=0.7))
    >>> credential = wf.Factor("credential", levels)
    >>> model = wf.SalaryModel(anchor, [credential])
    >>> person = model.profile(credential="RHIT")
    >>> round(person.pay.mean())
    46417
    >>> round(model.population().mean())
    44010
    """

    __slots__ = ()

    def with_interactions(self, *interactions: Interaction) -> SalaryModel:
        """The model with `interactions`, calibrated again."""
        return SalaryModel(self._anchor, self.factors, self._notes, interactions, cell=self._cell)

    def with_assumed_errors(self, relative_error: Number) -> SalaryModel:
        """The model with a standard error of every ratio: where no source gives one, a part of the ratio.

        Without it the intervals of a profile's pay are unknown as soon as one of its levels has an unknown error.

        Parameters
        ----------
        relative_error : float
            Error assumed over the ratio, at least 0, such as 0.03: three percent.

        Returns
        -------
        SalaryModel
            `notes` name the factors for which the error is assumed.

        Raises
        ------
        FactError
            `relative_error` is no finite number of at least 0.

        Examples
        --------
        >>> model = wf.SalaryModel.health_information()
        >>> model.profile(state="NJ").pay.credible("mean")
        (nan, nan)
        >>> low, high = model.with_assumed_errors(0.03).profile(state="NJ").pay.credible("mean")
        >>> low < model.profile(state="NJ").pay.mean() < high
        True
        """
        error = as_number("relative_error", relative_error)
        if not (error >= 0 and math.isfinite(error)):
            raise FactError(f"relative_error is {error:g}; expected a finite number of at least 0")
        factors = [factor.with_assumed_errors(error) for factor in self.factors]
        pairs = [interaction.with_assumed_errors(error) for interaction in self._interactions]
        notes = (*self._notes, *error_notes(error, factors, pairs))
        return SalaryModel(self._anchor, factors, notes, pairs, cell=self._cell)

    def profile(self, **levels: str | Number | None) -> Profile:
        """A person, or everyone with these levels.

        Parameters
        ----------
        **levels
            Factor names with a level (by name or label, in any case) or, for a continuous factor, an amount. A factor
            left out, or None, is unknown and averaged over the workforce; ``"none"`` is a level.

        Raises
        ------
        FactError
            An unknown factor or level, naming the known ones; a negative amount.
        """
        return Profile(self, self.choices(levels))

    def compare(self, person: Profile, other: Profile) -> Comparison:
        """What separates the mean pay of two profiles of this model, factor by factor, with `other` as the baseline.

        Parameters
        ----------
        person, other : Profile
            Both made by this model.

        Returns
        -------
        Comparison

        Raises
        ------
        FactError
            A profile is another model's.
        """
        for name, profile in (("person", person), ("other", other)):
            if profile.model is not self:
                raise FactError(f"{name} is a profile of another model; expected one made by this model's profile()")
        return compare(person, other)

    def rank(self, person: Profile, wage: Number, level: float = 0.9) -> Rank:
        """Where a wage stands among people like `person` and in the whole occupation.

        Parameters
        ----------
        person : Profile
        wage : float
            In the unit of the model, above 0.
        level : float
            Of the interval, inside (0, 1).

        Returns
        -------
        wagefit.factors.Rank

        Raises
        ------
        FactError
            If `wage` is not above 0, or `level` outside (0, 1).
        """
        return rank(person, wage, level)

    def nearest(
        self, person: Profile, wage: Number, n: int = 5, *, factors: Sequence[str] | None = None, changes: int = 2
    ) -> tuple[NearProfile, ...]:
        """The profiles whose median pay is nearest to a target, with one or a few levels changed.

        Parameters
        ----------
        person : Profile
            Where to start from.
        wage : float
            Target, in the unit of the model.
        n : int
            Profiles wanted.
        factors : sequence of str, optional
            What may change; every factor when None.
        changes : int
            At most so many factors change at a time, 1 or more.

        Returns
        -------
        tuple of wagefit.factors.NearProfile
            Nearest first; of two equally near the one with fewer changes. Experience only rises. Of levels with the
            same ratio only the first is named.

        Raises
        ------
        FactError
            An unknown factor; a wage not above 0.

        Notes
        -----
        Candidates are sorted by the product of ratios; the pay of the nearest is then computed exactly. Association,
        not cause: these are other people who are paid so, not steps that would lead there.
        """
        return nearest(person, wage, n, factors=factors, changes=changes)

    def sensitivity(
        self, person: Profile, factor: str | None = None, level: str | Number | None = None, *, points: Number = 0.10
    ) -> tuple[Sensitivity, ...]:
        """What a share that is `points` lower or higher would change in a profile's mean pay.

        Parameters
        ----------
        person : Profile
        factor : str, optional
            Only this factor; every level whose share is an assumption when None.
        level : str or float, optional
            Only this level of it, by name or label in any case, or this knot, by its name or amount.
        points : float
            Between 0 and 1; 0.10 moves a share of 0.30 to 0.20 and to 0.40. Shares stay within [0, 1], and the factor's
            other levels keep their proportions.

        Raises
        ------
        FactError
            An unknown factor or level, naming the known ones; `points` outside (0, 1); a level that everybody is at.
        """
        return share_sensitivity(person, factor, level, points)

    def __repr__(self) -> str:
        return f"<salary model of {len(self._factors)} factors ({', '.join(self._factors)}) on {self._anchor!r}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self._anchor, self.factors, self._notes, self._interactions, self._cell)


def _rebuilt(
    anchor: Distribution,
    factors: Sequence[Factor],
    notes: Sequence[str],
    interactions: Sequence[Interaction],
    cell: Cell | None,
) -> SalaryModel:
    """The model that was pickled."""
    return SalaryModel(anchor, factors, notes, interactions, cell=cell)
