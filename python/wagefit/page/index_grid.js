// Quadrature over the log-wage index, as the core's factors/index_grid has it: people whose index has the density f
// have mean pay sum_i weight_i wage_i f(index_i).

import * as normal from "./normal.js";
import { gaussLegendre, panelNodes } from "./quadrature.js";

const FIRST_COVERED = -13; // normal score of the workforce at which the grid starts
const LEAST_LAST_COVERED = 10; // and at which it ends at the earliest and at the latest
const LAST_COVERED = 37;
const LOG_NEGLIGIBLE_WEIGHT = -45;
const PANEL_WIDTH = 2; // in units of the residual's spread
const RULE = gaussLegendre(15);

/** The score above which squared pay adds nothing, even to people three spreads above the workforce. */
export function upperEnd(anchor) {
  const typical = anchor.value(0);
  let u = LEAST_LAST_COVERED;
  while (u < LAST_COVERED && 2 * Math.log(anchor.value(u) / typical) + normal.logPdf(u - 3) > LOG_NEGLIGIBLE_WEIGHT) {
    u += 0.5;
  }
  return u;
}

/** Ascending edges of panels no wider than `width` that have an edge at each of the `stops`. */
function panels(stops, width) {
  const edges = [stops[0]];
  for (let i = 1; i < stops.length; ++i) {
    const step = stops[i] - stops[i - 1], n = Math.max(1, Math.ceil(step / width));
    for (let j = 1; j < n; ++j) edges.push(stops[i - 1] + step * j / n);
    edges.push(stops[i]);
  }
  return edges;
}

/** Indices, weights and the workforce's normal scores there, for an anchor that is smooth between `breakpoints`. */
export function indexNodes(workforce, breakpoints, last) {
  const inner = breakpoints.filter((u) => u > FIRST_COVERED && u < last);
  const stops = [FIRST_COVERED, ...inner, last].map((u) => workforce.inverse(u));
  const { nodes, weights } = panelNodes(panels(stops, PANEL_WIDTH * workforce.spread), RULE);
  return { index: nodes, weight: weights, score: nodes.map((l) => workforce.score(l)) };
}

/** The grid of an anchor and a workforce: index, weight, score and wage, each of one length. */
export function indexGrid(anchor, workforce) {
  const grid = indexNodes(workforce, anchor.breakpoints(), upperEnd(anchor));
  return { ...grid, wage: grid.score.map((u) => anchor.value(u)) };
}

/**
 * Mean pay of the people at one level as a function of the level's log effect e: their index is e plus a draw from the
 * sum of the `others` and the residual.
 *
 * A normal density shifted by e is the unshifted one times exponentials in e, hence the mean is
 * exp(-e^2 / (2 s^2)) p(e)' A q(e) with p = exp(e index / s^2), q = exp(-e node / s^2), s the residual's spread.
 */
export class LevelMean {
  constructor(grid, others) {
    const { points, weights, spread, mean } = others;
    this.precision = 1 / (spread * spread);
    this.index = grid.index.map((l) => l - mean);
    this.nodes = points.map((point) => point - mean);
    this.paid = this.nodes.map((node, k) => Float64Array.from(this.index, (l, i) =>
      weights[k] * grid.weight[i] * grid.wage[i] * normal.pdf((l - node) / spread) / spread));
  }

  /** Log of the mean and its derivative by the effect. */
  at(effect) {
    const p = this.index.map((l) => Math.exp(effect * this.precision * l));
    let mean = 0, moved = 0;
    this.nodes.forEach((node, k) => {
      const q = Math.exp(-effect * this.precision * node), paid = this.paid[k];
      let sum = 0, first = 0;
      for (let i = 0; i < paid.length; ++i) {
        sum += p[i] * paid[i];
        first += p[i] * paid[i] * this.index[i];
      }
      mean += q * sum;
      moved += q * (first - node * sum);
    });
    return {
      logMean: Math.log(mean) - 0.5 * this.precision * effect * effect,
      slope: this.precision * (moved / mean - effect),
    };
  }

  /** The effect at which the log of the mean is `logMean`, by Newton's iteration from `start`. */
  effectWith(logMean, start) {
    let effect = start;
    for (let i = 0; i < 50; ++i) {
      const value = this.at(effect), step = (logMean - value.logMean) / value.slope;
      effect += step;
      if (Math.abs(step) < 1e-9) return effect;
    }
    return NaN;
  }
}
