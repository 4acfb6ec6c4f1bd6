// The picture: density of pay with its band, and lines at what is typed.

import { wageAxis } from "./axis.js";
import { element, svg } from "./dom.js";
import { readout } from "./readout.js";
import { fixed, ordinal } from "./text.js";

const N_BINS = 120;
const LABEL = 18, AREA = 200, AXIS = 26;
const ENDS = [0.002, 0.985]; // parts of the people beyond which the picture does not go
const SPIKE = 2; // a bin that many times as high as one bin in twenty is a spike, which is cut off

/** Parts of the people in bins of equal width. */
function shares(curve, low, high) {
  const below = Array.from({ length: N_BINS + 1 }, (_, i) => curve.cdf(low + (high - low) * i / N_BINS));
  return below.slice(1).map((part, i) => part - below[i]);
}

/** For each bin the heights between which nine in ten draws lie. */
function bandOf(draws, low, high) {
  const all = draws.map((draw) => shares(draw, low, high)), last = draws.length - 1;
  const sorted = Array.from({ length: N_BINS }, (_, i) => Float64Array.from(all, (each) => each[i]).sort());
  return [0.05, 0.95].map((p) => sorted.map((bin) => bin[Math.round(p * last)]));
}

/** A row for each label, left to right, such that labels of one row do not touch. */
function rowsOf(labels) {
  const ends = [];
  return labels.map(({ from, to }) => {
    const free = ends.findIndex((end) => end < from), row = free < 0 ? ends.length : free;
    ends[row] = to + 6;
    return row;
  });
}

/** Marks of one kind at one wage as one, with all their names. */
function merged(marks) {
  const found = new Map();
  for (const mark of marks) {
    const key = `${mark.kind} ${mark.wage}`, { name } = found.get(key) ?? {};
    found.set(key, { ...mark, name: name === undefined ? mark.name : `${name}, ${mark.name}` });
  }
  return [...found.values()];
}

export class DensityChart {
  constructor(money) {
    this.money = money;
    this.node = element("div", { class: "chart" });
  }

  /** Draws `curve`, lines at `marks`, of {name, wage, kind}, and the band of `draws`, null where they are not known. */
  draw({ curve, draws, marks, summary }) {
    const [low, high] = ENDS.map((p) => curve.quantile(p));
    const heights = shares(curve, low, high), band = draws === null ? null : bandOf(draws, low, high);
    const usual = Float64Array.from(heights).sort()[Math.floor(0.95 * N_BINS)];
    const most = 1.05 * Math.min(Math.max(...heights, ...(band ? band[1] : [])), SPIKE * usual);
    Object.assign(this, { curve, marks, summary, low, high, heights, band, most });
    this.redraw();
  }

  redraw() {
    const { low, high } = this, width = Math.max(280, this.node.clientWidth || 720);
    const marks = this.placed(width), rows = rowsOf(marks);
    this.bottom = LABEL * (Math.max(-1, ...rows) + 1) + 6 + AREA;
    const height = this.bottom + AXIS;
    const frame = { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": this.summary };
    const picture = svg("svg", frame,
      ...(this.band ? [this.area(this.band, width)] : []),
      svg("polyline", { class: "curve a", points: this.points(this.heights, width).join(" ") }),
      ...this.lines(marks, rows),
      ...wageAxis(this.money, { low, high, width, bottom: this.bottom }));
    const tip = readout(picture, (x) => low + (high - low) * x / width, (wage) =>
      `${this.money.text(wage)}: ${ordinal(100 * this.curve.cdf(wage))} percentile`);
    this.node.replaceChildren(picture, tip);
  }

  points(heights, width) {
    return heights.map((share, i) =>
      `${fixed(width * (i + 0.5) / N_BINS, 1)},${fixed(this.bottom - AREA * Math.min(share / this.most, 1), 1)}`);
  }

  area([below, above], width) {
    const outline = [...this.points(above, width), ...this.points(below, width).reverse()];
    return svg("polygon", { class: "band", points: outline.join(" ") });
  }

  /** The marks inside the picture from left to right, with the place of each and of its label. */
  placed(width) {
    return merged(this.marks).map((mark) => {
      const x = width * (mark.wage - this.low) / (this.high - this.low), half = 4.1 * mark.name.length;
      const middle = Math.min(Math.max(x, half), width - half);
      return { ...mark, x, middle, from: middle - half, to: middle + half };
    }).filter(({ x }) => x >= 0 && x <= width).sort((a, b) => a.x - b.x);
  }

  /** A line at each mark, and its name above it. */
  lines(marks, rows) {
    const top = (i) => LABEL * (rows[i] + 1);
    const lines = marks.map(({ x, kind }, i) => svg("line", {
      class: kind === "wage" ? "wage" : `fact ${kind}`, x1: x, x2: x, y1: top(i) + 3, y2: this.bottom,
    }));
    const names = marks.map(({ middle, name, kind }, i) =>
      svg("text", { class: kind, x: middle, y: top(i), "text-anchor": "middle" }, name));
    return [...lines, ...names];
  }
}
