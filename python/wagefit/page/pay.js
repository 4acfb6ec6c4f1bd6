// Pay of a person or a group, ranked among the workforce and paid what the anchor pays at that rank, as the core's
// factors/transported has it.

import * as normal from "./normal.js";

export class Pay {
  /** `transport` holds the anchor, the workforce's law of the index and the grid; `person` is the person's law. */
  constructor(transport, person) {
    Object.assign(this, { transport, person });
  }

  /** The wage below which the part p of such people earn. */
  ppf(p) {
    const { anchor, workforce } = this.transport;
    return anchor.value(workforce.score(this.person.inverse(normal.quantile(p))));
  }

  /** The person's normal score at a wage. */
  score(wage) {
    const { anchor, workforce } = this.transport;
    return this.person.score(workforce.inverse(anchor.score(wage)));
  }

  /** Part of such people who earn at most a wage. */
  cdf(wage) {
    return normal.cdf(this.score(wage));
  }

  /** Density at a wage: the part of such people per unit of pay. */
  pdf(wage) {
    const { anchor, workforce } = this.transport, u = anchor.score(wage), l = workforce.inverse(u);
    if (!Number.isFinite(u)) return 0;
    const ofAnchor = normal.logPdf(u) - Math.log(wage * anchor.slopeAt(wage));
    return Math.exp(ofAnchor + this.person.logPdf(l) - workforce.logPdf(l));
  }

  /** Weights of the grid's nodes in an expectation over such people, found once. */
  get nodeWeights() {
    const { index, weight } = this.transport.grid;
    this.weights ??= index.map((l, i) => weight[i] * this.person.pdf(l));
    return this.weights;
  }

  mean() {
    const { wage } = this.transport.grid;
    return this.nodeWeights.reduce((sum, weight, i) => sum + weight * wage[i], 0);
  }

  /** Standard deviation. */
  deviation() {
    const { wage } = this.transport.grid, mean = this.mean();
    return Math.sqrt(this.nodeWeights.reduce((sum, weight, i) => sum + weight * (wage[i] - mean) ** 2, 0));
  }
}
