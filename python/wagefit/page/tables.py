"""What the page's JavaScript computes with: a salary model as plain tables of numbers and texts."""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from wagefit import _core
from wagefit.distributions.distribution import Distribution
from wagefit.distributions.posterior import DRAWS, Posterior
from wagefit.errors import FactError
from wagefit.factors.calibrated_model import CalibratedModel
from wagefit.factors.factor import Factor
from wagefit.factors.interactions import Interaction
from wagefit.factors.level import Level
from wagefit.shared.arguments import FloatArray
from wagefit.shared.streams import stream_key
from wagefit.shared.text import decimals_of, with_year
from wagefit.shared.units import in_words, sign_of

ROUNDING = 1e-10  # relative difference from what the wages alone give, up to which a slope is left out

Table = dict[str, Any]


def model_tables(model: CalibratedModel) -> Table:
    """Everything that the page needs of a model; FactError unless its anchor is a curve.

    Parameters
    ----------
    model : CalibratedModel

    Returns
    -------
    dict
        Plain data for `json.dumps`; wages in the model's unit.
    """
    calibration, cited = model.calibration, Cited()
    return pay_tables(model.anchor) | {
        "residualSpread": calibration.residual_spread,
        "effects": calibration.effects,
        "factors": [_factor(factor, cited) for factor in model.factors],
        "interactions": [_interaction(pair, model.factors, cited) for pair in model.interactions],
        "sources": cited.texts,
    }


def require_curve(pay: Distribution) -> _core.Curve:
    """The curve of a distribution; FactError where it is another."""
    if not isinstance(pay.core, _core.Curve):
        raise FactError(f"the pay is a {pay.name}; expected a curve, as wagefit.fit makes it of published figures")
    return pay.core


def pay_tables(pay: Distribution) -> Table:
    """The tables of a distribution without factors: everyone's pay alone."""
    return {
        "anchor": _knots(require_curve(pay)),
        "anchorMean": pay.mean(),
        "money": {
            "sign": sign_of(pay.unit),
            "decimals": decimals_of(pay.unit),
            "words": in_words(pay.unit),
        },
        "draws": _draws(pay.posterior),
        "residualSpread": 1.0,
        "effects": [],
        "factors": [],
        "interactions": [],
        "sources": [],
    }


def _knots(curve: _core.Curve) -> Table:
    lower, upper = curve.support()
    return {
        "z": curve.z.tolist(),
        "wage": curve.wage.tolist(),
        "left": curve.slope_left.tolist(),
        "right": curve.slope_right.tolist(),
        "lower": lower,
        "upper": upper if math.isfinite(upper) else None,
    }


class Cited:
    """What is said of sources, each text once."""

    def __init__(self) -> None:
        self._positions: dict[str, int] = {}

    def position(self, text: str) -> int:
        """Where a text stands among `texts`."""
        return self._positions.setdefault(text, len(self._positions))

    @property
    def texts(self) -> list[str]:
        """All texts in the order in which they were first cited."""
        return list(self._positions)


def _sentences(of: Level | Interaction) -> str:
    """Where a ratio comes from, who was measured, and what to know of it."""
    proxy = "A proxy: measured on other people or another level than the name says" if of.is_proxy else ""
    parts = (with_year(of.source, of.year) if of.source else "", of.population, proxy, of.note)
    return " ".join(f"{part.rstrip('.')}." for part in parts if part) or "No source is given."


def _factor(factor: Factor, cited: Cited) -> Table:
    return {
        "name": factor.name,
        "unit": factor.unit,
        "baseline": factor.baseline,
        "isContinuous": factor.is_continuous,
        "scale": factor.scale,
        "errsTogether": factor.errs_together,
        "levels": [
            {
                "name": level.name,
                "label": level.label,
                "ratio": level.ratio,
                "error": level.standard_error,
                "share": level.share,
                "at": level.at,
                "isProxy": level.is_proxy,
                "errorIsAssumed": level.error_is_assumed,
                "cited": cited.position(_sentences(level)),
            }
            for level in factor.levels
        ],
    }


def _interaction(pair: Interaction, factors: Sequence[Factor], cited: Cited) -> Table:
    first, second, ratio, error, share = pair.core({factor.name: factor for factor in factors})
    return {
        "first": first,
        "second": second,
        "name": pair.name,
        "ratio": ratio.tolist(),
        "error": [[None if math.isnan(each) else each for each in row] for row in error.tolist()],
        "share": share.tolist(),
        "errorIsAssumed": pair.errors_are_assumed,
        "cited": cited.position(_sentences(pair)),
    }


def _draws(posterior: Posterior | None) -> Table:
    """The draws behind the intervals: those of `Distribution.credible`, whose seed is 0 unless asked otherwise.

    `normals` are the standard normal draws behind the ratios' error; `layouts` the drawn curves, None where nothing
    says how uncertain the anchor is, so that it is taken as exact.
    """
    key = stream_key(0)
    normals = np.random.default_rng(key).standard_normal(DRAWS)
    if posterior is None:
        return {"normals": encode_numbers(normals), "layouts": None}
    curves = posterior.draw(DRAWS, key)
    return {"normals": encode_numbers(normals[: len(curves)]), "layouts": _layouts(curves)}


def _layouts(curves: Sequence[_core.Distribution]) -> list[Table]:
    """The curves by the normal scores of their knots; slopes only where they are not those that the wages give."""
    rows: dict[tuple[Any, ...], list[int]] = {}
    drawn = [curve for curve in curves if isinstance(curve, _core.Curve)]
    if len(drawn) < len(curves):
        raise FactError("the draws of the pay are no curves; expected those of published figures")
    for i, curve in enumerate(drawn):
        rows.setdefault((*curve.support(), *curve.z.tolist()), []).append(i)
    return [_layout([drawn[i] for i in positions], positions) for positions in rows.values()]


def _layout(curves: Sequence[_core.Curve], rows: list[int]) -> Table:
    wages, z = np.array([curve.wage for curve in curves]), curves[0].z
    left, right = (np.array([getattr(curve, side) for curve in curves]) for side in ("slope_left", "slope_right"))
    with np.errstate(invalid="ignore", divide="ignore"):
        expected, ratio = _slopes(z, wages, right)
        is_other = ~((abs(left / expected - 1) <= ROUNDING) & (abs(right / expected - 1) <= ROUNDING))
    return {
        "rows": rows,
        "z": z.tolist(),
        "lower": curves[0].support()[0],
        "upper": curves[0].support()[1] if math.isfinite(curves[0].support()[1]) else None,
        "wages": encode_numbers(wages),
        "upperTailRatio": ratio,
        "exceptions": [[int(row), int(knot), left[row, knot], right[row, knot]] for row, knot in np.argwhere(is_other)],
    }


def _slopes(z: FloatArray, wages: FloatArray, right: FloatArray) -> tuple[FloatArray, float]:
    """Slopes that the wages alone give, as the core takes them, and the upper tail's over that of the last chord."""
    run, chord = np.diff(z), np.diff(np.log(wages), axis=1) / np.diff(z)
    before, after = chord[:, :-1], chord[:, 1:]
    inner = (run[:-1] + run[1:]) * before * after / (run[1:] * after + run[:-1] * before)
    ratio = float(np.median(right[:, -1] / chord[:, -1]))
    return np.column_stack([chord[:, 0], inner, chord[:, -1] * ratio]), ratio


def encode_numbers(values: FloatArray) -> str:
    """Numbers as the base64 of 8-byte floats, lowest byte first, which keeps every bit of them."""
    return base64.b64encode(np.ascontiguousarray(values, dtype="<f8").tobytes()).decode("ascii")
