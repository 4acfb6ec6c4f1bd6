// A discrete law with fewer points and the same moments, as the core's numerics/gauss_rule has it. A law is
// {points, weights}.

import { symmetricTridiagonal } from "./eigenvalues.js";

const BREAKDOWN = 16 * 2 ** -52; // of a matrix of norm 1

/** The law with its points ascending, distinct and of positive weight. */
function merged(points, weights) {
  const order = points.map((_, i) => i).filter((i) => weights[i] > 0).sort((a, b) => points[a] - points[b] || a - b);
  const law = { points: [], weights: [] };
  for (const i of order) {
    const last = law.points.length - 1;
    if (last >= 0 && law.points[last] === points[i]) law.weights[last] += weights[i];
    else {
      law.points.push(points[i]);
      law.weights.push(weights[i]);
    }
  }
  return law;
}

function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += a[i] * b[i];
  return sum;
}

/** Takes the parts along `basis` out of `vector`. */
function orthogonalize(vector, basis) {
  for (const direction of basis) {
    const part = dot(direction, vector);
    for (let i = 0; i < vector.length; ++i) vector[i] -= part * direction[i];
  }
}

/**
 * The recurrence of three terms of the polynomials orthonormal under the law, by Lanczos' process; it ends early where
 * the law has no more to tell.
 */
function lanczos(x, weights, n) {
  const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight, 0));
  const basis = [Float64Array.from(weights, (weight) => Math.sqrt(weight) / length)];
  const diagonal = [], offDiagonal = [];
  for (;;) {
    const last = basis[basis.length - 1], next = Float64Array.from(last, (value, i) => value * x[i]);
    diagonal.push(dot(last, next));
    for (let pass = 0; pass < 2; ++pass) orthogonalize(next, basis);
    const norm = Math.sqrt(dot(next, next));
    if (basis.length === n || norm < BREAKDOWN) return { diagonal, offDiagonal };
    offDiagonal.push(norm);
    basis.push(next.map((value) => value / norm));
  }
}

/** The Gauss rule of at most n points: it keeps the law's first 2 n - 1 moments (Golub and Welsch 1969). */
export function gaussRule(points, weights, n) {
  const law = merged(points, weights), size = law.points.length;
  if (size <= n) return law;
  const low = law.points[0], high = law.points[size - 1];
  const middle = 0.5 * low + 0.5 * high, half = 0.5 * high - 0.5 * low;
  const total = law.weights.reduce((sum, weight) => sum + weight, 0);
  const { diagonal, offDiagonal } = lanczos(law.points.map((point) => (point - middle) / half), law.weights, n);
  const { values, firstComponents } = symmetricTridiagonal(diagonal, offDiagonal);
  return {
    points: values.map((value) => Math.min(Math.max(middle + half * value, low), high)),
    weights: firstComponents.map((component) => total * component * component),
  };
}

/** The law of the sum of two independent draws, with at most `nodes` points. */
export function sumOf(a, b, nodes) {
  const points = [], weights = [];
  for (let j = 0; j < b.points.length; ++j)
    for (let i = 0; i < a.points.length; ++i) {
      points.push(a.points[i] + b.points[j]);
      weights.push(a.weights[i] * b.weights[j]);
    }
  return gaussRule(points, weights, nodes);
}
