// Intervals from draws.

/** Linear interpolation between the order statistics, as numpy.quantile has it; infinite between infinite ones. */
function quantileOf(sorted, p) {
  const at = Math.min(Math.max(p, 0), 1) * (sorted.length - 1), i = Math.min(Math.floor(at), sorted.length - 2);
  const t = at - i, gap = sorted[i + 1] - sorted[i];
  const between = t < 0.5 ? sorted[i] + gap * t : sorted[i + 1] - gap * (1 - t);
  return Number.isFinite(between) ? between : sorted[Math.ceil(at)];
}

/** Half the distance between the draws a standard error of ranks below and above an end; 0 where that is infinite. */
function errorOf(sorted, p) {
  const spread = Math.sqrt(p * (1 - p) / sorted.length), above = quantileOf(sorted, p + spread);
  return Number.isFinite(above) ? (above - quantileOf(sorted, p - spread)) / 2 : 0;
}

/** The central interval of draws, widened to hold the estimate, and the Monte Carlo error of its ends. */
export function interval(values, level, estimate) {
  const sorted = Float64Array.from(values).sort(), ends = [(1 - level) / 2, (1 + level) / 2];
  const [low, high] = ends.map((p) => quantileOf(sorted, p));
  const error = Math.max(...ends.map((p) => errorOf(sorted, p)));
  return { low: Math.min(low, estimate), high: Math.max(high, estimate), error };
}
