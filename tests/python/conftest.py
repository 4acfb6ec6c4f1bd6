"""Settings of every Python test."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Examples are the same in every run, so that a failure can be repeated; no deadline, since machines differ in speed.
settings.register_profile(
    "wagefit", derandomize=True, deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("wagefit")
