// A factor's levels and what a choice of one is worth, as the core's factors/factor and factors/choice have it. A
// choice is the name of a level, an amount of a continuous factor, or undefined where it is not known.

import { RatioCurve } from "./ratio_curve.js";

function errorOf(level, assumedPart) {
  if (level.error !== null) return level.error;
  return assumedPart === null ? NaN : assumedPart * level.ratio;
}

export class Factor {
  /** `table` is what Python wrote of the factor. */
  constructor(table) {
    Object.assign(this, table);
    this.meanRatio = table.levels.reduce((sum, level) => sum + level.share * level.ratio, 0);
    this.shares = normalized(table.levels.map((level) => level.share));
    this.assumeError(null);
  }

  /** Takes a part of the ratio as the standard error where the source gives none; null for unknown ones. */
  assumeError(part) {
    this.errors = this.levels.map((level) => errorOf(level, part));
    const knots = this.levels.map((level, i) => ({ at: level.at, ratio: level.ratio, error: this.errors[i] }));
    this.curve = this.isContinuous ? new RatioCurve(knots, this.scale) : null;
  }

  index(choice) {
    return this.levels.findIndex((level) => level.name === choice);
  }

  /** The level of a choice; of an amount the knot at or above it, the last one beyond. */
  level(choice) {
    if (!this.isContinuous) return this.levels[this.index(choice)];
    return this.levels.find((level) => level.at >= choice) ?? this.levels[this.levels.length - 1];
  }

  standing(choice) {
    if (choice === undefined) return "unknown";
    if (!this.isContinuous) return "known";
    return choice >= this.curve.first && choice <= this.curve.last ? "known" : "extrapolated";
  }

  /** Mean pay at a choice over the workforce's. */
  relativeRatio(choice) {
    if (choice === undefined) return 1;
    const ratio = this.curve === null ? this.levels[this.index(choice)].ratio : this.curve.ratio(choice);
    return ratio / this.meanRatio;
  }

  /** Variance of the log of the ratio at `a` over that at `b`, by the delta method; NaN where an error is unknown. */
  logRatioVariance(a, b) {
    if (a === b) return 0;
    const contrast = { chosen: this.levels.map(() => 0), mean: this.levels.map(() => 0), alongCurve: 0 };
    this.addTo(contrast, a, 1);
    this.addTo(contrast, b, -1);
    let independent = 0, common = contrast.alongCurve;
    this.levels.forEach((level, i) => {
      const error = this.errors[i] / level.ratio;
      if (Number.isNaN(error) && contrast.chosen[i] === 0) return;
      const term = (contrast.chosen[i] + contrast.mean[i]) * error;
      independent += term * term;
      common += term;
    });
    return this.errsTogether ? common * common : independent;
  }

  addTo(contrast, choice, sign) {
    if (choice === undefined) {
      this.levels.forEach((level, i) => {
        contrast.mean[i] += sign * level.share * level.ratio / this.meanRatio;
      });
    } else if (this.curve !== null) {
      contrast.alongCurve += sign * this.curve.error(choice) / this.curve.ratio(choice);
    } else {
      contrast.chosen[this.index(choice)] += sign;
    }
  }
}

export function normalized(shares) {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}
