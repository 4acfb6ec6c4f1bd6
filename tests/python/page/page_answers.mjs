// Answers questions of page_engine.py with the page's own JavaScript: one JSON document in, one out.
//
//   node page_answers.mjs <folder of the page> < question.json > answers.json

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);
const { Answers } = await import(new URL("answers.js", folder));
const normal = await import(new URL("normal.js", folder));
const text = await import(new URL("text.js", folder));

/** NaN and infinities have no JSON. */
const spelled = (_, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value);

function person(answers, { levels, wage, baseline }, withIntervals) {
  const { pay, ...figures } = answers.figures(levels, wage, withIntervals);
  const { found, lines, ...printed } = answers.explanation(levels, baseline);
  return {
    ...figures,
    extremes: [1e-9, 0.001, 0.999, 1 - 1e-9].map((p) => pay.ppf(p)),
    density: pay.pdf(wage),
    logError: answers.model.logError(levels),
    baseline: found.baseline,
    parts: found.parts.map(({ name, standing, ratio, error, amount, amountError }) =>
      ({ name, standing, ratio, error, amount, amountError })),
    transport: found.transport,
    total: found.total,
    printed: {
      ...printed,
      mean: answers.money.text(figures.mean),
      meanInterval: answers.meanInterval(figures),
      rank: answers.rank(figures),
      person: answers.describe(levels),
      lines: lines.map(({ part, ...line }) => line),
    },
  };
}

function answer({ tables, assumedError, people, withIntervals }) {
  const answers = new Answers(tables);
  answers.assumeError(assumedError);
  return people.map((each) => person(answers, each, withIntervals));
}

function numbers({ scores, probabilities, values }) {
  return {
    cdf: scores.map(normal.cdf),
    logCdf: scores.map(normal.logCdf),
    pdf: scores.map(normal.pdf),
    quantile: probabilities.map(normal.quantile),
    fixed: values.map((value) => [0, 1, 2, 3].map((decimals) => text.fixed(value, decimals))),
    grouped: values.map((value) => text.grouped(value)),
    ordinal: values.map((value) => text.ordinal(value)),
  };
}

const question = JSON.parse(readFileSync(0, "utf8"));
const found = "people" in question ? answer(question) : numbers(question);
process.stdout.write(JSON.stringify(found, spelled));
