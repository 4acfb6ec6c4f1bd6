// Bars beside the lines of an explanation: each goes on where the one above it ended.

import { svg } from "./dom.js";

const WIDTH = 150, HEIGHT = 14;

/** One bar from `from` to `to`, in parts of the width; a thin one where both are the same. */
function bar(from, to, kind) {
  const left = WIDTH * Math.min(from, to), width = Math.max(WIDTH * Math.abs(to - from), 2);
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, "aria-hidden": "true" },
    svg("rect", { class: `bar ${kind}`, x: Math.min(left, WIDTH - width), y: 2, width, height: HEIGHT - 4 }));
}

/**
 * A mark for the baseline, a bar for each of the `amounts` that are added to it, and a mark for the total. The wages
 * begin where the lowest of these is, so that a bar from nothing to the baseline would mislead.
 */
export function waterfall(baseline, amounts) {
  const ends = [baseline];
  for (const amount of amounts) ends.push(ends[ends.length - 1] + amount);
  const low = Math.min(...ends), range = Math.max(...ends) - low || 1;
  const place = (wage) => (wage - low) / range;
  const mark = (wage) => bar(place(wage), place(wage), "whole");
  return [
    mark(baseline),
    ...amounts.map((amount, i) => bar(place(ends[i]), place(ends[i + 1]), amount < 0 ? "less" : "more")),
    mark(ends[ends.length - 1]),
  ];
}
