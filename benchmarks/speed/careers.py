"""Times of simulated careers beside a careful NumPy simulation of the same rules."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

import wagefit as wf
from wagefit.careers.role import SCORES

PEOPLE, YEARS = 1_000_000, 30


def simulate_in_numpy(career: wf.Career, n: int, years: int) -> tuple[np.ndarray, np.ndarray]:
    """Percentiles by year and lifetime pay: all people at once, year after year."""
    rng = np.random.default_rng(0)
    names = [role.name for role in career.roles]
    tables = log_wage_tables(career)
    moves = [(names.index(m.origin), names.index(m.destination), m.chance, m.after) for m in career.moves]
    role = np.full(n, names.index(career.start))
    tenure, score, lifetime = np.zeros(n, int), rng.standard_normal(n), np.zeros(n)
    wages = np.empty((years, 5))
    for year in range(years):
        pay, paid = pay_of(tables[:, min(year, tables.shape[1] - 1)], role, score)
        pay *= (1 + career.growth) ** year
        lifetime += pay
        wages[year] = np.quantile(pay[paid], [0.1, 0.25, 0.5, 0.75, 0.9])
        after = role_after(moves, role, tenure, rng.random(n))
        moved = after != role
        rho = np.where(moved, career.persistence_at_moves, career.persistence)
        score = rho * score + np.sqrt(1 - rho**2) * rng.standard_normal(n)
        tenure, role = np.where(moved, 0, tenure + 1), after
    return wages, lifetime


def log_wage_tables(career: wf.Career) -> np.ndarray:
    """Log pay by role, years of experience and normal score; -inf without pay."""
    last = max(len(role.pay) for role in career.roles)
    tables = np.full((len(career.roles), last, len(SCORES)), -np.inf)
    for i, role in enumerate(career.roles):
        if role.log_wages is not None:
            tables[i, : len(role.pay)] = role.log_wages
            tables[i, len(role.pay) :] = role.log_wages[-1]
    return tables


def pay_of(table: np.ndarray, role: np.ndarray, score: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pay of each person, 0 without, and whether there is any."""
    position = np.clip((score - SCORES[0]) / (SCORES[1] - SCORES[0]), 0, len(SCORES) - 1.000001)
    column = position.astype(int)
    part = position - column
    low, high = table[role, column], table[role, column + 1]
    paid = np.isfinite(low)
    with np.errstate(invalid="ignore"):  # tables of unpaid roles hold -inf
        logs = np.where(paid, low + part * (high - low), 0.0)
    return np.where(paid, np.exp(logs), 0.0), paid


def role_after(
    moves: list[tuple[int, int, float, int]], role: np.ndarray, tenure: np.ndarray, left: np.ndarray
) -> np.ndarray:
    """Role in the next year; `left` are uniform numbers, from which the chances of the moves are taken in turn."""
    after, open_ = role.copy(), np.ones(len(role), bool)
    for origin, destination, chance, wait in moves:
        candidates = open_ & (role == origin) & (tenure + 1 >= wait)
        taken = candidates & (left < chance)
        after[taken], open_ = destination, open_ & ~taken
        left[candidates & ~taken] -= chance
    return after


def once(task: Callable[[], object]) -> float:
    """Seconds of one run; each takes long enough."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def main() -> None:
    """Prints the table."""
    career = wf.Career.health_information()
    _ = [role.log_wages for role in career.roles]
    one = min(once(lambda: career.simulate(YEARS, PEOPLE, n_threads=1)) for _ in range(3))
    two = min(once(lambda: career.simulate(YEARS, PEOPLE, n_threads=2)) for _ in range(3))
    peer = once(lambda: simulate_in_numpy(career, PEOPLE, YEARS))
    print(f"\n{'seconds':44}{'wagefit':>12}{'NumPy':>12}{'ratio':>10}")
    print(f"{'a million careers of 30 years':44}{one:12.2f}{peer:12.2f}{one / peer:10.2f}")
    print(f"{'a million careers on two threads':44}{two:12.2f}{peer:12.2f}{two / peer:10.2f}")
    ours, theirs = career.simulate(YEARS, 200_000), simulate_in_numpy(career, 200_000, YEARS)
    # Two samples of 200,000, a quarter of them at work in the end: percentiles within two percent.
    assert np.allclose(ours.percentiles(), theirs[0], rtol=0.02)


if __name__ == "__main__":
    main()
