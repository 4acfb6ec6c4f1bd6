// One person of the page: the levels, in words and as they are chosen.

/** A number as Python's format "g" writes it: with at most six digits, and a power of ten where that is shorter. */
function plain(amount) {
  const [digits, power] = amount.toExponential(5).split("e").map(Number);
  if (amount === 0 || (power >= -4 && power < 6)) return String(Number(amount.toPrecision(6)));
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** A choice as people say it: a level's label, an amount with its unit, or that it is unknown. */
export function describe(factor, choice) {
  if (choice === undefined) return "unknown";
  if (factor.isContinuous) return `${plain(choice)} ${factor.unit}`.trim();
  return factor.level(choice).label || choice;
}

const LONGEST_LABEL = 24; // characters that a line has room for

/** A choice in few words: the label of a level, or its name where the label is long. */
export function describeBriefly(factor, choice) {
  const text = describe(factor, choice);
  return typeof choice === "string" && text.length > LONGEST_LABEL ? choice : text;
}

/** All known levels in few words. */
export function describePersonBriefly(model, levels) {
  const known = model.factors.filter((factor) => levels[factor.name] !== undefined);
  return known.map((factor) => describeBriefly(factor, levels[factor.name])).join(", ") || "nothing known";
}

/** All known levels as people say them. */
export function describePerson(model, levels) {
  const known = model.factors.filter((factor) => levels[factor.name] !== undefined);
  return known.map((factor) => describe(factor, levels[factor.name])).join(", ") || "the whole workforce";
}

/** What a line of an explanation is of, at a profile's choices; that of a factor in the words of `describeChoice`. */
export function describeLine(line, levels, describeChoice = describe) {
  if (line.factor !== undefined) return describeChoice(line.factor, levels[line.name]);
  return [line.joint.first, line.joint.second].map((factor) => describe(factor, levels[factor.name])).join(", ");
}
