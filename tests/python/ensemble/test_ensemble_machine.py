"""Any order of selecting, scaling, saving, loading and mixing gives what each cell gives alone."""

from __future__ import annotations

import copy
import pickle
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import wagefit as wf

from ..many_cells import fit_all

P = np.array([0.05, 0.5, 0.9])
# Wages of scaled cells: a product more or less for each step.
SCALED = 1e-12
# Mixtures: the quantile function of a mixture is solved for.
MIXED = 1e-9


class EnsembleMachine(RuleBasedStateMachine):
    """An ensemble beside the list of what its cells must be: the number of the cell they come from, and a factor."""

    def __init__(self) -> None:
        super().__init__()
        self.origin = fit_all()
        self.cells = self.origin
        self.numbers = list(range(len(self.origin)))
        self.factor = 1.0

    def take(self, positions: list[int], cells: wf.Ensemble) -> None:
        self.cells = cells
        self.numbers = [self.numbers[i] for i in positions]

    @precondition(lambda self: len(self.numbers) > 1)
    @rule(data=st.data())
    def select_by_mask(self, data: st.DataObject) -> None:
        mask = data.draw(st.lists(st.booleans(), min_size=len(self.numbers), max_size=len(self.numbers)))
        self.take([i for i, kept in enumerate(mask) if kept], self.cells[np.array(mask)])

    @precondition(lambda self: self.numbers)
    @rule(data=st.data())
    def select_by_index(self, data: st.DataObject) -> None:
        """Cells may be repeated and reordered."""
        n = len(self.numbers)
        indices = data.draw(st.lists(st.integers(-n, n - 1), min_size=1, max_size=20))
        self.take([i % n for i in indices], self.cells[np.array(indices)])

    @rule(start=st.integers(0, 3), step=st.sampled_from([-1, 1, 2]))
    def select_by_slice(self, start: int, step: int) -> None:
        self.take(list(range(len(self.numbers)))[start::step], self.cells[start::step])

    @rule(k=st.floats(0.1, 10.0))
    def scale(self, k: float) -> None:
        if 1e-6 < self.factor * k < 1e6:
            self.cells, self.factor = self.cells.scale(k), self.factor * k

    @rule(suffix=st.sampled_from([".npz", ".parquet"]))
    def save_and_load(self, suffix: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"cells{suffix}"
            self.cells.save(path)
            self.replace_by_equal(wf.Ensemble.load(path))

    @rule(way=st.sampled_from([lambda x: pickle.loads(pickle.dumps(x)), copy.copy, copy.deepcopy]))
    def copy(self, way: Any) -> None:
        self.replace_by_equal(way(self.cells))

    def replace_by_equal(self, other: wf.Ensemble) -> None:
        assert other == self.cells
        np.testing.assert_array_equal(other.ppf(P), self.cells.ppf(P))
        self.cells = other

    @precondition(lambda self: any(self.origin.is_fitted[self.numbers]))
    @rule(x=st.floats(1e3, 1e6))
    def mix(self, x: float) -> None:
        """The distribution function of a mixture is the mean of those of its parts."""
        alone = [self.origin[i] for i in self.numbers if self.origin.is_fitted[i]]
        expected = np.mean([pay.cdf(x / self.factor) for pay in alone])
        np.testing.assert_allclose(self.cells.mixture().cdf(x), expected, rtol=MIXED, atol=1e-300)

    @precondition(lambda self: any(self.origin.is_fitted[self.numbers]))
    @rule(n_groups=st.integers(1, 3))
    def mix_groups(self, n_groups: int) -> None:
        """Means of groups are means of means, and cells without a distribution lower the coverage."""
        labels = np.arange(len(self.numbers)) % n_groups
        groups = self.cells.mixture(by=labels)
        fitted = self.origin.is_fitted[self.numbers]
        means = self.factor * self.origin.mean()[self.numbers]
        for key, mean, coverage in zip(groups.keys, groups.mean(), groups.coverage, strict=True):
            inside = labels == key
            np.testing.assert_allclose(coverage, fitted[inside].mean())
            if fitted[inside].any():
                np.testing.assert_allclose(mean, np.mean(means[inside & fitted]), rtol=MIXED)

    @invariant()
    def every_cell_is_its_own(self) -> None:
        assert len(self.cells) == len(self.numbers)
        np.testing.assert_array_equal(self.cells.status, self.origin.status[self.numbers])
        expected = self.factor * self.origin.ppf(P)[self.numbers]
        np.testing.assert_allclose(self.cells.ppf(P), expected, rtol=SCALED)

    @invariant()
    def a_cell_alone_is_the_same(self) -> None:
        for i in np.flatnonzero(self.cells.is_fitted)[:2]:
            np.testing.assert_allclose(self.cells[int(i)].ppf(P), self.cells.ppf(P)[i], rtol=SCALED)


def test_ensembles_of_no_cells_are_equal() -> None:
    cells = fit_all()
    nothing = cells[np.zeros(len(cells), dtype=bool)]
    assert nothing == pickle.loads(pickle.dumps(nothing))
    assert nothing != cells


TestEnsembleMachine = EnsembleMachine.TestCase
TestEnsembleMachine.settings = settings(max_examples=20, stateful_step_count=12)
