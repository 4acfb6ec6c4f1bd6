// Numbers as the package prints them: rounded half to even, as Python rounds.

const FAR = 100; // an upper end that many times the estimate bounds nothing

/** A number with a fixed number of decimals. */
export function fixed(x, decimals) {
  const magnitude = Math.abs(x), [whole, rest] = magnitude.toFixed(decimals + 30).split(".");
  const isTie = rest[decimals] === "5" && /^0*$/.test(rest.slice(decimals + 1));
  let text = magnitude.toFixed(decimals);
  if (isTie) {
    const kept = BigInt(whole + rest.slice(0, decimals)), even = kept + kept % 2n;
    const digits = even.toString().padStart(decimals + 1, "0"), point = digits.length - decimals;
    text = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  }
  return x < 0 || Object.is(x, -0) ? `-${text}` : text;
}

/** A number with commas between thousands. */
export function grouped(x, decimals = 0) {
  const [whole, rest] = fixed(x, decimals).split(".");
  const commas = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? commas : `${commas}.${rest}`;
}

/** The nearest whole number, of two the even one. */
export function round(x) {
  return Number(fixed(x, 0));
}

/** Wages of one unit: the sign of its currency, and cents where they are of an hour. */
export class Money {
  constructor({ sign, decimals, words }) {
    Object.assign(this, { sign, decimals, words });
  }

  text(wage) {
    return `${wage < 0 ? "-" : ""}${this.sign}${grouped(Math.abs(wage), this.decimals)}`;
  }

  /** An amount without the currency's sign. */
  plain(wage) {
    return grouped(wage, this.decimals);
  }

  /** An amount with its own sign and without the currency's; what rounds to nothing is "+0". */
  signed(wage) {
    const text = this.plain(wage);
    if (!/[1-9]/.test(text)) return `+${text.replace("-", "")}`;
    return text.startsWith("-") ? text : `+${text}`;
  }

  /** Amounts rounded as they are printed, within 1 of the last digit, that add up to the rounded total. */
  addUp(amounts, total) {
    const whole = 10 ** this.decimals;
    return addUp(amounts.map((amount) => whole * amount), whole * total).map((amount) => amount / whole);
  }
}

/** A fraction as a percentage with its sign, such as +14.5 %. */
export function percent(fraction) {
  const text = fixed(100 * fraction, 1);
  return `${text.startsWith("-") ? "" : "+"}${text} %`;
}

/** A number as people say a place, such as 43rd. */
export function ordinal(number) {
  const whole = round(number), teens = whole % 100 >= 10 && whole % 100 <= 20;
  return `${whole}${teens ? "th" : { 1: "st", 2: "nd", 3: "rd" }[whole % 10] ?? "th"}`;
}

/** The power of ten just below the error, and no more than that of the end itself, which would round to nothing. */
function stepOf(end, error) {
  const step = 10 ** Math.floor(Math.log10(error));
  return end > 0 && end < Infinity ? Math.min(step, 10 ** Math.floor(Math.log10(end))) : step;
}

/**
 * Both ends of an interval, rounded to the power of ten just below their Monte Carlo error, with the estimate between
 * them; the lower end "or more" where nothing bounds the figure from above.
 */
export function intervalText({ low, high, error }, estimate, write) {
  const isBounded = high <= FAR * Math.max(Math.abs(estimate), Math.abs(low));
  const [below, above] = [low, high].map((end) => stepOf(end, error));
  const from = error > 0 ? Math.min(below * round(low / below), below * Math.floor(estimate / below)) : low;
  if (!isBounded) return `${write(from)} or more`;
  const to = error > 0 ? Math.max(above * round(high / above), above * Math.ceil(estimate / above)) : high;
  return `${write(from)} to ${write(to)}`;
}

/** Whole numbers within 1 of the amounts that add up to the rounded total, by largest remainders. */
function addUp(amounts, total) {
  const floors = amounts.map(Math.floor);
  const missing = round(total) - floors.reduce((sum, floor) => sum + floor, 0);
  const order = amounts.map((_, i) => i).sort((i, j) => (floors[i] - amounts[i]) - (floors[j] - amounts[j]) || i - j);
  for (const i of order.slice(0, missing)) floors[i] += 1;
  return floors;
}
