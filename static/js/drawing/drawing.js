// The drawn timeline comes alive: each part is a module of its own, all of them follow one view.

import { Card } from "./card.js";
import { copying } from "./copy.js";
import { gestures } from "./gestures.js";
import { keys } from "./keys.js";
import { overview } from "./overview.js";
import { picturing } from "./png.js";
import { Source } from "./source.js";
import { Stage } from "./stage.js";
import { steps } from "./steps.js";
import { tips } from "./tips.js";
import { View } from "./view.js";

const SETTLED = 130;

async function enliven(place) {
  const source = new Source(place);
  const figure = await source.first();
  if (!figure) return;
  place.replaceChildren(...figure.fragment.childNodes);
  const root = place.querySelector(".drawing");
  if (!root) return;
  const whole = root.querySelector(".drawing__whole");
  const begin = Number(whole.dataset.first);
  const view = new View(Number(root.dataset.first), Number(root.dataset.last) + 1, {
    first: begin,
    last: begin + Number(whole.dataset.days),
  });
  const stage = new Stage(root, view);
  const card = new Card(root, view);
  gestures(stage, view);
  overview(root, view);
  steps(root, view);
  keys(stage, view, card);
  tips(stage, view);
  picturing(root);
  copying(root);
  root.classList.add("is-live");

  let waiting = 0;
  const load = async () => {
    const found = await source.around(view);
    if (found) stage.take(found);
  };
  const settle = () => {
    clearTimeout(waiting);
    waiting = setTimeout(load, SETTLED);
  };
  view.addEventListener("move", () => {
    settle();
    if (stage.isRunningOut()) load();
  });
  view.addEventListener("move", remember(view));
  new ResizeObserver(() => {
    if (source.isOtherWidth()) settle();
  }).observe(place);
}

/** Keep the window in the page's address, and in the form that filters. */
function remember(view) {
  let waiting = 0;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const url = new URL(location.href);
      url.searchParams.delete("window");
      const others = url.searchParams.toString();
      url.search = `${others}${others ? "&" : ""}window=${view.text}`;
      history.replaceState(history.state, "", url);
      for (const field of document.querySelectorAll("input[name=window]")) field.value = view.text;
    }, SETTLED);
  };
}

for (const place of document.querySelectorAll("[data-drawing]")) enliven(place);
