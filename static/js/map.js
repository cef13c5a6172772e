/*
 * Moves the map: wheel, drag, pinch, keys and its buttons. The server draws each part of the world;
 * while a new picture is on its way the old one is moved and stretched, so that nothing jumps.
 */

const SETTLED = 250; // milliseconds without a movement before a new picture is asked for
const STEP = 0.25; // of the picture's width, for one press of an arrow key
const NARROWEST = 0.05; // degrees, as the server has it
const HIGHEST = 84;

const radians = Math.PI / 180;
const mercator = (latitude) => Math.log(Math.tan(Math.PI / 4 + (latitude * radians) / 2)) / radians;
const latitudeAt = (north) => (2 * Math.atan(Math.exp(north * radians)) - Math.PI / 2) / radians;

class MovingMap {
  constructor(figure) {
    this.figure = figure;
    this.view = { x: 0, y: 0, scale: 1 };
    this.pointers = new Map();
    this.request = null;
    figure.dataset.mapAlive = "";
    figure.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    figure.addEventListener("pointerdown", (event) => this.press(event));
    figure.addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel"]) {
      figure.addEventListener(name, (event) => this.release(event));
    }
    figure.addEventListener("keydown", (event) => this.key(event));
    figure.addEventListener("click", (event) => this.click(event), true);
    this.prepare();
  }

  /* Let the pictures take the keyboard. */
  prepare() {
    for (const picture of this.figure.querySelectorAll(".map__picture")) {
      picture.setAttribute("tabindex", "0");
    }
  }

  get picture() {
    return [...this.figure.querySelectorAll(".map__picture")].find((each) => each.getClientRects().length);
  }

  /* Where an event was, in the picture's own pixels. */
  at(event) {
    const frame = this.picture.getBoundingClientRect();
    const ratio = this.picture.viewBox.baseVal.width / frame.width;
    return { x: (event.clientX - frame.left) * ratio, y: (event.clientY - frame.top) * ratio };
  }

  wheel(event) {
    // A plain wheel scrolls the page, as everywhere; with Ctrl, or a pinch of a touchpad, it zooms.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * 0.004), this.at(event));
  }

  press(event) {
    if (!event.target.closest(".map__picture") || event.button) return;
    this.pointers.set(event.pointerId, this.at(event));
    this.moved = 0;
  }

  drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = this.at(event);
    const others = [...this.pointers.entries()].filter(([id]) => id !== event.pointerId);
    this.pointers.set(event.pointerId, now);
    this.moved += Math.hypot(now.x - before.x, now.y - before.y);
    if (this.moved < 4) return;
    this.figure.setPointerCapture(event.pointerId);
    this.picture.classList.add("map__picture--dragged");
    if (others.length) {
      const [, other] = others[0];
      const apart = (point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      this.zoom(apart(now) / apart(before), other);
    } else {
      this.pan(now.x - before.x, now.y - before.y);
    }
  }

  release(event) {
    this.pointers.delete(event.pointerId);
    this.picture?.classList.remove("map__picture--dragged");
  }

  click(event) {
    // What ends a drag is no click on the mark below.
    if (this.moved > 4 && event.target.closest(".map__picture")) {
      event.preventDefault();
      event.stopPropagation();
      this.moved = 0;
      return;
    }
    const factor = event.target.closest("[data-map-closer]") ? 2 : event.target.closest("[data-map-wider]") ? 0.5 : 0;
    if (!factor || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.zoom(factor);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest(".map__picture")) return;
    const { width, height } = this.picture.viewBox.baseVal;
    const moves = {
      ArrowLeft: () => this.pan(width * STEP, 0),
      ArrowRight: () => this.pan(-width * STEP, 0),
      ArrowUp: () => this.pan(0, height * STEP),
      ArrowDown: () => this.pan(0, -height * STEP),
      "+": () => this.zoom(2),
      "=": () => this.zoom(2),
      "-": () => this.zoom(0.5),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }

  pan(x, y) {
    this.view.x += x;
    this.view.y += y;
    this.show();
  }

  zoom(factor, around) {
    const { width, height } = this.picture.viewBox.baseVal;
    const middle = around ?? { x: width / 2, y: height / 2 };
    this.view.x = middle.x - (middle.x - this.view.x) * factor;
    this.view.y = middle.y - (middle.y - this.view.y) * factor;
    this.view.scale *= factor;
    this.show();
  }

  show() {
    const { x, y, scale } = this.view;
    const moves = this.picture.querySelector("[data-map-moves]");
    moves.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.redraw(), SETTLED);
  }

  /* What the picture shows now, as west,south,east,north. */
  box() {
    const [west, south, east, north] = this.picture.dataset.box.split(",").map(Number);
    const { width, height } = this.picture.viewBox.baseVal;
    const { x, y, scale } = this.view;
    const wide = (east - west) / width;
    const high = (mercator(north) - mercator(south)) / height;
    const left = west - (x / scale) * wide;
    const top = mercator(north) + (y / scale) * high;
    const right = left + Math.max((width / scale) * wide, NARROWEST);
    const bottom = top - (height / scale) * high;
    const edges = [
      Math.max(-180, left),
      Math.max(-HIGHEST, latitudeAt(bottom)),
      Math.min(180, right),
      Math.min(HIGHEST, latitudeAt(top)),
    ];
    return edges[0] < edges[2] && edges[1] < edges[3] ? edges.map((edge) => edge.toFixed(3)).join(",") : null;
  }

  async redraw() {
    const box = this.box();
    if (box === null) return;
    const address = new URL(window.location.href);
    address.searchParams.set("box", box);
    address.search = address.search.replaceAll("%2C", ",");
    this.request?.abort();
    this.request = new AbortController();
    try {
      const response = await fetch(address, { signal: this.request.signal });
      if (!response.ok) throw new Error(response.statusText);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const drawn = page.querySelector("[data-map]");
      if (!drawn || this.pointers.size) return;
      const focus = this.figure.contains(document.activeElement)
        ? document.activeElement.closest("[data-map-closer], [data-map-wider], .map__picture")
        : null;
      const kept = focus?.matches("[data-map-closer]") ? "[data-map-closer]" : focus?.matches("[data-map-wider]") ? "[data-map-wider]" : focus ? ".map__picture" : "";
      for (const sheet of drawn.querySelectorAll("[data-map-sheet]")) {
        this.figure.querySelector(`[data-map-sheet="${sheet.dataset.mapSheet}"]`).replaceWith(sheet);
      }
      this.view = { x: 0, y: 0, scale: 1 };
      this.prepare();
      window.history.replaceState(null, "", address);
      if (kept) {
        [...this.figure.querySelectorAll(kept)].find((each) => each.getClientRects().length)?.focus();
      }
    } catch (error) {
      if (error.name !== "AbortError") window.location.assign(address);
    }
  }
}

for (const figure of document.querySelectorAll("[data-map]")) new MovingMap(figure);
