"""What a page in a browser is looked through for: each is JavaScript that lists what is wrong, or can be reached."""

# What of the page ends beyond the window, but for what only a screen reader sees.
CUT = """
[...document.querySelectorAll("body *")].filter((node) => {
  const box = node.getBoundingClientRect();
  const isUnseen = node.closest(".skip, .unseen, thead, [hidden]") !== null || box.width <= 1 || box.height <= 1;
  return !isUnseen && (box.right > window.innerWidth + 0.5 || box.left < -0.5);
}).map((node) => `${node.tagName} ${node.className} ${node.textContent.slice(0, 40)}`)
"""
# Figures that are broken between two lines, such as an interval in a column one word wide.
BROKEN = """
[...document.querySelectorAll("td:not(.left)")].filter((cell) => {
  const text = document.createRange();
  text.selectNodeContents(cell);
  return new Set([...text.getClientRects()].map((box) => box.top)).size > 1;
}).map((cell) => cell.textContent)
"""
# Texts whose letters stand out from what is behind them less than the guidelines for the web ask (WCAG 2.2, 1.4.3).
FAINT = """
(() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((each) => each / 255)
    .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    .reduce((sum, each, i) => sum + each * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let each = node; each; each = each.parentElement) {
      const color = parse(getComputedStyle(each).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("p, li, label, legend, th, td, caption, figcaption, button, select, h1, h2, a")]
    .filter((node) => node.textContent.trim() !== "")
    .filter((node) => {
      const pair = [light(parse(getComputedStyle(node).color)), light(behind(node))].sort((a, b) => b - a);
      return (pair[0] + 0.05) / (pair[1] + 0.05) < 4.5;
    }).map((node) => `${node.tagName} ${node.textContent.slice(0, 40)}`);
})()
"""
NAMELESS = """
[...document.querySelectorAll("input, select, button, svg:not([aria-hidden]), iframe")].filter((node) => {
  const label = node.labels?.length ? node.labels[0].textContent : node.getAttribute("aria-label");
  return !(label || (node.tagName === "BUTTON" ? node.textContent : "")).trim();
}).map((node) => node.outerHTML.slice(0, 80))
"""
UNREADABLE_TABLES = """
[...document.querySelectorAll("table")].filter((table) => {
  const heads = [...table.querySelectorAll("th")];
  return !table.caption?.textContent.trim() || !table.tHead || heads.some((head) => !head.scope);
}).map((table) => table.textContent.slice(0, 60))
"""
FOCUSABLE = """
[...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter((node) => node.closest("[hidden]") === null && node.closest("details:not([open]) > :not(summary)") === null)
"""
