// What each of a number of ratios adds to a product, averaged over all orders of multiplying them (Shapley values), as
// the core's factors/shapley has it: B (r_j - 1) times the integral over [0, 1] of prod_{k != j} (1 + t (r_k - 1)) dt.

import { gaussLegendre } from "./quadrature.js";

/** Integral over [0, 1] of t^power times the product over all k but j and m of 1 + t (r_k - 1). */
function integral(rule, ratios, power, j, m) {
  let sum = 0;
  for (let i = 0; i < rule.nodes.length; ++i) {
    const t = 0.5 + 0.5 * rule.nodes[i];
    let product = power === 1 ? t : 1;
    for (let k = 0; k < ratios.length; ++k) if (k !== j && k !== m) product *= 1 + t * (ratios[k] - 1);
    sum += 0.5 * rule.weights[i] * product;
  }
  return sum;
}

/** The amounts of the `ratios` over the baseline's pay, and their standard errors from those of all ratios. */
export function productShapley(baseline, ratios, errors) {
  const rule = gaussLegendre(Math.max(1, Math.floor((ratios.length + 1) / 2)));
  return ratios.map((ratio, j) => {
    const amount = baseline * (ratio - 1) * integral(rule, ratios, 0, j, j);
    let variance = 0;
    for (let k = 0; k < ratios.length; ++k) {
      const front = j === k ? baseline : baseline * (ratio - 1);
      const slope = front * integral(rule, ratios, j === k ? 0 : 1, j, k);
      variance += (slope * (Number.isNaN(errors[k]) ? 0 : errors[k])) ** 2;
    }
    return { amount, error: Number.isNaN(errors[j]) ? NaN : Math.sqrt(variance) };
  });
}
