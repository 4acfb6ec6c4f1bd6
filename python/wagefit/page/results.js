// Tables of the page: figures of the persons side by side, and why their mean pay is what it is.

import { PERCENTILES } from "./answers.js";
import { element, freshId } from "./dom.js";
import { table } from "./table.js";
import { waterfall } from "./waterfall.js";

/** The figures of each of `people`, of {name, figures}, in a column of its own. */
export function figuresTable(answers, people, wage) {
  const { money } = answers;
  const row = (name, write) => [name, ...people.map(({ figures }) => write(figures))];
  const rows = [
    row("mean", (each) => money.text(each.mean)),
    row("90 % interval of the mean", (each) => answers.meanInterval(each)),
    ...PERCENTILES.map((p, i) =>
      row(p === 50 ? "median" : `P${p}`, (each) => money.text(each.percentiles[i]))),
    row("standard deviation", (each) => money.text(each.deviation)),
    row(`${money.text(wage)} stands at the percentile`, (each) => answers.rank(each).place),
    row("90 % interval of that percentile", (each) => answers.rank(each).interval),
  ];
  return table(`Pay of people like these, ${money.words}`, ["", ...people.map(({ name }) => name)], rows);
}

/** A button whose tooltip says where a ratio comes from; it opens on pointing and on focus, and closes on Escape. */
function sourceTip(name, text) {
  const id = freshId("tip");
  const tip = element("span", { role: "tooltip", id, class: "tip" }, text);
  const ask = element("button", {
    type: "button", class: "ask", "aria-label": `Source of ${name}`, "aria-describedby": id,
    onkeydown: (event) => {
      if (event.key === "Escape") ask.classList.add("closed");
    },
    onblur: () => ask.classList.remove("closed"),
  }, "?");
  return [ask, tip];
}

function lineHead(line, levels, baseline, sources) {
  const { part } = line, isWorkforce = Object.keys(baseline).length === 0;
  const text = `${line.name}: ${line.level}${isWorkforce ? "" : ` (against: ${line.other})`}`;
  const choice = levels[line.name] ?? baseline[line.name];
  if (part.joint === undefined && choice === undefined) return text;
  const cited = part.joint === undefined ? part.factor.level(choice) : part.joint.pair;
  return element("span", {}, `${text} `, ...sourceTip(line.name, sources[cited.cited]));
}

/** What each factor adds to mean pay, in lines that add up as printed, with what to know of them. */
export function explanationTable(answers, caption, baselineName, levels, baseline) {
  const explanation = answers.explanation(levels, baseline), { sources } = answers.tables;
  const { found, lines } = explanation;
  const [start, ...bars] = waterfall(found.baseline, [...lines.map((line) => line.amount), found.transport]);
  const rows = lines.map((line, i) =>
    [lineHead(line, levels, baseline, sources), bars[i], line.ratio, line.percent, line.adds, line.error]);
  const first = [`mean pay of ${baselineName}`, start, "", "", explanation.baseline, ""];
  const transport = ["rank-preserving transport", bars[lines.length], "", "", explanation.transport, ""];
  const heads = [`mean pay, ${answers.money.words}`, "", "ratio", "percent", "adds", "±"];
  const foot = [["mean pay", bars[lines.length + 1], "", "", explanation.total, ""]];
  return element("div", { class: "explanation" }, table(caption, heads, [first, ...rows, transport], foot),
    element("ul", { class: "notes" }, ...explanation.notes.map((note) => element("li", {}, note))));
}
