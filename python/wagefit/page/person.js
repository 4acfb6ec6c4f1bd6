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

/** All known levels as people say them. */
export function describePerson(model, levels) {
  const known = model.factors.filter((factor) => levels[factor.name] !== undefined);
  return known.map((factor) => describe(factor, levels[factor.name])).join(", ") || "the whole workforce";
}

/** What a line of an explanation is of, at a profile's choices. */
export function describeLine(line, levels) {
  if (line.factor !== undefined) return describe(line.factor, levels[line.name]);
  return [line.joint.first, line.joint.second].map((factor) => describe(factor, levels[factor.name])).join(", ");
}
