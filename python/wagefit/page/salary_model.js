// Factors calibrated on a published distribution, as the core's factors/salary_model has it. A person's index is the
// sum of the log effects of her levels and a normal residual; her wage is what the anchor pays at her rank.

import { Curve } from "./curve.js";
import { Factor } from "./factor.js";
import { gaussRule, sumOf } from "./gauss_rule.js";
import { LevelMean, indexGrid } from "./index_grid.js";
import { JointFactor } from "./interaction.js";
import { NormalMixture } from "./normal_mixture.js";
import { Pay } from "./pay.js";
import { productShapley } from "./shapley.js";

const NODES = 32; // points of the law of a sum of effects
const NOTHING = { points: [0], weights: [1] };
const single = (effect) => ({ points: [effect], weights: [1] });

/** Laws of the sums of all blocks' effects, and of all but each one's. */
function workforceSums(laws) {
  const before = [NOTHING], after = [NOTHING];
  for (const law of laws) before.push(sumOf(before[before.length - 1], law, NODES));
  for (const law of [...laws].reverse()) after.unshift(sumOf(law, after[0], NODES));
  return { all: before[laws.length], others: laws.map((_, i) => sumOf(before[i], after[i + 1], NODES)) };
}

export class SalaryModel {
  /** `tables` is what Python wrote of the model. */
  constructor(tables) {
    this.anchor = new Curve(tables.anchor);
    this.factors = tables.factors.map((factor) => new Factor(factor));
    this.spread = tables.residualSpread;
    this.blocks = this.makeBlocks(tables.interactions, tables.effects);
    const sums = workforceSums(this.blocks.map((block) => block.law));
    this.others = sums.others;
    const workforce = new NormalMixture(sums.all, this.spread);
    this.transport = { anchor: this.anchor, workforce, grid: indexGrid(this.anchor, workforce) };
    this.laws = new Map();
    this.anchorMean = tables.anchorMean;
    this.levelMeans = this.blocks.map(() => null);
  }

  /** What is calibrated as one: a factor, or the two of an interaction at the place of the pair's first. */
  makeBlocks(interactions, effects) {
    const blocks = [];
    for (const factor of this.factors) {
      const pair = interactions.find((each) => each.first === factor.name || each.second === factor.name);
      const own = effects[blocks.length];
      if (pair === undefined) {
        blocks.push({ factors: [factor], joint: null, effects: own, law: gaussRule(own, factor.shares, own.length) });
      } else if (pair.first === factor.name) {
        const both = [pair.first, pair.second].map((name) => this.factor(name));
        const joint = new JointFactor(pair, ...both), people = joint.people.flat();
        blocks.push({ factors: both, joint, effects: own, law: gaussRule(own, people, own.length) });
      }
    }
    return blocks;
  }

  /** Takes a part of each ratio as its standard error where no source gives one; null for unknown ones. */
  assumeError(part) {
    for (const factor of this.factors) factor.assumeError(part);
    for (const { joint } of this.blocks) joint?.assumeError(part);
  }

  factor(name) {
    return this.factors.find((factor) => factor.name === name);
  }

  /** The log effect with which people in block b have `ratio` times the anchor's mean pay. */
  effectWithRatio(b, ratio) {
    const others = new NormalMixture(this.others[b], this.spread);
    this.levelMeans[b] ??= new LevelMean(this.transport.grid, others);
    return this.levelMeans[b].effectWith(Math.log(this.anchorMean) + Math.log(ratio), Math.log(ratio));
  }

  /** The log effect of the choices of a block, all of which are known. */
  effect(b, choices) {
    const { factors, joint, effects } = this.blocks[b];
    if (factors.some((factor) => factor.isContinuous)) {
      return this.effectWithRatio(b, joint === null ? factors[0].relativeRatio(choices[0]) : joint.ratio(...choices));
    }
    const [i, j] = factors.map((factor, k) => factor.index(choices[k]));
    return effects[joint === null ? i : i * factors[1].levels.length + j];
  }

