"""Any order of changing shares, pickling and asking a salary model keeps its promises."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import wagefit as wf
from wagefit import Factor, Level, SalaryModel

# The promise of the design. Measured: 1e-15.
POPULATION = 1e-9
# Quadrature and calibration leave 1e-12 on logs.
MARGIN = 1e-9
RATIOS = {"none": 1.0, "RHIT": 1.08, "RHIA": 1.25}
LEVELS = st.sampled_from(sorted(RATIOS))
SHARES = st.floats(0.02, 0.9)


def credential(shares: dict[str, float]) -> Factor:
    """A factor of three levels."""
    levels = [Level(name, "", ratio, 0.02, shares[name]) for name, ratio in RATIOS.items()]
    return Factor("credential", tuple(levels), baseline="none")


def place() -> Factor:
    """A factor of two levels, one with an unknown error."""
    levels = (Level("city", "", 1.1, 0.01, 0.6), Level("country", "", 0.95, None, 0.4))
    return Factor("place", levels, baseline="city")


class ModelMachine(RuleBasedStateMachine):
    """A model beside the shares that it must have."""

    def __init__(self) -> None:
        super().__init__()
        self.anchor = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.5: 40_350, 0.9: 66_260})
        self.shares = {"none": 0.5, "RHIT": 0.3, "RHIA": 0.2}
        self.model = SalaryModel(self.anchor, [credential(self.shares), place()])

    @rule(level=LEVELS, share=SHARES)
    def change_share(self, level: str, share: float) -> None:
        """Other levels keep their proportions, and the core's own way there gives the same model."""
        rest = 1.0 - self.shares[level]
        self.shares = {name: old * (1.0 - share) / rest for name, old in self.shares.items()} | {level: share}
        before = self.model
        self.model = SalaryModel(self.anchor, [credential(self.shares), place()])
        of_core = before.core.with_share("credential", level, share).pay({"credential": level})
        assert of_core.mean() == pytest.approx(self.model.profile(credential=level).pay.mean(), rel=MARGIN)

    @rule()
    def pickle(self) -> None:
        """The same bits come back."""
        other = pickle.loads(pickle.dumps(self.model))
        person, same = self.model.profile(credential="RHIA"), other.profile(credential="RHIA")
        assert same.pay.mean() == person.pay.mean()
        self.model = other

    @rule(level=LEVELS, points=st.floats(0.01, 0.2))
    def ask_sensitivity(self, level: str, points: float) -> None:
        """A change of a share is that between two models."""
        person = self.model.profile(credential="RHIT")
        (row,) = self.model.sensitivity(person, "credential", level, points=points)
        assert row.share == pytest.approx(self.shares[level], rel=1e-12)
        high = self.model.core.with_share("credential", level, row.high_share).pay({"credential": "RHIT"})
        assert row.high_change == pytest.approx(high.mean() - person.pay.mean(), rel=1e-9, abs=1e-6)

    @rule(level=LEVELS)
    def ask_credible(self, level: str) -> None:
        """An interval holds the mean, and is unknown where an error is."""
        low, high = self.model.profile(credential=level).pay.credible("mean")
        assert low <= self.model.profile(credential=level).pay.mean() <= high
        assert np.isnan(self.model.profile(credential=level, place="country").pay.credible("mean")).all()

    @rule(relative_error=st.floats(0.0, 0.1))
    def assume_errors(self, relative_error: float) -> None:
        """With every error assumed, no interval is unknown, and no mean moves."""
        assumed = self.model.with_assumed_errors(relative_error)
        pay = assumed.profile(place="country").pay
        assert np.isfinite(pay.credible("mean")).all()
        assert pay.mean() == pytest.approx(self.model.profile(place="country").pay.mean(), rel=MARGIN)

    @invariant()
    def population_is_the_anchor(self) -> None:
        assert self.model.population().mean() == pytest.approx(44_010, rel=POPULATION)
        assert self.model.population().ppf(0.9) == pytest.approx(66_260, rel=POPULATION)

    @invariant()
    def levels_have_their_means(self) -> None:
        """Ratios to the baseline, averages to the anchor."""
        means = {name: self.model.profile(credential=name).pay.mean() for name in RATIOS}
        for name, ratio in RATIOS.items():
            assert means[name] / means["none"] == pytest.approx(ratio, rel=MARGIN)
        assert sum(self.shares[name] * means[name] for name in RATIOS) == pytest.approx(44_010, rel=MARGIN)


TestModelMachine = ModelMachine.TestCase
TestModelMachine.settings = settings(max_examples=8, stateful_step_count=8)
