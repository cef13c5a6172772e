// The histogram of the whole list, and the window on it: drag it, its edges, or a new one.

const EDGE = 9;

export function overview(root, view) {
  const element = root.querySelector("[data-overview]");
  const whole = element.querySelector(".drawing__whole");
  const brush = whole.querySelector(".drawing__brush");
  let drag = null;

  const share = (day) => (day - view.whole.first) / (view.whole.last - view.whole.first);
  const day = (clientX) => {
    const box = whole.getBoundingClientRect();
    return (
      view.whole.first +
      ((clientX - box.left) / box.width) * (view.whole.last - view.whole.first)
    );
  };
  const show = (first, last) => {
    const begin = Math.min(Math.max(share(first), 0), 1);
    const end = Math.min(Math.max(share(last), 0), 1);
    brush.setAttribute("x", `${100 * begin}%`);
    brush.setAttribute("width", `${Math.max(100 * (end - begin), 0.35)}%`);
  };
  const edges = () => {
    const box = whole.getBoundingClientRect();
    return [share(view.first), share(view.last)].map((at) => box.left + at * box.width);
  };
  const aim = (clientX) => {
    const [left, right] = edges();
    if (right - left > 3 * EDGE) {
      if (Math.abs(clientX - left) < EDGE) return "first";
      if (Math.abs(clientX - right) < EDGE) return "last";
    }
    const isWide = share(view.last) - share(view.first) > 0.97;
    const reach = Math.max(0, (2 * EDGE - (right - left)) / 2);
    return !isWide && clientX > left - reach && clientX < right + reach ? "move" : "new";
  };

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    view.hold();
    element.setPointerCapture(event.pointerId);
    const at = day(event.clientX);
    drag = { what: aim(event.clientX), at, first: view.first, last: view.last, x: event.clientX };
  });
  element.addEventListener("pointermove", (event) => {
    if (!drag) {
      element.dataset.aim = aim(event.clientX);
      return;
    }
    const at = day(event.clientX);
    if (drag.what === "move") view.set(drag.first + at - drag.at, drag.last + at - drag.at);
    if (drag.what === "first") view.set(Math.min(at, drag.last - 1), drag.last);
    if (drag.what === "last") view.set(drag.first, Math.max(at, drag.first + 1));
    if (drag.what === "new") show(Math.min(at, drag.at), Math.max(at, drag.at));
  });
  element.addEventListener("pointerup", (event) => {
    if (drag?.what === "new") {
      const at = day(event.clientX);
      if (Math.abs(event.clientX - drag.x) > 4) {
        view.glide(Math.min(at, drag.at), Math.max(at, drag.at));
      } else {
        view.glide(at - view.days / 2, at + view.days / 2);
      }
    }
    drag = null;
  });
  element.addEventListener("pointercancel", () => {
    drag = null;
    show(view.first, view.last);
  });
  view.addEventListener("move", () => show(view.first, view.last));
  show(view.first, view.last);
}
