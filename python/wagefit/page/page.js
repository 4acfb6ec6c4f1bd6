// The page: controls on one side, answers on the other.

import { Answers } from "./answers.js";
import { Chart } from "./chart.js";
import { element } from "./dom.js";
import { PersonForm, button, checkbox, errorControl, wageControl } from "./form.js";
import { explanationTable, figuresTable } from "./results.js";

const EVERYONE = "everyone";

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
    this.wage = wageControl(this.answers.money.unit, tables.start.wages, (wage) => this.setWage(wage));
    this.errors = errorControl((part) => this.setError(part));
    this.compare = checkbox("compare with another person", (isOn) => this.setCompared(isOn));
    this.chart = new Chart(this.answers.money, (wage) => this.setWage(wage));
    this.said = element("p", { class: "said", role: "status" });
    this.numbers = element("div", { class: "numbers" });
    this.reasons = element("div", { class: "reasons" });
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
      "Height: people per dollar. Bars below: what eight in ten earn, from P10 to P90; the dot is the median. ",
      "The same figures stand in the table below."));
    this.root.append(controls, this.said, figure, this.numbers, this.reasons);
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
    const people = [
      ...shown.map((i) => ({ name: ["A", "B"][i], figures: answers.figures(levels[i], paid), kind: ["a", "b"][i] })),
      { name: EVERYONE, figures: answers.figures({}, paid), kind: EVERYONE },
    ];
    this.said.textContent = people.slice(0, shown.length || 1).map((each) => this.sentence(each, levels)).join(" ");
    const series = [people[people.length - 1], ...people.slice(0, -1)]
      .map(({ name, figures, kind }) => ({ name, pay: figures.pay, kind }));
    this.chart.draw(series, paid, this.said.textContent);
    this.numbers.replaceChildren(figuresTable(answers, people, paid));
    this.showReasons(shown, levels);
  }

  sentence({ name, figures, kind }, levels) {
    const { money } = this.answers, [low, , middle, , high] = figures.percentiles.map((wage) => money.text(wage));
    const who = kind === EVERYONE ? "Everyone" : `${name} (${this.answers.describe(levels[kind === "a" ? 0 : 1])})`;
    const place = this.answers.rank(figures).place;
    return `${who}: mean ${money.text(figures.mean)}, half earn less than ${middle}, eight in ten between ${low} and ` +
      `${high}; ${money.text(this.paid)} stands at the ${place} percentile.`;
  }

  showReasons(shown, levels) {
    const against = shown.map((i) => [`Why the mean of ${["A", "B"][i]} is what it is`, levels[i], {}]);
    if (shown.length === 2) against.unshift(["What separates B from A", levels[1], levels[0]]);
    this.reasons.replaceChildren(...against.map(([title, own, baseline]) =>
      explanationTable(this.answers.explanation(own, baseline), title, own, baseline)));
  }
}

for (const root of document.querySelectorAll(".wagefit-answers")) {
  const tables = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  root.hidden = false;
  new Page(root, tables);
}
