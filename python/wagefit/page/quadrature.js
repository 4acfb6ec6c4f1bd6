// Gauss-Legendre quadrature, as the core's numerics/quadrature has it.

/** Legendre's polynomial of degree n and its slope at x, by the recurrence of three terms. */
function legendre(n, x) {
  let before = 0, p = 1;
  for (let k = 1; k <= n; ++k) [before, p] = [p, ((2 * k - 1) * x * p - (k - 1) * before) / k];
  return { value: p, slope: n * (x * p - before) / (x * x - 1) };
}

function legendreNode(n, i) {
  let x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
  for (let step = 0; step < 8; ++step) {
    const p = legendre(n, x);
    x -= p.value / p.slope;
  }
  return x;
}

/** Nodes in (-1, 1), ascending, and weights of n-point quadrature. */
export function gaussLegendre(n) {
  const nodes = new Array(n), weights = new Array(n);
  for (let i = 0; 2 * i < n; ++i) {
    const x = 2 * i + 1 === n ? 0 : legendreNode(n, i);
    const slope = legendre(n, x).slope;
    nodes[i] = -x;
    nodes[n - 1 - i] = x;
    weights[i] = weights[n - 1 - i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/** Nodes and weights on the panels between neighboring `edges`, the same rule on each. */
export function panelNodes(edges, rule) {
  const nodes = [], weights = [];
  for (let i = 0; i + 1 < edges.length; ++i) {
    const middle = 0.5 * (edges[i] + edges[i + 1]), half = 0.5 * (edges[i + 1] - edges[i]);
    for (let j = 0; j < rule.nodes.length; ++j) {
      nodes.push(middle + half * rule.nodes[j]);
      weights.push(half * rule.weights[j]);
    }
  }
  return { nodes, weights };
}
