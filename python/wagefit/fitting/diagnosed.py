"""A fitted distribution together with how it met its facts."""

from __future__ import annotations

import numpy as np

from wagefit import _core
from wagefit.distributions.diagnostics import Diagnostics, FamilyEstimate
from wagefit.distributions.distribution import Distribution
from wagefit.facts.facts import Facts


def diagnosed(
    core: _core.Distribution,
    facts: Facts,
    family: str,
    status: str,
    reason: str,
    binding: tuple[tuple[float, float], ...] = (),
    notes: tuple[str, ...] = (),
    estimate: FamilyEstimate | None = None,
) -> Distribution:
    """The distribution `core` with its diagnostics: each fact beside what the distribution makes of it."""
    published: dict[float | str, float] = dict(facts.quantiles)
    reproduced: dict[float | str, float] = dict(
        zip(published, core.ppf(np.array(list(published), dtype=float)).tolist(), strict=True)
    )
    if facts.mean is not None:
        published["mean"], reproduced["mean"] = facts.mean, core.mean()
    residuals = {key: reproduced[key] / value - 1.0 for key, value in published.items()}
    return Distribution(
        core, facts.unit, Diagnostics(facts, family, status, reason, reproduced, residuals, binding, notes, estimate)
    )
