// The keyboard on the stage: Tab goes into it once, arrows go from mark to mark, Enter opens.

export function keys(stage, view, card) {
  const { element } = stage;
  element.tabIndex = 0;

  /** Of all marks only one can be reached by Tab, so that nobody walks through hundreds. */
  const rove = (mark) => {
    for (const other of stage.time.querySelectorAll(".drawing__mark")) {
      other.setAttribute("tabindex", other === mark ? "0" : "-1");
    }
  };
  const go = (mark) => {
    if (!mark) return;
    rove(mark);
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const begin = () => rove(stage.marks()[0]?.element ?? null);
  begin();

  element.addEventListener("taken", ({ detail }) => {
    const kept =
      detail.focused && stage.time.querySelector(`[data-entry="${CSS.escape(detail.focused)}"]`);
    if (kept) go(kept);
    else {
      begin();
      if (detail.focused) element.focus({ preventScroll: true });
    }
  });

  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const mark = event.target.closest(".drawing__mark");
    const done = mark && !event.shiftKey ? walk(event.key, mark) : move(event.key);
    if (done || scale(event.key)) event.preventDefault();
  });

  element.addEventListener("click", (event) => {
    const mark = event.target.closest(".drawing__mark");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    rove(mark);
    card.open(mark);
  });

  function scale(key) {
    if (key === "+" || key === "=") view.glide(...view.zoomed(0.5));
    else if (key === "-" || key === "_") view.glide(...view.zoomed(2));
    else if (key === "Home" || key === "0") view.glide(...view.everything());
    else return false;
    return true;
  }

  function move(key) {
    if (key === "ArrowLeft") view.glide(...view.moved(-0.25));
    else if (key === "ArrowRight") view.glide(...view.moved(0.25));
    else if (key === "ArrowDown" || key === "Enter") go(stage.marks()[0]?.element);
    else return false;
    return true;
  }

  function walk(key, mark) {
    const marks = stage.marks();
    const here = marks.find((one) => one.element === mark);
    if (!here) return false;
    if (key === "Escape") {
      element.focus({ preventScroll: true });
      return true;
    }
    if (key === "Enter" || key === " ") {
      card.open(mark);
      return true;
    }
    const lanes = [...stage.time.querySelectorAll(".drawing__lane")];
    const laneOf = (one) => lanes.indexOf(one.element.closest(".drawing__lane"));
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const lane = marks
        .filter((one) => laneOf(one) === laneOf(here))
        .sort((a, b) => a.x - b.x || a.y - b.y);
      go(lane[lane.indexOf(here) + (key === "ArrowRight" ? 1 : -1)]?.element);
      return true;
    }
    if (key === "ArrowUp" || key === "ArrowDown") {
      const step = key === "ArrowDown" ? 1 : -1;
      for (let lane = laneOf(here) + step; lane >= 0 && lane < lanes.length; lane += step) {
        const [nearest] = marks
          .filter((one) => laneOf(one) === lane)
          .sort((a, b) => Math.abs(a.x - here.x) - Math.abs(b.x - here.x));
        if (nearest) {
          go(nearest.element);
          break;
        }
      }
      return true;
    }
    return false;
  }
}
