"""Draws the pictures of the documents, small enough to be kept in the repository.

Usage: python docs/images/make_images.py
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
from PIL import Image

from wagefit.report import make_report

FOLDER = Path(__file__).parent
COLORS = 64


def main() -> None:
    """Writes report.png with few colors, which a drawing does not miss."""
    mpl.use("agg")
    path = FOLDER / "report.png"
    make_report().save_picture(path)
    with Image.open(path) as picture:
        size = picture.width * 2 // 3, picture.height * 2 // 3
        small = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    flat = small.quantize(COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    flat.save(path, optimize=True)


if __name__ == "__main__":
    main()
