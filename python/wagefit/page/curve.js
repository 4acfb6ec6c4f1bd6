// A published distribution as the core's distributions/curve has it: log wage as a monotone function of the normal
// score, rational-quadratic between knots (Gregory and Delbourgo 1982, IMA J. Numer. Anal. 2:123-130), with
// exponential tails beyond.

const EPSILON = 2 ** -52;

/** Number of `values`, which ascend, that are below x. */
function countBelow(values, x) {
  let low = 0, high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Number of `values`, which ascend, that are at most x. */
function countUpTo(values, x) {
  let low = 0, high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** log(high / low), which keeps the digits of a small gap. */
function logRatio(high, low) {
  return Math.log1p((high - low) / low);
}

export function clamp(x, low, high) {
  return Math.min(Math.max(x, low), high);
}

/** One segment between two knots; `a` and `b` are its end slopes over its mean slope, `rise` its height in logs. */
class Segment {
  constructor(z0, z1, rise, slope0, slope1) {
    this.z0 = z0;
    this.z1 = z1;
    this.rise = rise;
    this.a = slope0 * (z1 - z0) / rise;
    this.b = slope1 * (z1 - z0) / rise;
  }

  /** The rise up to the normal score z. */
  value(z) {
    const h = this.z1 - this.z0, t = (z - this.z0) / h, s = (this.z1 - z) / h;
    const fromStart = t * (t + this.a * s), fromEnd = s * (s + this.b * t);
    const denominator = t * t + s * s + (this.a + this.b) * (t * s);
    if (fromStart <= fromEnd) return this.rise * (fromStart / denominator);
    return this.rise - this.rise * (fromEnd / denominator);
  }

  /** Fractions of the run from its start and from its end at which the rise is y: the root of one quadratic. */
  place(y) {
    const w = y / this.rise, v = (this.rise - y) / this.rise;
    const isLow = w <= (1 + this.a) / (2 + this.a + this.b);
    const [low, high, near, far] = isLow ? [w, v, this.a, this.b] : [v, w, this.b, this.a];
    const q = near * high + (2 - far) * low, rest = 1 - q;
    const root = Math.sqrt(Math.max(q * q + 4 * rest * low, 0));
    const t = q >= 0 ? 2 * low / (q + root) : (root - q) / (2 * rest);
    return isLow ? { t, s: 1 - t } : { t: 1 - t, s: t };
  }

  inverse(y) {
    const { t, s } = this.place(y), h = this.z1 - this.z0;
    return clamp(t <= s ? this.z0 + h * t : this.z1 - h * s, this.z0, this.z1);
  }

  /** d log(wage) / dz where the rise is y. */
  slope(y) {
    const { t, s } = this.place(y);
    const denominator = t * t + s * s + (this.a + this.b) * (t * s);
    const top = this.b * t * t + 2 * t * s + this.a * s * s;
    return top / (denominator * denominator) * this.rise / (this.z1 - this.z0);
  }

  /**
   * Edges of panels on which 15-node quadrature of squared wages reaches rounding: none is longer than twice its
   * distance to a pole of the segment, and shorter where wages rise steeply beside one.
   */
  panels() {
    const h = this.z1 - this.z0, excess = this.a + this.b - 2, range = Math.min(2 * this.rise, 1500);
    const pole = excess > 0 ? h / excess / (Math.sqrt(0.25 + 1 / excess) + 0.5) : h;
    const longest = Math.min(1, excess < -1 ? 0.5 * h : h, 3 * h / Math.max(range, 3));
    const steep = range > 1.5 ? range * pole / 0.4 : 0;
    const edges = [this.z0];
    while (edges[edges.length - 1] < this.z1) {
      const z = edges[edges.length - 1], rest = this.z1 - z;
      const left = pole + (z - this.z0), right = pole + rest;
      const leftLimit = steep > 1.5 * left ? left * left / (steep - left) : 2 * left;
      const rightLimit = Math.min(2 / 3 * right, right * right / (steep + right));
      const step = Math.max(Math.min(leftLimit, rightLimit, longest), EPSILON * (h + 4 * Math.abs(z)));
      edges.push(rest <= 1.2 * step ? this.z1 : z + step);
    }
    return edges;
  }
}

/** Distances from a tail's knot that resolve exp(-rate distance) for quadrature. */
function tailLayers(rate) {
  const distances = [];
  if (!Number.isFinite(rate)) return distances;
  for (let distance = 2 / rate; distance < 1; distance *= 3) distances.push(distance);
  return distances;
}

/**
 * The curve through `knots`: z, wage, left and right (one-sided slopes), and the ends of its support, `upper` null for
 * an open one. Two knots of equal wage bound people of one wage, two of equal z a gap.
 */
export class Curve {
  constructor({ z, wage, left, right, lower, upper }) {
    Object.assign(this, { z, wage, lower, upper: upper ?? Infinity, last: z.length - 1 });
    this.segments = z.slice(1).map((end, i) =>
      end > z[i] && wage[i + 1] > wage[i]
        ? new Segment(z[i], end, logRatio(wage[i + 1], wage[i]), right[i], left[i + 1])
        : null);
    const last = wage[this.last];
    this.lowerRate = left[0] * wage[0] / (wage[0] - lower);
    this.upperRate = this.upper === Infinity ? right[this.last] : right[this.last] * last / (this.upper - last);
  }

  /** The wage at the normal score z. */
  value(z) {
    const i = countBelow(this.z, z);
    if (i <= this.last && this.z[i] === z) return this.wage[i];
    if (i === 0) {
      const range = this.wage[0] - this.lower;
      return range > 0 ? this.lower + range * Math.exp(this.lowerRate * (z - this.z[0])) : this.lower;
    }
    if (i > this.last) return this.upperValue(z);
    const segment = this.segments[i - 1];
    if (segment === null) return this.wage[i];
    return clamp(this.wage[i - 1] * Math.exp(segment.value(z)), this.wage[i - 1], this.wage[i]);
  }

  upperValue(z) {
    const wage = this.wage[this.last], way = this.upperRate * (z - this.z[this.last]);
    if (this.upper === Infinity) return wage * Math.exp(way);
    return wage < this.upper ? wage - (this.upper - wage) * Math.expm1(-way) : this.upper;
  }

  /** The normal score of a wage: that of the part of people who earn at most x. */
  score(x) {
    const i = countUpTo(this.wage, x);
    if (i === 0) return this.lowerScore(x);
    if (i > this.last) return x === this.wage[this.last] && x < this.upper ? this.z[this.last] : this.upperScore(x);
    const segment = this.segments[i - 1];
    if (x === this.wage[i - 1] || segment === null) return this.z[i - 1];
    return segment.inverse(clamp(logRatio(x, this.wage[i - 1]), 0, segment.rise));
  }

  lowerScore(x) {
    const range = this.wage[0] - this.lower;
    if (x < this.lower || !(x > 0) || !(range > 0)) return -Infinity;
    return this.z[0] + Math.log((x - this.lower) / range) / this.lowerRate;
  }

  upperScore(x) {
    const wage = this.wage[this.last], z = this.z[this.last];
    if (x >= this.upper) return Infinity;
    if (this.upper === Infinity) return z + Math.log(x / wage) / this.upperRate;
    return z - Math.log((this.upper - x) / (this.upper - wage)) / this.upperRate;
  }

  /** d log(wage) / dz at a wage; infinite in a gap. */
  slopeAt(x) {
    const i = countUpTo(this.wage, x);
    if (i === 0) return this.lowerRate * (x - this.lower) / x;
    if (i > this.last) return this.upper === Infinity ? this.upperRate : this.upperRate * (this.upper - x) / x;
    const segment = this.segments[i - 1];
    return segment === null ? Infinity : segment.slope(clamp(logRatio(x, this.wage[i - 1]), 0, segment.rise));
  }

  /** Edges of the panels of segment i; its two ends where nothing is to be resolved. */
  panels(i) {
    return this.segments[i] === null ? [this.z[i], this.z[i + 1]] : this.segments[i].panels();
  }

  /** Normal scores between which the wage is smooth enough for quadrature, ascending. */
  breakpoints() {
    const inner = this.segments.flatMap((_, i) => this.panels(i));
    const below = tailLayers(this.lowerRate).map((distance) => this.z[0] - distance).reverse();
    const above = tailLayers(this.upperRate).map((distance) => this.z[this.last] + distance);
    const points = [...below, this.z[0], ...inner, ...above];
    return points.filter((point, i) => i === 0 || point > points[i - 1]);
  }
}
