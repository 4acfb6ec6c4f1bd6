// The picture of the page: density of pay of everyone and of the persons, with what eight in ten of each earn.

import { wageAxis } from "./axis.js";
import { element, svg } from "./dom.js";
import { readout } from "./readout.js";
import { fixed, ordinal } from "./text.js";

const N_BINS = 160;
const TOP = 24, AREA = 190, AXIS = 42, ROW = 28;
const ENDS = [0.002, 0.99]; // parts of the people beyond which the picture does not go

/** Wages at the edges of the bins, and the workforce's index there, from which each person's share follows. */
function binEdges(transport, low, high) {
  const wages = Array.from({ length: N_BINS + 1 }, (_, i) => low + (high - low) * i / N_BINS);
  return { wages, index: wages.map((wage) => transport.workforce.inverse(transport.anchor.score(wage))) };
}

function shares(person, index) {
  const below = index.map((l) => person.cdf(l));
  return below.slice(1).map((part, i) => part - below[i]);
}

export class Chart {
  /** `money` prints wages; `pick` is called with a wage that is clicked. */
  constructor(money, pick) {
    Object.assign(this, { money, pick });
    this.node = element("div", { class: "chart" });
  }

  /** Draws `series`, of {name, pay, kind}, the first of which is everyone; `wage` is marked. */
  draw(series, wage, summary) {
    Object.assign(this, { series, wage, summary });
    this.redraw();
  }

  redraw() {
    const { series, wage } = this;
    const width = Math.max(280, this.node.clientWidth || 720), height = TOP + AREA + AXIS + ROW * series.length;
    const low = Math.min(...series.map(({ pay }) => pay.ppf(ENDS[0])));
    const high = Math.max(...series.map(({ pay }) => pay.ppf(ENDS[1])));
    const x = (each) => width * (each - low) / (high - low);
    const edges = binEdges(series[0].pay.transport, low, high);
    const heights = series.map(({ pay }) => shares(pay.person, edges.index)), most = Math.max(...heights.flat());
    const frame = { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": this.summary };
    const picture = svg("svg", frame,
      ...series.map((each, i) => this.curve(each.kind, heights[i], most, width)),
      ...wageAxis(this.money, { low, high, width, bottom: TOP + AREA }),
      ...series.flatMap((each, i) => this.range(each, x, TOP + AREA + AXIS + ROW * i, width)),
      ...this.mark(wage, x, width));
    picture.addEventListener("click", (event) => {
      const box = picture.getBoundingClientRect();
      this.pick(low + (high - low) * (event.clientX - box.left) / box.width);
    });
    const tip = readout(picture, (at) => low + (high - low) * at / width, (at) => this.describe(at));
    this.node.replaceChildren(picture, tip);
  }

  describe(wage) {
    const places = this.series.map(({ name, pay }) => `${ordinal(100 * pay.cdf(wage))} percentile of ${name}`);
    return `${this.money.text(wage)}: ${places.join(", ")}`;
  }

  curve(kind, heights, most, width) {
    const bottom = TOP + AREA;
    const points = heights.map((share, i) =>
      `${fixed(width * (i + 0.5) / N_BINS, 1)},${fixed(bottom - AREA * share / most, 1)}`);
    const line = svg("polyline", { class: `curve ${kind}`, points: points.join(" ") });
    if (kind !== "everyone") return line;
    const area = svg("polygon", { class: "area", points: `0,${bottom} ${points.join(" ")} ${width},${bottom}` });
    return svg("g", {}, area, line);
  }

  /** What eight in ten earn, from P10 to P90, with the median, and whose it is. */
  range({ name, pay, kind }, x, y, width) {
    const [from, middle, to] = [0.1, 0.5, 0.9].map((p) => x(pay.ppf(p)));
    return [
      svg("line", { class: `range ${kind}`, x1: from, x2: to, y1: y, y2: y }),
      svg("circle", { class: `median ${kind}`, cx: middle, cy: y, r: 4.5 }),
      this.rangeLabel(name, from, to, y, width),
    ];
  }

  /** The name beside a bar where there is room, or else above it. */
  rangeLabel(name, from, to, y, width) {
    const space = 7.5 * name.length;
    if (to + 8 + space < width) return svg("text", { x: to + 8, y: y + 4 }, name);
    if (from - 8 - space > 0) return svg("text", { x: from - 8, y: y + 4, "text-anchor": "end" }, name);
    return svg("text", { x: Math.max(0, Math.min(from, width - space)), y: y - 7 }, name);
  }

  mark(wage, x, width) {
    const at = x(wage);
    if (!(at >= 0 && at <= width)) return [];
    const text = this.money.text(wage), isRight = at + 8 * text.length + 8 < width;
    const [from, anchor] = isRight ? [at + 5, "start"] : [at - 5, "end"];
    return [
      svg("line", { class: "wage", x1: at, x2: at, y1: 0, y2: TOP + AREA }),
      svg("text", { class: "wage", x: from, y: TOP - 10, "text-anchor": anchor }, text),
    ];
  }
}
