"""Any counts in brackets, made of bytes: `fit_brackets` refuses them in one sentence, or answers as a distribution."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

import wagefit as wf

MOST_BRACKETS = 9
EXACT = 1e-10  # what the library promises of every fact
SHARES = 1e-12  # Lorenz curves are sums of some hundred terms
P = np.array([1e-6, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1 - 1e-6])
SAMPLED = 64  # one input of so many has its interval checked, which takes fifty times as long


class Violation(Exception):
    """An answer that is none."""


@dataclass(frozen=True)
class BracketSet:
    """What `fit_brackets` is asked."""

    edges: np.ndarray
    counts: np.ndarray
    mean: float | None


class _Bytes:
    """Numbers from bytes; zeros once they are used up."""

    def __init__(self, data: bytes) -> None:
        self._rest = iter(data)

    def byte(self) -> int:
        return next(self._rest, 0)

    def part(self) -> float:
        return (256 * self.byte() + self.byte()) / 65_536

    def power(self, low: float, high: float) -> float:
        return float(10.0 ** (low + self.part() * (high - low)))


def _edge_after(edge: float, data: _Bytes) -> float:
    kind = data.byte()
    if kind < 200:
        return edge + 20_000.0 * (0.1 + data.part())
    if kind < 230:
        return edge * (1.0 + data.power(-9.0, 0.0))
    return edge * (1.0 + data.power(0.0, 4.0)) if kind < 253 else edge * data.part()


def _count(data: _Bytes) -> float:
    kind = data.byte()
    if kind < 150:
        return 1.0 + 10_000.0 * data.part()
    return 0.0 if kind < 225 else data.power(-6.0, 9.0)


def bracket_set(data: bytes) -> BracketSet:
    """The brackets that bytes stand for: such as agencies publish, most of them, with gaps and open ends."""
    source = _Bytes(data)
    counts = [_count(source) for _ in range(1 + source.byte() % MOST_BRACKETS)]
    start = source.power(-3.0, 9.0) if source.byte() > 230 else 20_000.0 * source.part()
    edges = [0.0 if source.byte() < 128 else start]
    for _ in counts:
        edges.append(_edge_after(edges[-1], source))
    if source.byte() < 160:
        edges[-1] = np.inf
    mean = _mean(np.array(edges), np.array(counts), source)
    return BracketSet(np.array(edges), np.array(counts), mean)


def _mean(edges: np.ndarray, counts: np.ndarray, data: _Bytes) -> float | None:
    """None, or a mean between those of everyone at the lower and at the upper edges, now and then beyond."""
    kind = data.byte()
    people = counts.sum()
    if kind < 100 or not people > 0:
        return None
    low = float(counts @ edges[:-1] / people)
    high = float(counts @ edges[1:] / people) if np.isfinite(edges[-1]) else 3.0 * low + 1e3
    part = data.part() if kind < 220 else data.power(-12.0, -1.0)
    return low + (part if kind < 240 else 1.0 - part) * (high - low) * (1.0 if kind < 250 else 1.5)


def check(data: bytes) -> None:
    """Raises Violation unless the brackets are refused in one sentence, or every answer about them is right."""
    asked = bracket_set(data)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            pay = wf.fit_brackets(asked.edges, asked.counts, asked.mean)
        except wf.FactError as error:
            _require(bool(str(error).strip()) and "\n" not in str(error), f"a refusal is one sentence: {error}", asked)
            return
        except wf.ConvergenceError:
            return
        _check_facts(pay, asked)
        _check_distribution(pay, asked)
        if sum(data) % SAMPLED == 0:
            _check_interval(pay, asked)


def _require(holds: Any, property_: str, asked: BracketSet) -> None:
    if not holds:
        raise Violation(f"{property_}: {asked!r}")


def _check_facts(pay: wf.Distribution, asked: BracketSet) -> None:
    shares = np.concatenate([[0.0], np.cumsum(asked.counts) / asked.counts.sum()])
    found = pay.cdf(np.where(np.isfinite(asked.edges), asked.edges, np.finfo(float).max))
    _require(np.all(np.abs(found - shares) <= EXACT), "every share is met", asked)
    if asked.mean is not None:
        _require(abs(pay.mean() - asked.mean) <= EXACT * asked.mean, f"the mean is met, not {pay.mean()!r}", asked)


def _check_distribution(pay: wf.Distribution, asked: BracketSet) -> None:
    wages = pay.ppf(P)
    occupied = np.flatnonzero(asked.counts)
    lower, upper = asked.edges[occupied[0]], asked.edges[occupied[-1] + 1]
    _require(pay.support() == (lower, upper), "the support is that of the occupied brackets", asked)
    _require(np.all(np.isfinite(wages)) and np.all(wages[1:] >= wages[:-1] * (1 - 1e-15)), "ppf rises", asked)
    _require(np.all((wages >= lower) & (wages <= upper)), "ppf is in the support", asked)
    _require(np.all(pay.pdf(wages) >= 0), "densities are numbers of at least 0", asked)
    _require(np.isfinite(pay.mean()) and pay.mean() > 0, f"the mean is a number, not {pay.mean()!r}", asked)
    _require(0 <= pay.gini() < 1, f"the Gini coefficient is in [0, 1), not {pay.gini()!r}", asked)
    lorenz = pay.lorenz(P)
    _require(np.all((lorenz <= P + SHARES) & (lorenz >= -SHARES)), "the Lorenz curve lies below the diagonal", asked)
    summaries = {"theil": pay.theil(), "atkinson": pay.atkinson(0.5), "std": pay.std()}
    for name, value in summaries.items():
        _require(value >= -SHARES, f"{name} is a number of at least 0, not {value!r}", asked)


def _check_interval(pay: wf.Distribution, asked: BracketSet) -> None:
    low, high = pay.credible("gini")
    _require(low <= pay.gini() <= high, f"the interval {low, high} of the Gini coefficient has it inside", asked)
