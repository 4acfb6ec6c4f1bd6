"""One rule of seeds: whatever draws, the same `rng` gives the same stream."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import wagefit as wf
from wagefit.shared.streams import WORD, row_key, stream_key

PAY = wf.fit(mean=44_010, quantiles={0.1: 26_550, 0.5: 40_350, 0.9: 66_260})


def test_a_seed_is_a_key_and_a_generator_moves_on() -> None:
    assert stream_key(5) == stream_key(np.random.default_rng(5)) == stream_key(np.int64(5))
    assert stream_key(5) != stream_key(6)
    rng = np.random.default_rng(5)
    assert stream_key(rng) != stream_key(rng)
    assert stream_key(None) != stream_key(None)


def test_row_zero_has_the_key_itself() -> None:
    key = stream_key(5)
    keys = [row_key(key, i) for i in range(1_000)]
    assert keys[0] == key
    assert len(set(keys)) == 1_000
    assert all(0 <= low < WORD for _, low in keys)


def test_python_and_the_core_take_the_same_step_between_rows() -> None:
    """Row i of an ensemble in the core is a lone draw with the key of row i."""
    cells = wf.fit_many(mean=[44_010] * 4, quantiles={0.1: [26_550] * 4, 0.5: [40_350] * 4, 0.9: [66_260] * 4})
    drawn = cells.rvs(7, rng=9)
    for i in range(4):
        np.testing.assert_array_equal(drawn[i], PAY.core.sample(row_key(stream_key(9), i), 7, 1))


def test_uniform_ranks_of_row_zero_are_the_streams() -> None:
    """A seed gives the same ranks whatever is drawn from."""
    other = wf.fit(mean=60_000, quantiles={0.9: 100_000}, family="lognormal")
    np.testing.assert_allclose(PAY.cdf(PAY.rvs(100, rng=2)), other.cdf(other.rvs(100, rng=2)), rtol=1e-12)


@pytest.mark.parametrize("rng", [-1, "seed", 1.5, object()])
@pytest.mark.parametrize("call", ["rvs", "posterior_draws", "credible"])
def test_what_is_no_seed_is_refused(call: str, rng: Any) -> None:
    arguments = {"rvs": (3,), "posterior_draws": (3,), "credible": ("gini",)}[call]
    with pytest.raises(wf.FactError, match=r"rng is .*; expected a whole number of at least 0, a numpy"):
        getattr(PAY, call)(*arguments, rng=rng)
