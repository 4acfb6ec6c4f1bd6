// What the reader of an explanation should know, in the sentences that Python prints below it.

import { describe, describeLine } from "./person.js";

const isUnknown = (error) => Number.isNaN(error);
const upperFirst = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** What is unknown, extrapolated, or measured on others in a profile and in the levels that it is compared with. */
function* profileNotes(model, texts, levels, baseline) {
  yield texts.association;
  const isKnown = (factor, choices) => choices[factor.name] !== undefined;
  const unknown = model.factors.filter((factor) => !isKnown(factor, levels) && !isKnown(factor, baseline));
  if (unknown.length > 0) {
    yield `Left out, hence averaged over the workforce: ${unknown.map((factor) => factor.name).join(", ")}.`;
  }
  const known = model.factors.filter((factor) => isKnown(factor, levels));
  for (const factor of known) {
    if (factor.standing(levels[factor.name]) !== "extrapolated") continue;
    const amount = describe(factor, levels[factor.name]);
    yield `Of ${factor.name}, ${amount} is outside the table; the nearest ratio in it is used.`;
  }
  const proxies = [levels, baseline].flatMap((choices) => model.factors
    .filter((factor) => isKnown(factor, choices) && factor.level(choices[factor.name]).isProxy)
    .map((factor) => factor.name));
  if (proxies.length > 0) {
    const names = [...new Set(proxies)].join(", ");
    yield `Proxies, measured on other people or other levels than the name says: ${names}.`;
  }
  const published = texts.published[levels.state];
  if (published !== undefined) yield published;
}

/** Factor and level, or both levels where a person is compared with another. */
function titleOf(line, levels, baseline) {
  const both = [levels, baseline].map((choices) => describeLine(line, choices)).filter((text) => text !== "unknown");
  return `${line.name} (${[...new Set(both)].join(" against ") || "unknown"})`;
}

/** A clause that names the lines without a standard error; null if all have one. */
function unknownErrors(lines, levels, baseline) {
  const titles = lines.filter((line) => isUnknown(line.error)).map((line) => titleOf(line, levels, baseline));
  return titles.length > 0 ? `no standard error is published for ${titles.join(", ")}` : null;
}

/** Whether an assumption stands behind the error of a line: that of a level chosen on either side. */
function isAssumed(line, levels, baseline, assumedError) {
  const isOwn = ({ error, errorIsAssumed }) => errorIsAssumed || (assumedError !== null && error === null);
  if (line.joint !== undefined) {
    const { pair } = line.joint;
    return pair.errorIsAssumed || (assumedError !== null && pair.error.flat().includes(null));
  }
  const choices = [levels[line.name], baseline[line.name]].filter((choice) => choice !== undefined);
  return choices.some((choice) => isOwn(line.factor.level(choice)));
}

/** What the errors of the lines hold, and what they lack. */
function* errorNotes(lines, levels, baseline, assumedError) {
  yield "± is one standard error, from those of the ratios; the published wages and the shares are taken as exact.";
  const assumed = lines.filter(({ error }) => error !== 0 && !isUnknown(error))
    .filter((line) => isAssumed(line, levels, baseline, assumedError));
  if (assumed.length > 0) {
    const titles = assumed.map((line) => titleOf(line, levels, baseline));
    yield `The standard error is an assumption for ${titles.join(", ")}.`;
  }
  const unknown = unknownErrors(lines, levels, baseline);
  if (unknown !== null) {
    yield `${upperFirst(unknown)}, so that of the whole is unknown as well; the other lines' errors leave it out.`;
  }
}

/** All notes below an explanation. */
export function explanationNotes(model, texts, explanation, levels, baseline, assumedError) {
  return [
    ...profileNotes(model, texts, levels, baseline),
    ...errorNotes(explanation.parts, levels, baseline, assumedError),
  ];
}
