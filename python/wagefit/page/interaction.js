// Two factors that are calibrated as one, as the core's factors/interaction has it: how often their levels come
// together, and pay at two levels together that is not the product of their ratios.

import { clamp } from "./curve.js";
import { RatioCurve } from "./ratio_curve.js";

const TOLERANCE = 1e-14;
const MOST_ROUNDS = 10000;

const sum = (values) => values.reduce((total, value) => total + value, 0);
const transposed = (table) => table[0].map((_, j) => table.map((row) => row[j]));
const scaling = (wanted, found) => (wanted === 0 ? 0 : wanted / found);

/** Rows of a table of people as shares; a row of nobody has those of all. */
function rowShares(people) {
  const columns = transposed(people).map(sum), total = sum(columns);
  return people.map((row) => {
    const own = sum(row);
    return row.map((value, j) => (own > 0 ? value / own : columns[j] / total));
  });
}

/** Scales rows and columns by turns until the gap between what the rows hold and should hold is closed. */
function rake(table, rowFactors, columnFactors, gap) {
  let current = table;
  for (let round = 0; round < MOST_ROUNDS; ++round) {
    const byRow = rowFactors(current);
    current = current.map((row, i) => row.map((value) => value * byRow[i]));
    const byColumn = columnFactors(current);
    current = current.map((row) => row.map((value, j) => value * byColumn[j]));
    if (gap(current) < TOLERANCE) break;
  }
  return current;
}

/** Part of the workforce at each pair of levels: iterative proportional fitting to both factors' shares. */
function jointShares(pair, first, second) {
  const s = first.shares, t = second.shares;
  if (pair.share.length === 0) return s.map((a) => t.map((b) => a * b));
  return rake(
    pair.share,
    (table) => table.map((row, i) => scaling(s[i], sum(row))),
    (table) => transposed(table).map((column, j) => scaling(t[j], sum(column))),
    (table) => sum(table.map((row, i) => Math.abs(sum(row) - s[i]))),
  );
}

/** Ratios scaled until their averages over either factor are the other's own relative ratios. */
function jointRatios(pair, first, second, people) {
  const along = rowShares(people), down = transposed(rowShares(transposed(people)));
  const relative = (factor) => {
    const mean = sum(factor.levels.map((level, i) => factor.shares[i] * level.ratio));
    return factor.levels.map((level) => level.ratio / mean);
  };
  const rows = relative(first), columns = relative(second);
  const rowMeans = (table) => table.map((row, i) => sum(row.map((value, j) => value * along[i][j])));
  const weighed = (table) => table.map((row, i) => row.map((value, j) => value * down[i][j]));
  return rake(
    pair.ratio,
    (table) => rowMeans(table).map((mean, i) => rows[i] / mean),
    (table) => transposed(weighed(table)).map((column, j) => columns[j] / sum(column)),
    (table) => Math.max(...rowMeans(table).map((mean, i) => Math.abs(mean / rows[i] - 1))),
  );
}

/** The row of a choice; of an amount, both knots beside it in proportion. */
function rowAt(rows, factor, choice) {
  if (!factor.isContinuous) return rows[factor.index(choice)];
  const amounts = factor.levels.map((level) => level.at);
  const amount = clamp(choice, amounts[0], amounts[amounts.length - 1]);
  let above = 1;
  while (amounts[above] < amount) ++above;
  const part = (amount - amounts[above - 1]) / (amounts[above] - amounts[above - 1]);
  return rows[above].map((value, j) => (1 - part) * rows[above - 1][j] + part * value);
}

export class JointFactor {
  constructor(pair, first, second) {
    Object.assign(this, { pair, first, second });
    this.assumeError(null);
    this.people = jointShares(pair, first, second);
    this.ratios = jointRatios(pair, first, second, this.people);
  }

  /** As `Factor.assumeError`. */
  assumeError(part) {
    const { error, ratio } = this.pair;
    this.error = error.map((row, i) => row.map((each, j) => each ?? (part === null ? NaN : part * ratio[i][j])));
  }

  /** Shares of the second factor's levels among people at `choice` of the first. */
  sharesOfSecond(choice) {
    return rowAt(rowShares(this.people), this.first, choice);
  }

  sharesOfFirst(choice) {
    return rowAt(rowShares(transposed(this.people)), this.second, choice);
  }

  /** The cells along the continuous one of the two factors, and its amount. */
  slice(a, b) {
    if (this.first.isContinuous) {
      const column = this.second.index(b);
      return { along: this.first, amount: a, cells: this.first.levels.map((_, i) => [i, column]) };
    }
    const row = this.first.index(a);
    return { along: this.second, amount: b, cells: this.second.levels.map((_, j) => [row, j]) };
  }

  curve({ along, cells }, ratios, errors) {
    const knots = cells.map(([i, j], k) => ({
      at: along.levels[k].at, ratio: ratios[i][j], error: errors === null ? 0 : errors[i][j],
    }));
    return new RatioCurve(knots, along.scale);
  }

  get isContinuous() {
    return this.first.isContinuous || this.second.isContinuous;
  }

  /** Mean pay at two choices together over the workforce's. */
  ratio(a, b) {
    if (!this.isContinuous) return this.ratios[this.first.index(a)][this.second.index(b)];
    const slice = this.slice(a, b);
    return this.curve(slice, this.ratios, null).ratio(slice.amount);
  }

  /** What the ratio at two choices together is over the product of the ratios of each; 1 where one is unknown. */
  excess(a, b) {
    if (a === undefined || b === undefined) return 1;
    return this.ratio(a, b) / (this.first.relativeRatio(a) * this.second.relativeRatio(b));
  }

  /** Standard error of the log of the interaction's ratio; NaN where unknown. */
  logError(a, b) {
    if (!this.isContinuous) {
      const i = this.first.index(a), j = this.second.index(b);
      return this.error[i][j] / this.pair.ratio[i][j];
    }
    const slice = this.slice(a, b), curve = this.curve(slice, this.pair.ratio, this.error);
    return curve.error(slice.amount) / curve.ratio(slice.amount);
  }
}