  /** The law of a block's effect over people with the profile's choices. */
  law(b, profile) {
    const { factors, joint, law } = this.blocks[b], choices = factors.map((factor) => profile[factor.name]);
    const isKnown = choices.map((choice) => choice !== undefined);
    if (!isKnown.includes(true)) return law;
    if (!isKnown.includes(false)) return single(this.effect(b, choices));
    const averaged = factors[isKnown[0] ? 1 : 0];
    return {
      points: averaged.levels.map((level) => {
        const own = averaged.isContinuous ? level.at : level.name;
        return this.effect(b, isKnown[0] ? [choices[0], own] : [own, choices[1]]);
      }),
      weights: isKnown[0] ? joint.sharesOfSecond(choices[0]) : joint.sharesOfFirst(choices[1]),
    };
  }

  /** What `find` gives for a key, each found once. */
  once(key, find) {
    if (!this.laws.has(key)) this.laws.set(key, find());
    return this.laws.get(key);
  }

  /** The law of the index of a person, or of everyone who shares the profile's known levels. */
  index(profile) {
    let sum = NOTHING, known = 0, summed = "";
    this.blocks.forEach(({ factors }, b) => {
      const key = JSON.stringify([b, ...factors.map((factor) => profile[factor.name] ?? null)]);
      const added = this.once(key, () => this.law(b, profile)), before = sum;
      if (added.points.length === 1) {
        known += added.points[0];
      } else {
        summed += key;
        sum = this.once(`sum ${summed}`, () => sumOf(before, added, NODES));
      }
    });
    return new NormalMixture({ points: sum.points.map((point) => point + known), weights: sum.weights }, this.spread);
  }

  pay(profile) {
    return new Pay(this.transport, this.index(profile));
  }

  /** The line of a factor: standing, ratio to the baseline's mean pay, this factor alone, and its standard error. */
  part(factor, person, baseline) {
    const own = person[factor.name], other = baseline[factor.name];
    const ratio = own === other ? 1 : factor.relativeRatio(own) / factor.relativeRatio(other);
    const error = ratio * Math.sqrt(factor.logRatioVariance(own, other));
    return { name: factor.name, factor, standing: factor.standing(own), ratio, error };
  }

  /** The line of an interaction. */
  jointPart(block, person, baseline) {
    const { joint, factors } = block;
    const of = (profile) => factors.map((factor) => profile[factor.name]);
    const isWhole = (choices) => choices.every((choice) => choice !== undefined);
    const [own, other] = [of(person), of(baseline)];
    const differs = own.some((choice, k) => choice !== other[k]);
    const variance = [own, other].reduce(
      (total, choices) => total + (differs && isWhole(choices) ? joint.logError(...choices) ** 2 : 0), 0);
    const ratio = differs ? joint.excess(...own) / joint.excess(...other) : 1;
    const standing = isWhole(own) ? "known" : "unknown";
    return { name: joint.pair.name, joint, standing, ratio, error: ratio * Math.sqrt(variance) };
  }

  /** The lines of all factors, then those of the interactions. */
  parts(person, baseline) {
    const joint = this.blocks.filter((block) => block.joint !== null);
    return [
      ...this.factors.map((factor) => this.part(factor, person, baseline)),
      ...joint.map((block) => this.jointPart(block, person, baseline)),
    ];
  }

  /** Mean pay against a baseline profile, the whole workforce if that is empty: see `Profile.explain` of Python. */
  explain(person, baseline = {}) {
    const isWorkforce = Object.keys(baseline).length === 0;
    const start = isWorkforce ? this.anchorMean : this.pay(baseline).mean();
    const parts = this.parts(person, baseline);
    const amounts = productShapley(start, parts.map((part) => part.ratio), parts.map((part) => part.error));
    const lines = parts.map((part, j) => ({ ...part, amount: amounts[j].amount, amountError: amounts[j].error }));
    const product = parts.reduce((total, part) => total * part.ratio, start);
    const total = this.pay(person).mean();
    return { baseline: start, parts: lines, transport: total - product, total };
  }

  /** Standard error of the log of a person's pay over the workforce's; NaN where that of a ratio is unknown. */
  logError(profile) {
    return Math.hypot(...this.parts(profile, {}).map((part) => part.error / part.ratio));
  }
}
