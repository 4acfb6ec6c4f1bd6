// The log ratio of a continuous factor as a smooth function of the amount, as the core's factors/ratio_curve has it:
// the rational cubic of Delbourgo and Gregory (1985, SIAM J. Sci. Stat. Comput. 6:967).

import { clamp } from "./curve.js";

/** Slope of the parabola through three knots; zero at a turning point. */
function innerSlope(h0, h1, secant0, secant1) {
  return secant0 * secant1 > 0 ? (h1 * secant0 + h0 * secant1) / (h0 + h1) : 0;
}

/** Extrapolates the slope to an end, without changing the sign of its secant. */
function endSlope(secant, neighbor) {
  const slope = 2 * secant - neighbor;
  return slope * secant > 0 ? slope : 0;
}

function knotSlopes(x, y) {
  const h = x.slice(1).map((end, i) => end - x[i]);
  const secant = h.map((run, i) => (y[i + 1] - y[i]) / run);
  const last = secant.length - 1;
  if (last === 0) return [secant[0], secant[0]];
  const inner = h.slice(1).map((_, i) => innerSlope(h[i], h[i + 1], secant[i], secant[i + 1]));
  return [endSlope(secant[0], inner[0]), ...inner, endSlope(secant[last], inner[inner.length - 1])];
}

/** The r of Delbourgo and Gregory; infinite where the interval is a straight line. */
function tension({ y0, y1, d0, d1, h }) {
  const secant = (y1 - y0) / h, before = d0 - secant, after = secant - d1;
  if (before * after > 0) return 1 + before / after + after / before;
  return before === 0 || after === 0 ? Infinity : 1 + (d0 + d1) / secant;
}

function rationalCubic(piece, t) {
  const { y0, y1, d0, d1, h } = piece, r = tension(piece), s = 1 - t;
  if (!Number.isFinite(r)) return s * y0 + t * y1;
  const top = s ** 3 * y0 + t * s * s * (r * y0 + h * d0) + t * t * s * (r * y1 - h * d1) + t ** 3 * y1;
  return top / (1 + (r - 3) * t * s);
}

export class RatioCurve {
  /** `knots` are of {at, ratio, error}, the error NaN where unknown; `scale` is "linear" or "logarithmic". */
  constructor(knots, scale) {
    Object.assign(this, { knots, scale });
    this.positions = knots.map((knot) => this.position(knot.at));
    this.logRatios = knots.map((knot) => Math.log(knot.ratio));
    this.slopes = knotSlopes(this.positions, this.logRatios);
  }

  get first() {
    return this.knots[0].at;
  }

  get last() {
    return this.knots[this.knots.length - 1].at;
  }

  position(at) {
    return this.scale === "logarithmic" ? Math.log(at) : at;
  }

  /** The interval that holds an amount, and the fraction of its run. */
  locate(at) {
    let i = 0;
    while (i + 2 < this.knots.length && this.knots[i + 1].at <= at) ++i;
    const h = this.positions[i + 1] - this.positions[i];
    return { i, h, t: (this.position(at) - this.positions[i]) / h };
  }

  ratio(at) {
    const last = this.knots.length - 1;
    if (at <= this.first) return Math.exp(this.logRatios[0]);
    if (at >= this.last) return Math.exp(this.logRatios[last]);
    const { i, h, t } = this.locate(at), [y, d] = [this.logRatios, this.slopes];
    return Math.exp(rationalCubic({ y0: y[i], y1: y[i + 1], d0: d[i], d1: d[i + 1], h }, t));
  }

  /** Standard error of the ratio, linear in logs between knots; NaN where unknown. */
  error(at) {
    const x = clamp(at, this.first, this.last), { i, t } = this.locate(x);
    const a = this.knots[i], b = this.knots[i + 1];
    if (t === 0) return a.error;
    if (x === b.at) return b.error;
    return this.ratio(x) * ((1 - t) * a.error / a.ratio + t * b.error / b.ratio);
  }
}
