// Normal laws of one common spread, mixed, as the core's factors/normal_mixture has it: the law of a log-wage index.
// The means of the laws are sums of log effects, the spread is the residual's standard deviation.

import { clamp } from "./curve.js";
import * as normal from "./normal.js";

const LEAST_PROBABILITY = 1e-280; // below it a probability loses digits to underflow, and its log is summed instead
const LAST_STEP = 1e-8; // Newton's error squares: a step this small, in units of the spread, leaves one below rounding

export class NormalMixture {
  /** `law` holds the means of the laws as its points. */
  constructor(law, spread) {
    Object.assign(this, { points: law.points, weights: law.weights, spread });
    const present = this.points.filter((_, i) => this.weights[i] > 0);
    this.lowest = Math.min(...present);
    this.highest = Math.max(...present);
    this.mean = this.points.reduce((sum, point, i) => sum + this.weights[i] * point, 0);
    const variance = this.points.reduce((sum, point, i) => sum + this.weights[i] * (point - this.mean) ** 2, 0);
    this.deviation = Math.sqrt(spread * spread + variance);
  }

  sum(x, f) {
    let total = 0;
    for (let k = 0; k < this.points.length; ++k) total += this.weights[k] * f((x - this.points[k]) / this.spread);
    return total;
  }

  /** The log of the sum from log f, where f may underflow. */
  logSum(x, logF) {
    const largest = logF((x - clamp(x, this.lowest, this.highest)) / this.spread);
    if (!Number.isFinite(largest)) return largest;
    return largest + Math.log(this.sum(x, (z) => Math.exp(logF(z) - largest)));
  }

  cdf(x) {
    return this.sum(x, normal.cdf);
  }

  sf(x) {
    return this.sum(x, normal.sf);
  }

  pdf(x) {
    return this.sum(x, normal.pdf) / this.spread;
  }

  logPdf(x) {
    const density = this.pdf(x);
    return density > LEAST_PROBABILITY ? Math.log(density) : this.logSum(x, normal.logPdf) - Math.log(this.spread);
  }

  /** The normal score of the part of people whose index is at most x, accurate in both tails. */
  score(x) {
    if (this.lowest === this.highest || !Number.isFinite(x)) return (x - this.lowest) / this.spread;
    const lower = this.cdf(x);
    if (lower <= 0.5) {
      return lower > LEAST_PROBABILITY ? normal.quantile(lower) : -normal.isfOfLog(this.logSum(x, normal.logCdf));
    }
    const upper = this.sf(x);
    return upper > LEAST_PROBABILITY ? normal.isf(upper) : normal.isfOfLog(this.logSum(x, normal.logSf));
  }

  /** The x whose score is z: Newton's iteration on the score, which is nearly linear, kept in a bracket. */
  inverse(z) {
    let low = this.lowest + this.spread * z, high = this.highest + this.spread * z;
    if (low === high || !Number.isFinite(z)) return low;
    let x = clamp(this.mean + z * this.deviation, low, high);
    for (let i = 0; i < 100; ++i) {
      const at = this.score(x);
      if (at < z) low = x;
      else high = x;
      const step = (z - at) * Math.exp(normal.logPdf(at) - this.logPdf(x));
      const next = x + step;
      if (Math.abs(step) <= LAST_STEP * this.spread) return next;
      x = next > low && next < high ? next : 0.5 * (low + high);
    }
    return x;
  }
}
