// The figures of a fitted curve as tables, with what its facts leave open.

import { interval } from "./interval.js";
import { table } from "./table.js";
import { fixed, intervalText } from "./text.js";

const PERCENTILES = [1, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95, 99];
const LEVEL = 0.9;
const HEADS = ["90 % interval"];
const SAME = 1e-9; // curves meet their facts to 1e-10
const TYPED = "as typed", WAITING = "…", UNBOUNDED = "without bound";

const ratio = (x) => fixed(x, 3);
const part = (x) => `${fixed(100 * x, 1)} %`;

/** What is asked of a curve beside its percentiles: a name, the figure, and how it is written. */
function questions(money, wage) {
  const asked = wage === null ? [] : [[`earn ${money.text(wage)} or less`, (curve) => curve.cdf(wage), part]];
  return [
    ...asked,
    ["mean", (curve) => curve.mean(), (x) => money.text(x)],
    ["standard deviation", (curve) => curve.deviation(), (x) => money.text(x)],
    ["Gini coefficient", (curve) => curve.gini(), ratio],
    ["P90 over P10", (curve) => curve.quantile(0.9) / curve.quantile(0.1), (x) => fixed(x, 2)],
    ["share of pay, lowest half", (curve) => curve.lorenz(0.5), part],
    ["share of pay, top tenth", (curve) => curve.topShare(0.1), part],
  ];
}

/** Name, figure and interval of one question; nothing is open of what is typed, or follows from it. */
function row(name, ask, write, { curve, draws }, isTyped) {
  const figure = ask(curve), text = (x) => (Number.isFinite(x) ? write(x) : UNBOUNDED);
  if (isTyped) return [name, text(figure), TYPED];
  if (draws === null) return [name, text(figure), WAITING];
  const open = interval(draws.map(ask), LEVEL, figure);
  return [name, text(figure), open.high - open.low > SAME * figure ? intervalText(open, figure, text) : TYPED];
}

/** Wages at percentiles from P1 to P99; `facts` are those that the curve meets. */
export function percentileTable(money, shown, facts) {
  const typed = new Set(facts.quantiles.map(([p]) => Math.round(100 * p)));
  const rows = PERCENTILES.map((percentile) => {
    const name = percentile === 50 ? "median" : `P${percentile}`;
    const ask = (curve) => curve.quantile(percentile / 100);
    return row(name, ask, (wage) => money.text(wage), shown, typed.has(percentile));
  });
  return table(`Percentiles, ${money.words}`, ["", "wage", ...HEADS], rows);
}

/** Mean, spread and inequality, and how many earn `wage` or less, null for none. */
export function figureTable(money, shown, facts, wage) {
  const rows = questions(money, wage).map(([name, ask, write]) =>
    row(name, ask, write, shown, name === "mean" && facts.mean !== null));
  return table("Mean, spread and shares", ["", "estimate", ...HEADS], rows);
}
