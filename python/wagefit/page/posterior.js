// What the published figures and the standard errors of the ratios leave open of a person's pay: intervals from the
// draws that Python wrote, as `Distribution.credible` has them.

import { Curve } from "./curve.js";
import { indexNodes, upperEnd } from "./index_grid.js";
import * as normal from "./normal.js";

/** The numbers of a table that Python wrote as the base64 of 8-byte floats. */
export function decodeNumbers(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Float64Array(bytes.buffer);
}

/**
 * Slopes at the knots that the wages alone give: inside the harmonic mean of both chords weighted by the other's run
 * (Fritsch and Butland 1984), at the ends the chord times the tail's ratio.
 */
function slopesOf(z, wage, upperTailRatio) {
  const run = z.slice(1).map((end, i) => end - z[i]);
  const chord = run.map((h, i) => (Math.log(wage[i + 1]) - Math.log(wage[i])) / h), last = chord.length - 1;
  const inner = run.slice(1).map((h, i) =>
    (run[i] + h) * (chord[i] * chord[i + 1]) / (h * chord[i + 1] + run[i] * chord[i]));
  return [chord[0], ...inner, chord[last] * upperTailRatio];
}

/** The drawn curves of a layout: draws that share their knots' normal scores. */
function curvesOf(layout) {
  const { z, lower, upper } = layout, n = z.length, wages = decodeNumbers(layout.wages);
  const curves = layout.rows.map((_, row) => {
    const wage = Array.from(wages.subarray(row * n, (row + 1) * n)), slopes = slopesOf(z, wage, layout.upperTailRatio);
    return { z, wage, left: slopes, right: [...slopes], lower, upper };
  });
  for (const [row, knot, left, right] of layout.exceptions) {
    curves[row].left[knot] = left;
    curves[row].right[knot] = right;
  }
  return curves.map((knots) => new Curve(knots));
}

/** Breakpoints that serve all curves of a layout: for each segment those of the curve that has most. */
function commonBreakpoints(curves) {
  const finest = (lists) => lists.reduce((longest, list) => (list.length > longest.length ? list : longest), []);
  const [{ z }] = curves, last = z.length - 1;
  const all = curves.map((curve) => curve.breakpoints());
  const below = finest(all.map((points) => points.filter((u) => u < z[0])));
  const above = finest(all.map((points) => points.filter((u) => u > z[last])));
  const inner = z.slice(1).flatMap((_, i) => finest(curves.map((curve) => curve.panels(i))));
  return [...below, ...inner, ...above].filter((u, i, points) => i === 0 || u > points[i - 1]);
}

export class Posterior {
  /** `draws` is what Python wrote; `model` the salary model whose anchor was drawn. */
  constructor(draws, model) {
    this.normals = decodeNumbers(draws.normals);
    this.workforce = model.transport.workforce;
    const ownGrid = () => model.transport.grid;
    const all = Array.from(this.normals, (_, i) => i);
    this.groups = draws.layouts === null
      ? [{ rows: all, curves: all.map(() => model.anchor), grid: ownGrid }]
      : draws.layouts.map((layout) => this.group(layout));
  }

  group(layout) {
    const curves = curvesOf(layout);
    let nodes = null;
    const grid = () => {
      nodes ??= indexNodes(this.workforce, commonBreakpoints(curves), Math.max(...curves.map(upperEnd)));
      return nodes;
    };
    return { rows: layout.rows, curves, grid };
  }

  /** Wages of each draw at the nodes of its group's grid, found once. */
  wages(group) {
    group.wages ??= group.curves.map((curve) => Float64Array.from(group.grid().score, (u) => curve.value(u)));
    return group.wages;
  }

  /** Mean pay of a person in each draw. */
  means(pay, logError) {
    const values = new Float64Array(this.normals.length);
    for (const group of this.groups) {
      const { index, weight } = group.grid(), weights = index.map((l, i) => weight[i] * pay.person.pdf(l));
      this.wages(group).forEach((wage, i) => {
        let sum = 0;
        for (let k = 0; k < weights.length; ++k) sum += weights[k] * wage[k];
        values[group.rows[i]] = sum * Math.exp(this.normals[group.rows[i]] * logError);
      });
    }
    return values;
  }

  /** Part of such people who earn at most a wage, in each draw. */
  parts(pay, logError, wage) {
    const values = new Float64Array(this.normals.length);
    for (const { rows, curves } of this.groups)
      rows.forEach((draw, i) => {
        const score = curves[i].score(wage / Math.exp(this.normals[draw] * logError));
        values[draw] = normal.cdf(pay.person.score(this.workforce.inverse(score)));
      });
    return values;
  }
}
