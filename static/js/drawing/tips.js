// What a bar of a density stands for, beside the hand that points at it.

import { dated } from "./view.js";

export function tips(stage, view) {
  const { element } = stage;
  const tip = element.querySelector("[data-tip]");
  const language = document.documentElement.dataset.locale;
  const number = new Intl.NumberFormat(language);
  const days = new Intl.DateTimeFormat(language, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });

  element.addEventListener("pointermove", (event) => {
    const found = event.pointerType === "touch" ? null : barAt(event);
    tip.hidden = !found;
    if (!found) return;
    const [start, length, dated_, by] = found.bar;
    const when = days.formatRange(dated(start), dated(start + length - 1));
    tip.textContent = `${when}: ${number.format(dated_)}${by ? ` + ${number.format(by)}` : ""}`;
    const box = element.getBoundingClientRect();
    const x = Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 4);
    tip.style.transform = `translate(${x}px, ${event.clientY - box.top - 34}px)`;
  });
  element.addEventListener("pointerleave", () => {
    tip.hidden = true;
  });
  view.addEventListener("move", () => {
    tip.hidden = true;
  });
  // A click on a bar goes into it.
  element.addEventListener("click", (event) => {
    const found = barAt(event);
    if (!found) return;
    const [start, length] = found.bar;
    if (view.days > length * 3) view.glide(start - length, start + 2 * length);
  });

  function barAt(event) {
    const y = event.clientY - stage.box().top;
    for (const lane of stage.time.querySelectorAll("[data-bins]")) {
      const top = Number(lane.dataset.top);
      if (y < top || y > top + Number(lane.dataset.height)) continue;
      const day = Math.floor(stage.dayAt(event.clientX));
      const bar = barsOf(lane).find(([start, length]) => day >= start && day < start + length);
      return bar ? { lane, bar } : null;
    }
    return null;
  }
}

const read = new WeakMap();

function barsOf(lane) {
  if (!read.has(lane)) {
    read.set(
      lane,
      lane.dataset.bins.split(" ").map((text) => text.split(":").map(Number)),
    );
  }
  return read.get(lane);
}
