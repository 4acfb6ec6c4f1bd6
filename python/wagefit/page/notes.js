// What the reader of an explanation should know, in the sentences that Python prints below it.

import { describe, describeLine } from "./person.js";

const isUnknown = (error) => Number.isNaN(error);
const upperFirst = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** What is unknown, extrapolated, or measured on others in a profile. */
function* profileNotes(model, texts, levels) {
  yield texts.association;
  const unknown = model.factors.filter((factor) => levels[factor.name] === undefined);
  if (unknown.length > 0) {
    yield `Left out, hence averaged over the workforce: ${unknown.map((factor) => factor.name).join(", ")}.`;
  }
  const known = model.factors.filter((factor) => levels[factor.name] !== undefined);
  for (const factor of known) {
    if (factor.standing(levels[factor.name]) !== "extrapolated") continue;
    const amount = describe(factor, levels[factor.name]);
    yield `Of ${factor.name}, ${amount} is outside the table; the nearest ratio in it is used.`;
  }
  const proxies = known.filter((factor) => factor.level(levels[factor.name]).isProxy).map((factor) => factor.name);
  if (proxies.length > 0) {
    yield `Proxies, measured on other people or other levels than the name says: ${proxies.join(", ")}.`;
  }
  const published = texts.published[levels.state];
  if (published !== undefined) yield published;
}

/** A clause that names the lines without a standard error; null if all have one. */
export function unknownErrors(lines, levels) {
  const titles = lines.filter((line) => isUnknown(line.error))
    .map((line) => `${line.name} (${describeLine(line, levels)})`);
  return titles.length > 0 ? `no standard error is published for ${titles.join(", ")}` : null;
}

/** Whether an assumption stands behind the error of a line: that of a level chosen on either side. */
function isAssumed(line, levels, baseline) {
  if (line.joint !== undefined) return line.joint.pair.error.flat().includes(null);
  const choices = [levels[line.name], baseline[line.name]].filter((choice) => choice !== undefined);
  return choices.some((choice) => line.factor.level(choice).error === null);
}

/** What the errors of the lines hold, and what they lack. */
function* errorNotes(lines, levels, baseline, assumedError) {
  yield "± is one standard error, from those of the ratios; the anchor and the shares are taken as exact.";
  const assumed = lines.filter((line) =>
    assumedError !== null && line.error !== 0 && isAssumed(line, levels, baseline));
  if (assumed.length > 0) {
    const titles = assumed.map((line) => `${line.name} (${describeLine(line, levels)})`);
    yield `The standard error is an assumption for ${titles.join(", ")}.`;
  }
  const unknown = unknownErrors(lines, levels);
  if (unknown !== null) {
    yield `${upperFirst(unknown)}, so that of the whole is unknown as well; the other lines' errors leave it out.`;
  }
}

/** All notes below an explanation. */
export function explanationNotes(model, texts, explanation, levels, baseline, assumedError) {
  return [
    ...profileNotes(model, texts, levels),
    ...errorNotes(explanation.parts, levels, baseline, assumedError),
  ];
}
