"""Careers: roles, the chances of moving between them, and pay year by year, simulated for many people at once."""

from __future__ import annotations

from typing import Literal, TypeAlias

from wagefit.careers import health_information, one_occupation
from wagefit.careers.outcome import CareerOutcome
from wagefit.careers.rules import CareerRules
from wagefit.careers.sensitivity import CareerSensitivity, career_sensitivity
from wagefit.careers.simulation import checked_simulation
from wagefit.errors import FactError
from wagefit.shared.arguments import as_number
from wagefit.shared.types import Number, Rng

HealthInformationRole: TypeAlias = Literal[
    "technician", "coder", "cancer registrar", "health information manager", "director"
]


class Career(CareerRules):
    """Rules by which careers go on, year by year. Immutable.

    A person's rank among people of the same role and experience has the normal score z, which moves from year to year
    as z' = r z + sqrt(1 - r^2) e: pay in a role keeps the role's distribution, and r says how far the well paid stay
    so.

    Attributes
    ----------
    roles : tuple of CareerRole
        With distinct names.
    moves : tuple of CareerMove
    start : str
        Role of the first year.
    experience : int
        Years of experience at the start; grows by one in each paid year, whatever the role.
    rank : float, optional
        Rank at the start, in (0, 1); drawn when None.
    persistence, persistence_at_moves : float
        r of a year in one role, and at a change of role, in [0, 1].
    growth : float
        Real growth of all pay, a year: 0.005 is half a percent.
    growth_source, persistence_source : str
        Empty: assumptions.
    notes : tuple of str
        What else is assumed.

    Raises
    ------
    FactError
        An unknown role, a chance outside [0, 1], chances that sum to more than one, a rank outside (0, 1).

    Examples
    --------
    >>> from wagefit.careers import CareerMove, CareerRole
    >>> entry = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.9: 66_260})
    >>> lead = wf.fit(mean=62_000, quantiles={0.1: 38_000, 0.9: 91_000})
    >>> roles = (CareerRole("coder", (entry,)), CareerRole("lead coder", (lead,)))
    >>> career = wf.Career(roles, (CareerMove("coder", "lead coder", 0.08, after=2),), start="coder")
    >>> outcome = career.simulate(years=10, n=2_000, rng=1)
    >>> outcome.role_shares[9].round(2)
    array([0.53, 0.47])
    """

    @classmethod
    def health_information(
        cls,
        *,
        start: HealthInformationRole = "technician",
        experience: int = 0,
        education: str | None = None,
        credential: str | None = "CCS",
        state: str | None = None,
        year: int | None = None,
        rank: float | None = None,
    ) -> Career:
        """Technician, coder, cancer registrar, health information manager, director.

        Parameters
        ----------
        start : {"technician", "coder", "cancer registrar", "health information manager", "director"}
            Role of the first year.
        experience : int
            Years in the field at the start.
        education, state : str, optional
            Levels of the embedded factors; None: averaged over the workforce. Education counts in the first two roles
            only.
        credential : str, optional
            Held from the role of coder on; technicians have none. It counts in that role only.
        year : int, optional
            Release of all pay; the newest when None (from 2021 on).
        rank : float, optional
            As in `Career`.

        Returns
        -------
        Career
            With every chance of moving marked as an assumption, since no public source gives any; real growth of pay
            from the occupation's own published means.

        Raises
        ------
        FactError
            An unknown role, level or year.

        Notes
        -----
        Technicians and coders are one occupation since May 2021, 29-2072: they differ here by the credential alone.
        Managers are 11-9111, all medical and health services managers; a director has no code of its own and is the
        part of 11-9111 above its 75th percentile.
        """
        release = health_information.release_year(year)
        growth, source = health_information.real_growth()
        return cls(
            roles=health_information.roles(release, education, credential, state),
            moves=health_information.moves(),
            start=start,
            experience=experience,
            rank=rank,
            growth=growth,
            growth_source=source,
            notes=health_information.notes(release, state),
        )

    @classmethod
    def in_occupation(
        cls,
        occupation: str,
        *,
        experience: int = 0,
        education: str | None = None,
        state: str | None = None,
        year: int | None = None,
        rank: float | None = None,
    ) -> Career:
        """A career that stays in one occupation, of any code or title.

        Parameters
        ----------
        occupation : str
            Code or title, such as ``"registered nurses"``.
        experience : int
            Years of experience at the start.
        education, state : str, optional
            Levels of the occupation's salary model; averaged over the workforce when None.
        year : int, optional
            Release of the pay; the newest that has the occupation when None.
        rank : float, optional
            As in `Career`.

        Returns
        -------
        Career
            Of one role. Pay by experience is that of `SalaryModel.for_occupation`, a proxy; real growth is none, an
            assumption.

        Raises
        ------
        FactError
            There is no such occupation, level or year; or the occupation is published by the hour alone.

        Examples
        --------
        >>> nurses = wf.Career.in_occupation("registered nurses", state="NJ", year=2025)
        >>> nurses.start, len(nurses.moves)
        ('Registered Nurses', 0)
        """
        model = one_occupation.model_of_occupation(occupation, year)
        role = one_occupation.role_of(model, {"education": education, "state": state})
        return cls((role,), (), role.name, experience=experience, rank=rank, notes=one_occupation.notes_of(model))

    def simulate(
        self, years: int = 30, n: int = 100_000, *, rng: Rng = 0, discount: Number = 0.03, n_threads: int = 0
    ) -> CareerOutcome:
        """Simulates careers.

        Parameters
        ----------
        years : int
            Length, 1 to 120.
        n : int
            People. A million careers of thirty years take a few seconds on one core.
        rng : int, numpy.random.Generator or None
            Equal seeds give equal people, whatever the number of threads, of years, or of people after them.
        discount : float
            Real rate a year at which lifetime pay is discounted to the start.
        n_threads : int
            0: one for each processor.

        Returns
        -------
        wagefit.careers.CareerOutcome

        Raises
        ------
        FactError
            A number is out of range.
        """
        simulation = checked_simulation(years, n, rng, discount, n_threads)
        plan = self.plan()
        return CareerOutcome(self, simulation.of(plan), plan, simulation)

    def sensitivity(
        self,
        years: int = 30,
        n: int = 50_000,
        *,
        rng: Rng = 0,
        discount: Number = 0.03,
        change: Number = 0.5,
        n_threads: int = 0,
    ) -> tuple[CareerSensitivity, ...]:
        """What other values of each chance, of the growth and of the persistence would change.

        Parameters
        ----------
        years, n, rng, discount, n_threads
            As in `simulate`; every row is simulated with the same random numbers.
        change : float
            Part by which a chance is moved down and up (the up side no further than the chances of a role allow);
            growth moves by half a percentage point, persistence by 0.1.

        Returns
        -------
        tuple of wagefit.careers.CareerSensitivity

        Raises
        ------
        FactError
            A number is out of range.
        """
        step = as_number("change", change)
        if not 0 < step <= 1:
            raise FactError(f"change is {step:g}; expected a part in (0, 1]")
        return career_sensitivity(self, checked_simulation(years, n, rng, discount, n_threads), step)
