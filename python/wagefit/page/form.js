// The controls of the page: a person's levels, a wage, and what is assumed of errors.

import { element, freshId } from "./dom.js";

/** A label above a control. */
function labeled(text, control) {
  const id = freshId("control");
  control.setAttribute("id", id);
  return element("div", { class: "control" }, element("label", { for: id }, text), control);
}

/** A number with a slider below it that says the same. `read` takes the number, undefined where it is empty. */
class NumberControl {
  constructor(text, { least, most, step, isOptional, sliderName }, read) {
    this.read = read;
    this.isOptional = isOptional;
    this.number = element("input", {
      type: "number", min: 0, step: "any", inputmode: "decimal", placeholder: isOptional ? "not known" : null,
      oninput: () => this.changed(this.number.value),
    });
    this.slider = element("input", {
      type: "range", min: least, max: most, step, "aria-label": sliderName,
      oninput: () => this.changed(this.slider.value),
    });
    this.node = labeled(text, this.number);
    this.node.append(this.slider);
  }

  changed(text) {
    const value = text === "" ? undefined : Number(text);
    const isWrong = value === undefined ? !this.isOptional : !(Number.isFinite(value) && value >= 0);
    this.number.setAttribute("aria-invalid", String(isWrong));
    if (isWrong) return;
    this.show(value);
    this.read(value);
  }

  show(value) {
    if (this.number.value !== String(value ?? "")) this.number.value = value ?? "";
    if (value !== undefined) this.slider.value = value;
    this.slider.classList.toggle("unset", value === undefined);
  }
}

function levelSelect(factor, read) {
  const options = factor.levels.map((level) =>
    element("option", { value: level.name }, level.label || level.name));
  const select = element("select", { onchange: () => read(select.value === "" ? undefined : select.value) },
    element("option", { value: "" }, "not known"), ...options);
  const node = labeled(factor.name, select);
  return { node, show: (level) => { select.value = level ?? ""; } };
}

function amountControl(factor, read) {
  const amounts = factor.levels.map((level) => level.at), most = Math.max(...amounts);
  const text = factor.unit === "" ? factor.name : `${factor.name}, ${factor.unit}`;
  const options = {
    least: Math.min(...amounts), most, step: most > 100 ? "any" : 1, isOptional: true, sliderName: `${text}, slider`,
  };
  return new NumberControl(text, options, read);
}

/** The controls of one person. `changed` is called without arguments whenever a level is chosen. */
export class PersonForm {
  constructor(title, factors, levels, changed) {
    this.levels = { ...levels };
    this.controls = factors.map((factor) => {
      const read = (choice) => {
        this.choose(factor.name, choice);
        changed();
      };
      const control = factor.isContinuous ? amountControl(factor, read) : levelSelect(factor, read);
      control.show(levels[factor.name]);
      return { name: factor.name, control };
    });
    this.node = element("fieldset", { class: "person" }, element("legend", {}, title),
      ...this.controls.map(({ control }) => control.node));
  }

  choose(name, choice) {
    if (choice === undefined) delete this.levels[name];
    else this.levels[name] = choice;
  }

  show(levels) {
    this.levels = { ...levels };
    for (const { name, control } of this.controls) control.show(levels[name]);
  }
}

/** A wage, in the `words` of its unit, between the lowest and the highest that a slider needs. */
export function wageControl(words, { least, most, step }, read) {
  const options = { least, most, step, isOptional: false, sliderName: `a wage, ${words}, slider` };
  return new NumberControl(`a wage, ${words}`, options, read);
}

const ASSUMED = [["", "nothing assumed"], ...[1, 2, 3, 5, 10].map((part) => [part / 100, `${part} %`])];

/** What is assumed where a source gives no standard error. */
export function errorControl(read) {
  const options = ASSUMED.map(([value, text]) => element("option", { value }, text));
  const changed = () => read(select.value === "" ? null : Number(select.value));
  const select = element("select", { onchange: changed }, ...options);
  const node = labeled("standard error assumed where a source gives none", select);
  return { node, show: (part) => { select.value = part ?? ""; } };
}

export function button(text, onclick) {
  return element("button", { type: "button", onclick }, text);
}

export function checkbox(text, read) {
  const box = element("input", { type: "checkbox", onchange: () => read(box.checked) });
  const node = element("label", { class: "check" }, box, ` ${text}`);
  return { node, show: (isOn) => { box.checked = isOn; } };
}
