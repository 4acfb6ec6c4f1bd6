// Answers questions of test_browser_engine.py with the engine in Node: one JSON document in, one out.
//
//   node engine_answers.mjs engine.js engine.wasm < question.json > answers.json

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [script, program] = process.argv.slice(2);
const { Engine } = await import(pathToFileURL(script));
const engine = await Engine.start(readFileSync(program));

/** NaN and infinities have no JSON. */
const spelled = (_, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value);

function figures(curve, { probabilities, wages }) {
  return {
    quantiles: probabilities.map((p) => curve.quantile(p)),
    cdf: wages.map((wage) => curve.cdf(wage)),
    density: wages.map((wage) => curve.density(wage)),
    lorenz: probabilities.map((p) => curve.lorenz(p)),
    topShare: curve.topShare(0.1),
    mean: curve.mean(),
    deviation: curve.deviation(),
    gini: curve.gini(),
  };
}

function answer(question) {
  const fit = engine.fit(question.facts), { curve, status, sentence, priorDistance, nBinding } = fit;
  const own = curve === null ? {} : figures(curve, question);
  const drawn = curve === null ? [] : fit.draws(question.nDraws, question.key);
  const draws = drawn.map((each) => figures(each, question));
  fit.release();
  return { status, sentence, priorDistance, nBinding, ...own, draws };
}

const answers = JSON.parse(readFileSync(0, "utf8")).map(answer);
process.stdout.write(JSON.stringify(answers, spelled));
