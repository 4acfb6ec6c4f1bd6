"""The density of a wage distribution as a picture in SVG, with nothing but the standard library."""

from __future__ import annotations

import numpy as np

from wagefit.distributions.distribution import Distribution
from wagefit.shared.text import dollars

WIDTH, HEIGHT = 720, 300
TOP, BOTTOM = 30, 256
N_BINS = 240
EDGES = (0.002, 0.994)  # probabilities at the left and right end of the picture


def draw_density(pay: Distribution, marked: tuple[float, ...]) -> str:
    """An ``<svg>`` element: density, a line and its wage at each of the `marked` percentiles."""
    low, high = pay.ppf(np.array(EDGES))
    edges = np.linspace(low, high, N_BINS + 1)
    shares = np.diff(pay.cdf(edges))  # shares are finite even where the density is not
    x = WIDTH * (np.arange(N_BINS) + 0.5) / N_BINS
    y = BOTTOM - (BOTTOM - TOP - 12) * shares / shares.max()
    curve = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    scale = WIDTH / (high - low)
    wages = pay.ppf(np.array(marked)).tolist()
    marks = "".join(_mark(p, wages[i], scale * (wages[i] - low), i % 2, pay.unit) for i, p in enumerate(marked))
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="Density of pay">'
        f'<polygon class="area" points="0,{BOTTOM} {curve} {WIDTH},{BOTTOM}"/>'
        f'<polyline class="curve" points="{curve}"/>{marks}'
        f'<line class="axis" x1="0" x2="{WIDTH}" y1="{BOTTOM}" y2="{BOTTOM}"/></svg>'
    )


def _mark(p: float, wage: float, x: float, row: int, unit: str) -> str:
    """A percentile's line, label and wage; wages stand in two rows in turn, since neighbors may be close."""
    label = f'<text x="{x:.1f}" y="{TOP - 12}">P{100 * p:g}</text>'
    figure = f'<text class="figure" x="{x:.1f}" y="{BOTTOM + 17 + 15 * row}">{dollars(wage, unit)}</text>'
    return f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{BOTTOM}"/>{label}{figure}'
