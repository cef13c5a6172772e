// Hands on the stage: drag to pan, two fingers to pinch, Ctrl and the wheel to zoom.
//
// A plain wheel scrolls the page, as everywhere; a sideways one pans.

const STILL = 4;
const LINE = 16;

export function gestures(stage, view) {
  const { element, root } = stage;
  const hands = new Map();
  let moved = false;
  let before = null;

  element.addEventListener(
    "wheel",
    (event) => {
      const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? innerHeight : 1;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        view.hold();
        const factor = Math.exp(Math.max(-1, Math.min(1, event.deltaY * unit * 0.004)));
        view.set(...view.zoomed(factor, stage.dayAt(event.clientX)));
        return;
      }
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        view.hold();
        const days = sideways * unit * stage.daysPerPixel;
        view.set(view.first + days, view.last + days);
      }
    },
    { passive: false },
  );

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    view.hold();
    hands.set(event.pointerId, event.clientX);
    if (hands.size === 1) moved = false;
    before = grip(hands);
  });

  element.addEventListener("pointermove", (event) => {
    if (!hands.has(event.pointerId)) return;
    hands.set(event.pointerId, event.clientX);
    const now = grip(hands);
    if (!moved && hands.size === 1 && Math.abs(now.x - before.x) < STILL) return;
    if (!moved) {
      moved = true;
      element.setPointerCapture(event.pointerId);
      root.classList.add("is-moving");
    }
    const day = stage.dayAt(before.x);
    const factor = before.spread && now.spread ? before.spread / now.spread : 1;
    const [first, last] = view.zoomed(factor, day);
    const days = ((before.x - now.x) / stage.box().width) * (last - first);
    view.set(first + days, last + days);
    before = now;
  });

  const release = (event) => {
    hands.delete(event.pointerId);
    before = grip(hands);
    if (hands.size === 0) root.classList.remove("is-moving");
  };
  element.addEventListener("pointerup", release);
  element.addEventListener("pointercancel", release);
  element.addEventListener("lostpointercapture", release);
  element.addEventListener("dragstart", (event) => event.preventDefault());
  // What was dragged was not clicked.
  element.addEventListener(
    "click",
    (event) => {
      if (!moved) return;
      moved = false;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  element.addEventListener("dblclick", (event) => {
    if (event.target.closest(".drawing__mark")) return;
    view.glide(...view.zoomed(0.5, stage.dayAt(event.clientX)));
  });
}

/** The middle of all hands, and how far the first two are apart. */
function grip(hands) {
  const places = [...hands.values()];
  if (places.length === 0) return null;
  const x = places.reduce((sum, place) => sum + place, 0) / places.length;
  return { x, spread: places.length > 1 ? Math.max(20, Math.abs(places[0] - places[1])) : 0 };
}
