"""Writes the inputs from which the fuzzers of facts and brackets start, as byte_source.hpp reads them."""

from __future__ import annotations

from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"

# First bytes of the kinds of numbers that byte_source.hpp tells apart, each followed by the two bytes of its part.
LITTLE_MORE, TINY_MORE, MUCH_MORE, LESS = 100, 200, 225, 240
TIE = 0
ANY_BITS = 255
PUBLISHED = {0.10: 1, 0.25: 4, 0.50: 9, 0.75: 14, 0.90: 17}
MEAN, SUPPORT, BOUND, MEAN_BOUND = 32, 30, 1, 192


def quantiles(*kinds: int) -> bytes:
    """As many of the published percentiles as there are kinds of steps between wages."""
    wages = b"".join(bytes([kind] if kind == TIE else [kind, 170, 7 * i]) for i, kind in enumerate(kinds))
    return bytes([len(kinds), *list(PUBLISHED.values())[: len(kinds)], 0]) + wages


def facts() -> dict[str, bytes]:
    """Five percentiles with what stands beside them."""
    five = b"\0" + quantiles(*[LITTLE_MORE] * 5)
    inside = bytes([0, 140, 0])
    return {
        "percentiles": five + bytes([0]),
        "percentiles_and_mean": five + bytes([MEAN]) + inside,
        "support": five + bytes([MEAN | SUPPORT, 0, 200, 0, MUCH_MORE, 10, 10]) + inside,
        "mean_near_its_end": five + bytes([MEAN, 210, 20, 0]),
        "ties": b"\0" + quantiles(LITTLE_MORE, TIE, TINY_MORE, TINY_MORE, MUCH_MORE) + bytes([MEAN]) + inside,
        "top_code": b"\0" + quantiles(*[LITTLE_MORE] * 3) + bytes([BOUND, 1, 17, 0, LITTLE_MORE, 255, 0]),
        "mean_above_top_code": five + bytes([MEAN_BOUND]) + inside,
        "one_quantile_and_mean": b"\0" + quantiles(LITTLE_MORE) + bytes([MEAN]) + inside,
        "falling": b"\0" + quantiles(LITTLE_MORE, LESS) + bytes([MEAN]) + inside,
        "any_bits": b"\xff\x80\0" + quantiles(LITTLE_MORE, LITTLE_MORE) + bytes([MEAN, ANY_BITS, *range(8)]),
    }


def brackets() -> dict[str, bytes]:
    """Each family, and the curve, through five brackets."""
    bracket = bytes([100, 60, 0, LITTLE_MORE, 200, 0])
    five = bytes([4, 0, 0]) + 5 * bracket
    families = {f"family_{i}": bytes([i, 0]) + five for i in range(7)}
    gap = bytes([4, 0, 0]) + 2 * bracket + bytes([210, LITTLE_MORE, 200, 0]) + 2 * bracket
    curves = {"curve": bytes([0, 200]) + five, "bounded_curve": bytes([0, 200]) + five + b"\xff"}
    return families | curves | {"gap": bytes([6, 0]) + gap}


def main() -> None:
    """Writes a folder for each target."""
    for target, inputs in {"facts": facts(), "brackets": brackets()}.items():
        folder = CORPUS / target
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in inputs.items():
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
