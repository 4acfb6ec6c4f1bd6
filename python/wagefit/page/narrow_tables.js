// Tables of many columns on a narrow screen: each cell stands below its head, which the style shows where there is too
// little room. The roles keep a table a table to a screen reader when its rows are no rows of a grid any more.

const MANY = 4; // columns from which on a narrow screen has no room
const ROLES = { TABLE: "table", TR: "row", TD: "cell", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup" };

function setRole(node) {
  const ofHead = node.scope === "col" ? "columnheader" : "rowheader";
  node.setAttribute("role", node.tagName === "TH" ? ofHead : ROLES[node.tagName]);
}

/** Prepares a table for a narrow screen, if it has many columns. */
export function fitTable(table) {
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  if (heads.length < MANY) return;
  table.classList.add("wide");
  for (const node of [table, ...table.querySelectorAll("tr, td, th, thead, tbody, tfoot")]) setRole(node);
  for (const row of table.rows) {
    if (row.parentNode === table.tHead) continue;
    [...row.cells].forEach((cell, i) => {
      if (heads[i] !== "" && cell.textContent !== "") cell.setAttribute("data-head", heads[i]);
    });
  }
}
