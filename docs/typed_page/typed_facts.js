// What a reader has typed, as facts; and what the core says of them, in the reader's words.

const MEAN = "mean";
const WAGE = /^(≥|>=?)?(-?[0-9]+(?:[.][0-9]+)?|-?[.][0-9]+)([+])?$/;

/** The figures that the page asks for, with the name, the label and the probability of each; the mean has none. */
export const FIELDS = [
  { name: "P10", label: "10th percentile", p: 0.1 },
  { name: "P25", label: "25th percentile", p: 0.25 },
  { name: "P50", label: "50th (median)", p: 0.5 },
  { name: "P75", label: "75th percentile", p: 0.75 },
  { name: "P90", label: "90th percentile", p: 0.9 },
  { name: MEAN, label: "mean", p: null },
];

/** A wage and whether it is only the least that the figure can be; null for nothing, undefined for what is no wage. */
export function readWage(text) {
  const plain = text.replace(/[\s$,]/g, "");
  if (plain === "") return null;
  const found = WAGE.exec(plain);
  return found === null ? undefined : { wage: Number(found[2]), isLeast: Boolean(found[1] ?? found[3]) };
}

/** The facts of the texts of FIELDS, by name, and the names of those that are no wages. */
export function readFacts(texts) {
  const facts = { quantiles: [], atLeast: [], mean: null, meanAtLeast: null }, unreadable = [];
  for (const { name, p } of FIELDS) {
    const read = readWage(texts[name]);
    if (read === undefined) unreadable.push(name);
    else if (read === null) continue;
    else if (p !== null) (read.isLeast ? facts.atLeast : facts.quantiles).push([p, read.wage]);
    else facts[read.isLeast ? "meanAtLeast" : "mean"] = read.wage;
  }
  return { facts, unreadable };
}

/** A sentence of the core with the names that the page has for its figures. */
export function inWords(sentence) {
  const words = sentence
    .replace(/(?:quantiles|at_least)\[([0-9.e-]+)\]/g, (_, p) => `P${Math.round(100 * p)}`)
    .replace("at_least['mean']", MEAN)
    .replace(/\bquantile/g, "percentile");
  return `${words[0].toUpperCase()}${words.slice(1)}.`;
}
