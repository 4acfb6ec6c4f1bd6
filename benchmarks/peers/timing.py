"""Times of tasks, the least of several runs."""

from __future__ import annotations

import time
from collections.abc import Callable

REPEATS = 7
ENOUGH = 2.0  # seconds of a run after which no further one is made


def least_seconds(*tasks: Callable[[], object]) -> tuple[float, ...]:
    """Seconds of the fastest run of each task; the tasks take turns, so that a busy machine slows all alike."""
    least = [float("inf")] * len(tasks)
    for _ in range(REPEATS):
        for i, task in enumerate(tasks):
            start = time.perf_counter()
            task()
            least[i] = min(least[i], time.perf_counter() - start)
        if sum(least) > ENOUGH:
            break
    return tuple(least)
