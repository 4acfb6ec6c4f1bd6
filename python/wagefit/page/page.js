// The page: controls on one side, answers on the other.

import { Answers } from "./answers.js";
import { Chart } from "./chart.js";
import { element } from "./dom.js";
import { PersonForm, button, checkbox, errorControl, wageControl } from "./form.js";
import { fitTable } from "./narrow_tables.js";
import { explanationTable, figuresTable } from "./results.js";

const NAMES = ["A", "B"];
// Explanations by the person explained and the one she is compared with; null is the whole workforce.
const REASONS = [
  { own: 1, against: 0, title: "What separates B from A" },
  { own: 0, against: null, title: "Why the mean of A is what it is" },
  { own: 1, against: null, title: "Why the mean of B is what it is" },
];

class Page {
  constructor(root, tables) {
    this.root = root;
    this.answers = new Answers(tables);
    this.start = tables.start;
    this.isCompared = false;
    this.pending = null;
    const { factors } = this.answers.model, changed = () => this.changed();
    this.persons = ["Person A", "Person B"].map((name, i) =>
      new PersonForm(name, factors, this.start.persons[i], changed));
    this.wage = wageControl(this.answers.money.words, tables.start.wages, (wage) => this.setWage(wage));
    this.errors = errorControl((part) => this.setError(part));
    this.compare = checkbox("compare with another person", (isOn) => this.setCompared(isOn));
    this.chart = new Chart(this.answers.money, (wage) => this.setWage(wage));
    this.said = element("p", { class: "said", role: "status" });
    this.numbers = element("div", { class: "numbers" });
    this.reasons = REASONS.map(({ title }, i) => {
      const body = element("div", {});
      return { body, node: element("details", { open: i < 2, hidden: true }, element("summary", {}, title), body) };
    });
    this.build();
    this.reset();
  }

  build() {
    const hasFactors = this.answers.model.factors.length > 0;
    const controls = element("form", { class: "controls", "aria-label": "Persons, wage and assumptions" },
      element("div", { class: "persons" }, ...(hasFactors ? this.persons.map((person) => person.node) : [])),
      element("div", { class: "shared" }, this.wage.node, ...(hasFactors ? [this.errors.node, this.compare.node] : []),
        element("div", { class: "buttons" }, button("start again", () => this.reset()))));
    controls.addEventListener("submit", (event) => event.preventDefault());
    const figure = element("figure", {}, this.chart.node, element("figcaption", {},
      "Height: how many people earn about that much. Bars below: what eight in ten earn, from P10 to P90; the dot is ",
      "the median. The same figures stand in the table below."));
    this.root.append(controls, this.said, figure, this.numbers, ...this.reasons.map(({ node }) => node));
    new ResizeObserver(() => this.chart.series && this.chart.redraw()).observe(this.root);
  }

  reset() {
    this.persons.forEach((person, i) => person.show(this.start.persons[i]));
    this.answers.assumeError(null);
    this.errors.show(null);
    this.setCompared(false);
    this.setWage(this.start.wages.start);
  }

  setWage(wage) {
    const { step } = this.start.wages;
    this.paid = Number.isInteger(wage) ? wage : Math.round(wage / step) * step;
    this.wage.show(this.paid);
    this.changed();
  }

  setError(part) {
    this.answers.assumeError(part);
    this.changed();
  }

  setCompared(isOn) {
    this.isCompared = isOn;
    this.compare.show(isOn);
    this.persons[1].node.hidden = !isOn;
    this.changed();
  }

  /** Draws once for all that changes before the next frame. */
  changed() {
    if (this.pending !== null) return;
    this.pending = requestAnimationFrame(() => {
      this.pending = null;
      this.show();
    });
  }

  show() {
    const { answers, paid } = this, levels = this.persons.map((person) => person.levels);
    const shown = answers.model.factors.length === 0 ? [] : this.isCompared ? [0, 1] : [0];
    const persons = shown.map((i) => ({
      name: NAMES[i], figures: answers.figures(levels[i], paid), kind: NAMES[i].toLowerCase(),
      who: `${NAMES[i]} (${answers.describeBriefly(levels[i])})`,
    }));
    const { everyone } = answers.tables.texts;
    const all = { name: everyone, figures: answers.figures({}, paid), kind: "everyone", who: everyone };
    this.said.textContent = (persons.length > 0 ? persons : [all]).map((each) => this.sentence(each)).join(" ");
    const series = [all, ...persons].map(({ name, figures, kind }) => ({ name, pay: figures.pay, kind }));
    this.chart.draw(series, paid, this.said.textContent);
    this.numbers.replaceChildren(figuresTable(answers, [...persons, all], paid));
    this.showReasons(shown, levels);
  }

  sentence({ who, figures }) {
    const { money } = this.answers, [low, , middle, , high] = figures.percentiles.map((wage) => money.text(wage));
    const { place } = this.answers.rank(figures);
    return `${who}: mean ${money.text(figures.mean)}, half earn less than ${middle}, eight in ten between ${low} and ` +
      `${high}; ${money.text(this.paid)} stands at the ${place} percentile.`;
  }

  showReasons(shown, levels) {
    this.reasons.forEach(({ node, body }, i) => {
      const { own, against, title } = REASONS[i];
      const isWanted = shown.includes(own) && (against === null || shown.includes(against));
      node.hidden = !isWanted;
      if (!isWanted) return;
      const name = against === null ? "the whole workforce" : NAMES[against];
      const baseline = against === null ? {} : levels[against];
      body.replaceChildren(explanationTable(this.answers, title, name, levels[own], baseline));
    });
  }
}

/** On paper nothing can be opened: what the report keeps folded is unfolded while it is printed. */
function unfoldForPrint() {
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("#report details:not([open])")];
    for (const each of folded) each.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const each of folded) each.open = false;
  });
}

unfoldForPrint();
for (const table of document.querySelectorAll("#report table")) fitTable(table);
for (const root of document.querySelectorAll(".wagefit-answers")) {
  const tables = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  root.hidden = false;
  new Page(root, tables);
}
