// The standard normal distribution to double precision in both tails.
//
// The error function is W. J. Cody's (1969, Mathematics of Computation 23:631-637): rational minimax approximations of
// erf on [0, 0.46875] and of erfc on [0.46875, 4] and beyond, each good to 18 digits.

const INVERSE_SQRT_PI = 0.5641895835477562869;
const INVERSE_SQRT_2PI = 0.39894228040143267794;
const LOG_SQRT_2PI = 0.91893853320467274178;
const FAR = 30; // from here on the asymptotic series of Mills' ratio is exact to rounding

const NEAR_TOP = [1.85777706184603153e-1, 3.1611237438705656, 1.13864154151050156e2, 3.77485237685302021e2,
  3.20937758913846947e3];
const NEAR_BOTTOM = [1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3];
const MIDDLE_TOP = [2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
  2.98635138197400131e2, 8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3];
const MIDDLE_BOTTOM = [1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
  3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3];
const FAR_TOP = [1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
  1.60837851487422766e-2, 6.58749161529837803e-4];
const FAR_BOTTOM = [1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
  2.33520497626869185e-3];

/** The polynomial at x, its coefficients from the highest power down. */
function polynomial(coefficients, x) {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

/** exp(-z^2 / 2): the square of a rounded z is exact, and what rounding left is put right by a factor near 1. */
function expOfHalfSquare(z) {
  const coarse = Math.trunc(16 * z) / 16;
  return Math.exp(-0.5 * coarse * coarse) * Math.exp(-0.5 * (z - coarse) * (z + coarse));
}

/** exp(x^2) erfc(x) for x > 0.46875. */
function scaledErfc(x) {
  if (x <= 4) return polynomial(MIDDLE_TOP, x) / polynomial(MIDDLE_BOTTOM, x);
  const square = 1 / (x * x);
  const rest = square * polynomial(FAR_TOP, square) / polynomial(FAR_BOTTOM, square);
  return (INVERSE_SQRT_PI - rest) / x;
}

/** Density. */
export function pdf(z) {
  return Math.abs(z) === Infinity ? 0 : INVERSE_SQRT_2PI * expOfHalfSquare(z);
}

export function logPdf(z) {
  return -0.5 * z * z - LOG_SQRT_2PI;
}

/** P(Z > z). */
export function sf(z) {
  if (z === Infinity) return 0;
  if (z < 0) return 1 - sf(-z);
  const x = z * Math.SQRT1_2;
  if (x <= 0.46875) return 0.5 - 0.5 * x * polynomial(NEAR_TOP, x * x) / polynomial(NEAR_BOTTOM, x * x);
  return 0.5 * expOfHalfSquare(z) * scaledErfc(x);
}

/** P(Z <= z). */
export function cdf(z) {
  return sf(-z);
}

/** log P(Z > z), also where the probability underflows. */
export function logSf(z) {
  if (z === Infinity) return -Infinity;
  if (z < 0) return Math.log1p(-sf(-z));
  if (z < FAR) return Math.log(sf(z));
  const r = 1 / (z * z);
  const series = -r * (1 - 3 * r * (1 - 5 * r * (1 - 7 * r * (1 - 9 * r))));
  return logPdf(z) - Math.log(z) + Math.log1p(series);
}

export function logCdf(z) {
  return logSf(-z);
}

/**
 * The z with P(Z > z) = q, for 0 < q <= 1/2: from formula 26.2.23 of Abramowitz and Stegun (1964), which errs by 4.5e-4
 * at most, by two steps of Halley's iteration, which triples the digits each time.
 */
function upperQuantile(q) {
  const t = Math.sqrt(-2 * Math.log(q));
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let i = 0; i < 3; ++i) {
    const step = (sf(z) - q) / pdf(z);
    z += step / (1 - 0.5 * z * step);
  }
  return z;
}

/** The z with P(Z <= z) = p; NaN outside [0, 1]. */
export function quantile(p) {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  return p > 0.5 ? upperQuantile(1 - p) : -upperQuantile(p);
}

/** The z with P(Z > z) = q. */
export function isf(q) {
  return -quantile(q);
}

/** The z > 0 with log P(Z > z) = `logTail`, where the probability underflows: Newton's iteration on the log. */
export function isfOfLog(logTail) {
  let z = Math.sqrt(-2 * logTail);
  for (let i = 0; i < 8; ++i) {
    const at = logSf(z);
    z += (at - logTail) * Math.exp(at - logPdf(z));
  }
  return z;
}
