// The page: a reader's figures on top, their distribution below.

import { DensityChart } from "./density_chart.js";
import { element, freshId } from "./dom.js";
import { Engine } from "./engine.js";
import { button } from "./form.js";
import { Money } from "./text.js";
import { FIELDS, inWords, readFacts, readWage } from "./typed_facts.js";
import { figureTable, percentileTable } from "./typed_tables.js";

const PAUSE = 250; // milliseconds without a key before intervals are computed
const HINT = "Leave empty what is not known. A top code, such as “$208,000 or more”, is typed as 208,000+.";
const NEEDS = "This browser cannot run the engine, which needs one of 2023 or later, with WebAssembly.";

/** The bytes of a compressed program in base64. */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** A label above a field for a wage. */
function field(label, changed) {
  const id = freshId("field");
  const input = element("input", { id, type: "text", inputmode: "tel", autocomplete: "off", oninput: changed });
  return { input, node: element("div", { class: "control" }, element("label", { for: id }, label), input) };
}

class TypedPage {
  constructor(root, engine, settings) {
    Object.assign(this, { root, engine, settings, fit: null, timer: null });
    this.money = new Money(settings.money);
    const changed = () => this.changed();
    this.fields = new Map(FIELDS.map(({ name, label }) => [name, field(label, changed)]));
    this.wage = field("a wage to place", changed);
    this.said = element("p", { class: "said", role: "status", id: freshId("said") });
    this.chart = new DensityChart(this.money);
    this.notes = element("ul", { class: "notes" });
    this.tables = element("div", { class: "tables" });
    this.build();
    this.showExample(0);
  }

  build() {
    const fields = [...this.fields.values()].map(({ node }) => node);
    const form = element("form", { class: "controls", "aria-label": "Published figures" },
      element("fieldset", {}, element("legend", {}, `What is published, ${this.money.words}`),
        element("div", { class: "typed" }, ...fields), element("p", { class: "hint" }, HINT)),
      element("div", { class: "asked" }, this.wage.node, button("clear", () => this.showTexts({})),
        this.exampleControl()));
    form.addEventListener("submit", (event) => event.preventDefault());
    this.result = element("div", {}, element("figure", {}, this.chart.node, element("figcaption", {},
      "Height: how many people earn about that much, with the band in which it lies with a probability of 90 %. Lines ",
      "stand at what is typed.")), this.notes, this.tables);
    this.root.append(form, this.said, this.result);
    new ResizeObserver(() => this.chart.curve && this.fit.curve && this.chart.redraw()).observe(this.root);
  }

  exampleControl() {
    const id = freshId("example");
    const options = this.settings.examples.map(({ title }, i) => element("option", { value: i }, title));
    this.example = element("select", { id, onchange: () => this.showExample(Number(this.example.value)) },
      element("option", { value: "" }, "none"), ...options);
    return element("div", { class: "control wide-control" }, element("label", { for: id }, "example"), this.example);
  }

  showExample(i) {
    this.wage.input.value = this.settings.examples[i].wage;
    this.showTexts(this.settings.examples[i].texts);
    this.example.value = i;
  }

  showTexts(texts) {
    for (const [name, { input }] of this.fields) input.value = texts[name] ?? "";
    this.changed();
  }

  /** Fits at once; what takes longer waits until nothing is typed for a moment. */
  changed() {
    clearTimeout(this.timer);
    this.example.value = "";
    const texts = Object.fromEntries([...this.fields].map(([name, { input }]) => [name, input.value]));
    const { facts, unreadable } = readFacts(texts), wage = readWage(this.wage.input.value);
    if (wage === undefined) unreadable.push("the wage to place");
    this.markWrong(unreadable, wage === undefined);
    this.fit?.release();
    this.fit = this.engine.fit(facts);
    if (unreadable.length > 0) this.refuse(`${unreadable.join(", ")}: expected a wage such as 44,010 or 208,000+.`);
    else if (this.fit.curve === null) this.refuse(inWords(this.fit.sentence));
    else this.show(facts, wage === null ? null : wage.wage);
  }

