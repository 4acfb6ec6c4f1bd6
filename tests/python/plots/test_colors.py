"""Colors that must be told apart stay apart for the color-blind and in gray."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from wagefit.plots.fan import BANDS
from wagefit.plots.figures import ACCENT, GAIN, INK, SHADE

# Machado, Oliveira and Fernandes (2009), severity 1.0: what is left of linear red, green and blue.
SIGHTS = {
    "all colors": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = XYZ.sum(axis=1)
APART = 20.0  # in CIELAB; 2.3 is a just noticeable difference


def lab(color: str, sight: np.ndarray) -> np.ndarray:
    """CIELAB coordinates of a color as it is seen."""
    srgb = np.array(to_rgb(color))
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    xyz = XYZ @ np.clip(sight @ linear, 0.0, 1.0) / WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", SIGHTS)
def test_colors_stay_apart(sight: str) -> None:
    """Ink, gain, loss, shade and paper; each band of roles and the next."""
    pairs = [*itertools.combinations((INK, GAIN, ACCENT, SHADE, "white"), 2), *itertools.pairwise(BANDS)]
    seen = {pair: np.linalg.norm(lab(pair[0], SIGHTS[sight]) - lab(pair[1], SIGHTS[sight])) for pair in pairs}
    assert {pair: round(float(far), 1) for pair, far in seen.items() if far < APART} == {}


def test_bands_differ_in_darkness() -> None:
    """Which a print in gray shows."""
    darkness = [lab(band, np.eye(3))[0] for band in BANDS]
    assert np.abs(np.diff(darkness)).min() > 15.0
