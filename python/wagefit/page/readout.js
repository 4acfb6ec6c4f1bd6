// What a picture says of the place that is pointed at.

import { element } from "./dom.js";

/** A tooltip that follows the pointer over the picture. */
export function readout(node, wageAt, describe) {
  const box = element("div", { class: "readout", "aria-hidden": "true", hidden: true });
  node.addEventListener("pointermove", (event) => {
    const frame = node.getBoundingClientRect(), x = event.clientX - frame.left;
    box.textContent = describe(wageAt(x));
    box.hidden = false;
    box.style.left = `${Math.min(Math.max(x - box.offsetWidth / 2, 0), frame.width - box.offsetWidth)}px`;
  });
  node.addEventListener("pointerleave", () => {
    box.hidden = true;
  });
  return box;
}