  markWrong(unreadable, isWageWrong) {
    for (const [name, { input }] of this.fields) this.mark(input, unreadable.includes(name));
    this.mark(this.wage.input, isWageWrong);
  }

  mark(input, isWrong) {
    input.setAttribute("aria-invalid", String(isWrong));
    if (isWrong) input.setAttribute("aria-errormessage", this.said.id);
    else input.removeAttribute("aria-errormessage");
  }

  refuse(sentence) {
    this.said.textContent = sentence;
    this.said.classList.add("problem");
    this.result.hidden = true;
  }

  show(facts, wage) {
    const { fit } = this, { n, key } = this.settings.draws;
    this.said.classList.remove("problem");
    this.said.textContent = `${inWords(fit.sentence)} ${this.summary(wage)}`;
    this.result.hidden = false;
    this.notes.replaceChildren(...this.remarks(facts).map((text) => element("li", {}, text)));
    this.draw(facts, wage, null);
    this.timer = setTimeout(() => this.draw(facts, wage, fit.draws(n, key)), PAUSE);
  }

  draw(facts, wage, draws) {
    const shown = { curve: this.fit.curve, draws };
    this.chart.draw({ ...shown, marks: this.marks(facts, wage), summary: this.summary(wage) });
    this.tables.replaceChildren(percentileTable(this.money, shown, facts),
      figureTable(this.money, shown, facts, wage));
  }

  marks({ quantiles, atLeast, mean }, wage) {
    const named = (words) => ([p, at]) => ({ name: `P${Math.round(100 * p)}${words}`, wage: at, kind: "percentile" });
    return [
      ...quantiles.map(named("")),
      ...atLeast.map(named("+")),
      ...(mean === null ? [] : [{ name: "mean", wage: mean, kind: "mean" }]),
      ...(wage === null ? [] : [{ name: this.money.text(wage), wage, kind: "wage" }]),
    ];
  }

  summary(wage) {
    const { curve } = this.fit, [low, middle, high] = [0.1, 0.5, 0.9].map((p) => this.money.text(curve.quantile(p)));
    const half = `Half earn ${middle} or less, eight in ten between ${low} and ${high}`;
    if (wage === null) return `${half}.`;
    return `${half}; ${Math.round(100 * curve.cdf(wage))} of 100 earn ${this.money.text(wage)} or less.`;
  }

  /** What a reader should know of the figures, as Python notes it. */
  remarks({ quantiles, mean }) {
    const { nBinding, priorDistance } = this.fit, { far, farUp } = this.settings, found = [];
    const [p, wage] = quantiles.at(-1) ?? [0, 0];
    if (nBinding > 0) found.push("A top code binds: the curve would be lower there, and intervals open upwards.");
    if (mean !== null && p >= farUp && mean > wage)
      found.push(`The mean is above P${Math.round(100 * p)}: a few wages make it.`);
    if (priorDistance > far)
      found.push(`These figures are unlike those of wages: their squared distance from usual ones is ` +
        `${Math.round(priorDistance)} for each, where 1 is usual and 1 in 100 published rows has more than ${far}. ` +
        `Is one mistyped?`);
    return found;
  }
}

/** The engine that the page holds; null where the browser cannot run it, which the page then says. */
async function startEngine(root) {
  try {
    return await Engine.start(await unpacked(document.getElementById("engine").textContent));
  } catch (error) {
    root.replaceChildren(element("p", { class: "problem" }, `${NEEDS} It says: ${error.message}.`));
    return null;
  }
}

async function start(root) {
  const settings = JSON.parse(document.getElementById("settings").textContent), engine = await startEngine(root);
  return engine && new TypedPage(root, engine, settings);
}

start(document.getElementById("typed"));
