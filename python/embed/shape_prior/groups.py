"""Groups of people in the public microdata, by source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

PROBABILITIES = np.array([0.10, 0.25, 0.50, 0.75, 0.90])
LEAST_SIZE = 80  # people; smaller groups say little about anything but the middle
LARGEST_SHARE = 0.95  # of a source; a group beyond it is the source itself

Key = str | tuple[str, ...]


@dataclass(frozen=True)
class Groups:
    """Wages of groups of people.

    Attributes
    ----------
    source : (n,) array of str
        File the group comes from.
    wages : tuple of n arrays
        Each sorted, positive, in the unit of the source.
    """

    source: np.ndarray
    wages: tuple[np.ndarray, ...]

    @property
    def size(self) -> np.ndarray:
        """People in each group, shape (n,)."""
        return np.array([len(wages) for wages in self.wages])

    @property
    def mean(self) -> np.ndarray:
        """Mean wages, shape (n,)."""
        return np.array([wages.mean() for wages in self.wages])

    def quantiles(self, p: np.ndarray = PROBABILITIES) -> np.ndarray:
        """Sample quantiles (type 7), shape (n, len(p))."""
        return np.array([np.quantile(wages, p) for wages in self.wages])

    def subset(self, chosen: np.ndarray) -> Groups:
        """The groups where the mask `chosen` holds."""
        wages = tuple(wages for wages, is_chosen in zip(self.wages, chosen, strict=True) if is_chosen)
        return Groups(self.source[chosen], wages)


def read_groups(data: Path, least_size: int = LEAST_SIZE) -> Groups:
    """All groups of at least `least_size` people; one of those that hold the same people under two names."""
    found: dict[tuple[str, int, float], np.ndarray] = {}
    for source, read in SOURCES.items():
        for wages in read(data / "microdata"):
            if len(wages) >= least_size:
                found.setdefault((source, len(wages), round(float(wages.mean()), 6)), wages)
    return Groups(np.array([source for source, _, _ in found]), tuple(found.values()))


def _read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv.gz")


def _binned(values: pd.Series, edges: list[float]) -> pd.Series:
    """Number of the interval [edge, next edge) that each value lies in."""
    return pd.cut(values, edges, labels=False, right=False)


def _split(people: pd.DataFrame, wage: str, keys: Iterable[Key]) -> Iterator[np.ndarray]:
    """Sorted positive wages of every group that each of `keys` makes of `people`."""
    paid = people[np.isfinite(people[wage]) & (people[wage] > 0)]
    for key in keys:
        for _, group in paid.groupby([key] if isinstance(key, str) else list(key), observed=True):
            if len(group) < LARGEST_SHARE * len(paid):
                yield np.sort(group[wage].to_numpy(dtype=float))


def cps_1985(folder: Path) -> Iterator[np.ndarray]:
    """Hourly wages of the Current Population Survey, 1985."""
    people = _read(folder, "CPS1985_AER")
    people["school"] = _binned(people.education, [0, 12, 13, 16, 30])
    people["years"] = _binned(people.experience, [-9, 10, 20, 99])
    single = ("gender", "union", "school", "years", "region", "married", "occupation", "sector")
    pairs = [("gender", other) for other in ("union", "school", "years", "married", "region")]
    yield from _split(people, "wage", (*single, *pairs))


def cps_1988(folder: Path) -> Iterator[np.ndarray]:
    """Weekly wages of men, Current Population Survey, 1988; part-time workers apart."""
    people = _read(folder, "CPS1988_AER")
    people["school"] = _binned(people.education, [0, 9, 12, 13, 16, 17, 30])
    people["years"] = _binned(people.experience, [-9, 5, 10, 15, 20, 25, 30, 40, 99])
    full_time = [
        ("school", "years"),
        ("ethnicity", "school"),
        ("region", "school"),
        ("smsa", "school"),
        ("ethnicity", "years"),
    ]
    yield from _split(people[people.parttime == "no"], "wage", full_time)
    yield from _split(people[people.parttime == "yes"], "wage", ["school", "years"])


def cps_1992_2004(folder: Path) -> Iterator[np.ndarray]:
    """Average hourly earnings of full-time workers of 25 to 34 years, Current Population Survey, 1992 and 2004."""
    people = _read(folder, "CPSSW9204_AER")
    yield from _split(people, "earnings", [("year", "degree", "gender", "age"), ("year", "degree", "gender")])


def cps_2015(folder: Path) -> Iterator[np.ndarray]:
    """Hourly wages of single workers, Current Population Survey, 2015."""
    people = _read(folder, "cps2015_wage_occ_subsample_causalaibook")
    people["school"] = people.shs + 2 * people.hsg + 3 * people.scl + 4 * people.clg + 5 * people.ad
    people["years"] = _binned(people.exp1, [-1, 5, 10, 15, 20, 30, 99])
    people["region"] = people.mw + 2 * people.so + 3 * people.we
    keys = [
        "occ2",
        "ind2",
        ("sex", "school"),
        ("school", "years"),
        ("sex", "years"),
        ("school", "region"),
        ("sex", "region"),
    ]
    yield from _split(people, "wage", keys)


def cps_1991(folder: Path) -> Iterator[np.ndarray]:
    """Weekly earnings of husbands and hourly wages of wives, Current Population Survey, 1991."""
    couples = _read(folder, "cps91_wooldridge")
    couples["his_school"] = _binned(couples.huseduc, [0, 12, 13, 16, 30])
    couples["his_years"] = _binned(couples.husexp, [-9, 10, 20, 30, 99])
    couples["school"] = _binned(couples.educ, [0, 12, 13, 16, 30])
    couples["years"] = _binned(couples.exper, [-9, 10, 20, 30, 99])
    his = ["husunion", ("his_school", "his_years"), "his_school", "husblck", "hushisp", ("his_school", "husunion")]
    hers = ["union", ("school", "years"), "school", "black", "hispanic", ("school", "union")]
    yield from _split(couples[couples.husearns > 0], "husearns", his)
    yield from _split(couples[couples.earns > 0], "hrwage", hers)


def salary_survey(folder: Path) -> Iterator[np.ndarray]:
    """Annual salaries of full-time data professionals, 2017 to 2019; below 15,000 or above 600,000 typing errors."""
    people = _read(folder, "data_professional_salary_survey_ozar")
    people["salary"] = pd.to_numeric(people.salaryusd.astype(str).str.replace(",", ""), errors="coerce")
    people["years"] = _binned(pd.to_numeric(people.yearswiththistypeofjob, errors="coerce"), [0, 3, 6, 11, 16, 99])
    full_time = people[(people.employmentstatus == "Full time employee") & people.salary.between(15_000, 600_000)]
    at_home = full_time.country == "United States"
    by_year = ("jobtitle", "years", "education", "employmentsector", "managestaff", "certifications")
    keys = [("survey_year", key) for key in by_year] + [("years", "education")]
    yield from _split(full_time[at_home], "salary", keys)
    yield from _split(full_time[~at_home], "salary", ["country", ("survey_year", "jobtitle")])


def men_1983_85(folder: Path) -> Iterator[np.ndarray]:
    """Hourly wages of men, Current Population Survey, 1983 to 1985, unweighted."""
    people = _read(folder, "men8385")
    keys = [
        ("education", "experience"),
        ("union", "education"),
        ("union", "experience"),
        ("nonwhite", "education"),
        ("married", "experience"),
    ]
    yield from _split(people, "wage", keys)


def nlsy_2000(folder: Path) -> Iterator[np.ndarray]:
    """Hourly wages, National Longitudinal Survey of Youth, 2000."""
    people = _read(folder, "nlys00")
    people["score"] = _binned(people.afqt, [-1, 20, 40, 60, 80, 101])
    people["years"] = _binned(people.years_worked_civilian, [-1, 10, 14, 18, 99])
    pairs = [("female", key) for key in ("education", "score", "years", "region", "industry", "black", "hispanic")]
    yield from _split(people, "wage", [*pairs, ("education", "region"), "part_time"])


SOURCES: dict[str, Callable[[Path], Iterator[np.ndarray]]] = {
    "cps 1985": cps_1985,
    "cps 1988": cps_1988,
    "cps 1992/2004": cps_1992_2004,
    "cps 2015": cps_2015,
    "cps 1991": cps_1991,
    "salary survey": salary_survey,
    "men 1983-85": men_1983_85,
    "nlsy 2000": nlsy_2000,
}
