// Eigenvalues of a symmetric tridiagonal matrix by QL with implicit shifts (Golub and Welsch 1969, Mathematics of
// Computation 23:221-230; Martin and Wilkinson 1968, Numerische Mathematik 12:377-383).

const EPSILON = 2 ** -52;

/** The first index from l on after which the matrix falls apart. */
function splitAfter(d, e, l) {
  let m = l;
  while (m + 1 < d.length && Math.abs(e[m]) > EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1]))) ++m;
  return m;
}

/** One QL step with Wilkinson's shift on rows l to m; `v` is the first row of the eigenvectors so far. */
function qlStep(d, e, v, l, m) {
  const half = (d[l + 1] - d[l]) / (2 * e[l]);
  let g = d[m] - d[l] + e[l] / (half + Math.sign(half || 1) * Math.hypot(half, 1));
  let sine = 1, cosine = 1, shift = 0;
  for (let i = m - 1; i >= l; --i) {
    const f = sine * e[i], b = cosine * e[i];
    const r = Math.hypot(f, g);
    if (i + 1 < m) e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= shift;
      e[m] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = d[i + 1] - shift;
    const turned = (d[i] - g) * sine + 2 * cosine * b;
    shift = sine * turned;
    d[i + 1] = g + shift;
    g = cosine * turned - b;
    [v[i], v[i + 1]] = [cosine * v[i] - sine * v[i + 1], sine * v[i] + cosine * v[i + 1]];
  }
  d[l] -= shift;
  e[l] = g;
}

/** Ascending eigenvalues, and the first component of each one's unit eigenvector. */
export function symmetricTridiagonal(diagonal, offDiagonal) {
  const d = [...diagonal], e = [...offDiagonal, 0], v = d.map((_, i) => (i === 0 ? 1 : 0));
  for (let l = 0; l < d.length; ++l) {
    for (let round = 0; round < 60; ++round) {
      const m = splitAfter(d, e, l);
      if (m === l) break;
      qlStep(d, e, v, l, m);
    }
  }
  const order = d.map((_, i) => i).sort((a, b) => d[a] - d[b]);
  return { values: order.map((i) => d[i]), firstComponents: order.map((i) => v[i]) };
}
