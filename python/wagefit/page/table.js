// Tables that screen readers can read and that narrow screens can show.

import { element } from "./dom.js";
import { fitTable } from "./narrow_tables.js";

/** A table with a caption, heads and rows; a row is a list of texts or nodes, its first cell the row's head. */
export function table(caption, heads, rows, foot = []) {
  const line = (row, kind) => element("tr", { class: kind },
    element("th", { scope: "row" }, row[0]), ...row.slice(1).map((cell) => element("td", {}, cell)));
  const node = element("table", {},
    element("caption", { class: foot.length > 0 ? "unseen" : null }, caption),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows.map((row) => line(row, null))),
    element("tfoot", {}, ...foot.map((row) => line(row, "total"))));
  fitTable(node);
  return node;
}
