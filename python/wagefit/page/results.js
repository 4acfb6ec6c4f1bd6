// Tables of the page: figures of the persons side by side, and why their mean pay is what it is.

import { PERCENTILES } from "./answers.js";
import { element, freshId } from "./dom.js";

/** A table with a caption, heads and rows; a row is a list of texts or nodes, its first cell the row's head. */
function table(caption, heads, rows, foot = []) {
  const cells = (row) => row.slice(1).map((cell, i) => element("td", { "data-head": heads[i + 1] }, cell));
  const line = (row, kind) => element("tr", { class: kind }, element("th", { scope: "row" }, row[0]), ...cells(row));
  return element("table", {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows.map((row) => line(row, row.kind))),
    element("tfoot", {}, ...foot.map((row) => line(row, "total"))));
}

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
    row("90 % interval of that", (each) => answers.rank(each).interval),
  ];
  return table(`Pay of people like these, ${money.unit}`, ["", ...people.map(({ name }) => name)], rows);
}

/** A button whose tooltip says where a ratio comes from; it opens on pointing, on focus, and closes on Escape. */
function sourceTip(name, text) {
  const id = freshId("tip");
  const tip = element("span", { role: "tooltip", id, class: "tip" }, text);
  const ask = element("button", {
    type: "button", class: "ask", "aria-label": `Source of ${name}`, "aria-describedby": id,
    onkeydown: (event) => {
      if (event.key === "Escape") ask.blur();
    },
  }, "?");
  return element("span", { class: "asked" }, ask, tip);
}

/** Where the ratio of a line comes from, in a sentence. */
function sourceOf(part, choice) {
  const cited = part.joint?.pair ?? part.factor.level(choice);
  const year = cited.year === null || cited.source.includes(String(cited.year)) ? "" : `, ${cited.year}`;
  const proxy = cited.isProxy ? " A proxy: measured on other people or another level than the name says." : "";
  const note = cited.note === "" ? "" : ` ${cited.note}.`;
  return `${cited.source}${year}. ${cited.population}.${proxy}${note}`;
}

function lineHead(line, choices, isWorkforce) {
  const other = isWorkforce ? "" : ` (against: ${line.other})`;
  const cited = choices.find((choice) => choice !== undefined);
  const text = `${line.name}: ${line.level}${other}`;
  if (cited === undefined && line.part.factor !== undefined) return text;
  return element("span", {}, `${text} `, sourceTip(line.name, sourceOf(line.part, cited)));
}

/** What each factor adds to mean pay, as bars beside the numbers would: lines that add up as printed. */
export function explanationTable(explanation, title, levels, baseline) {
  const isWorkforce = Object.keys(baseline).length === 0;
  const rows = explanation.lines.map((line) => {
    const choices = [levels[line.name], baseline[line.name]];
    return [lineHead(line, choices, isWorkforce), line.ratio, line.percent, line.adds, line.error];
  });
  const first = [`mean pay of ${explanation.baselineName}`, "", "", explanation.baseline, ""];
  const transport = ["rank-preserving transport", "", "", explanation.transport, ""];
  const heads = ["", "ratio", "percent", "adds", "±"];
  const foot = [["mean pay", "", "", explanation.total, ""]];
  return element("div", {}, table(title, heads, [first, ...rows, transport], foot),
    element("ul", { class: "notes" }, ...explanation.notes.map((note) => element("li", {}, note))));
}
