// The figures that the page shows of persons, as they are printed. No element of the page is touched here.

import { interval } from "./interval.js";
import { explanationNotes } from "./notes.js";
import { describeBriefly, describeLine, describePerson, describePersonBriefly } from "./person.js";
import { Posterior } from "./posterior.js";
import { SalaryModel } from "./salary_model.js";
import { fixed, intervalText, Money, ordinal, percent } from "./text.js";

export const PERCENTILES = [10, 25, 50, 75, 90];
const LEVEL = 0.9;

export class Answers {
  /** `tables` is what Python wrote of the model, with the texts that both print. */
  constructor(tables) {
    this.tables = tables;
    this.model = new SalaryModel(tables);
    this.money = new Money(tables.money);
    this.assumedError = null;
    this.posterior = null;
  }

  assumeError(part) {
    this.assumedError = part;
    this.model.assumeError(part);
  }

  /** The draws, decoded when they are first asked for. */
  get draws() {
    this.posterior ??= new Posterior(this.tables.draws, this.model);
    return this.posterior;
  }

  /**
   * Mean, percentiles and spread of people with these levels, and where a wage stands among them. Intervals take most
   * of the time; they are null where they are not wanted, or where the error of a ratio is unknown.
   */
  figures(levels, wage, withIntervals = true) {
    const pay = this.model.pay(levels), logError = this.model.logError(levels);
    const mean = pay.mean(), part = pay.cdf(wage), isKnown = withIntervals && !Number.isNaN(logError);
    return {
      pay,
      mean,
      deviation: pay.deviation(),
      percentiles: PERCENTILES.map((p) => pay.ppf(p / 100)),
      part,
      meanInterval: isKnown ? interval(this.draws.means(pay, logError), LEVEL, mean) : null,
      partInterval: isKnown ? interval(this.draws.parts(pay, logError, wage), LEVEL, part) : null,
    };
  }

  describe(levels) {
    return describePerson(this.model, levels);
  }

  describeBriefly(levels) {
    return describePersonBriefly(this.model, levels);
  }

  /** The interval of the mean in words. */
  meanInterval({ mean, meanInterval }) {
    if (meanInterval === null) return "unknown";
    return intervalText(meanInterval, mean, (wage) => this.money.text(wage));
  }

  /** The percentile at which a wage stands, and its interval, in words. */
  rank({ part, partInterval }) {
    const place = ordinal(100 * part);
    if (partInterval === null) return { place, interval: "unknown" };
    return { place, interval: `${fixed(100 * partInterval.low, 0)} to ${fixed(100 * partInterval.high, 0)}` };
  }

  /** What separates a person from a baseline, line by line: dollars that add up as printed, and notes. */
  explanation(levels, baseline = {}) {
    const found = this.model.explain(levels, baseline), isWorkforce = Object.keys(baseline).length === 0;
    const amounts = [found.baseline, ...found.parts.map((part) => part.amount), found.transport];
    const printed = this.money.addUp(amounts, found.total);
    const lines = found.parts.map((part, i) => this.line(part, printed[i + 1], levels, baseline, isWorkforce));
    return {
      baselineName: isWorkforce ? "the whole workforce" : describePerson(this.model, baseline),
      baseline: this.money.plain(printed[0]),
      lines: lines.filter((line) => isWorkforce || line.differs),
      transport: this.money.signed(printed[printed.length - 1]),
      total: this.money.plain(printed.reduce((sum, amount) => sum + amount, 0)),
      notes: explanationNotes(this.model, this.tables.texts, found, levels, baseline, this.assumedError),
      found,
    };
  }

  line(part, amount, levels, baseline, isWorkforce) {
    const [level, other] = [levels, baseline].map((choices) => describeLine(part, choices));
    const brief = [levels, baseline].map((choices) => describeLine(part, choices, describeBriefly));
    const isUnknown = part.standing === "unknown";
    const error = Number.isNaN(part.amountError) ? "unknown" : this.money.plain(part.amountError);
    return {
      part,
      name: part.name,
      level: isUnknown && isWorkforce ? "not given" : brief[0],
      other: brief[1],
      differs: level !== other,
      ratio: fixed(part.ratio, 3),
      percent: percent(part.ratio - 1),
      amount,
      adds: this.money.signed(amount),
      error: isUnknown && isWorkforce ? "" : error,
    };
  }
}
