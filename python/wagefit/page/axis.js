// The axis of wages below a picture.

import { svg } from "./dom.js";

/** The step, 1, 2 or 5 times a power of ten, of at most `most` ticks over a range. */
function tickStep(range, most) {
  const least = range / most, power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= least);
}

/** A line at the height `bottom`, with ticks and their wages, over a picture that is `width` wide. */
export function wageAxis(money, { low, high, width, bottom }) {
  const step = tickStep(high - low, width / 80), parts = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
    const text = money.text(tick), half = 4.1 * text.length, x = width * (tick - low) / (high - low);
    parts.push(svg("line", { class: "axis", x1: x, x2: x, y1: bottom, y2: bottom + 5 }));
    const at = Math.min(Math.max(x, half), width - half);
    parts.push(svg("text", { x: at, y: bottom + 19, "text-anchor": "middle" }, text));
  }
  return [svg("line", { class: "axis", x1: 0, x2: width, y1: bottom, y2: bottom }), ...parts];
}
