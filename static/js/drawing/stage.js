// The stage: where the picture is, how it moves with the view, and how a new one takes its place.
//
// Everything along the time axis is a share of the width of `.drawing__time`, so two attributes
// of that one element move and stretch all of it, while words and shapes keep their size.

const REPLACED = ["[data-said]", ".drawing__steps", "[data-legend]"];

export class Stage {
  #isDue = false;

  constructor(root, view) {
    this.root = root;
    this.view = view;
    this.element = root.querySelector("[data-stage]");
    view.addEventListener("move", () => this.#draw());
    this.#find();
  }

  #find() {
    this.picture = this.element.querySelector(".drawing__picture");
    this.time = this.picture.querySelector(".drawing__time");
    this.first = Number(this.picture.dataset.first);
    this.days = Number(this.picture.dataset.days);
  }

  #draw() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.apply();
    });
  }

  apply() {
    const { first, days } = this.view;
    this.time.setAttribute("x", `${(-100 * (first - this.first)) / days}%`);
    this.time.setAttribute("width", `${(100 * this.days) / days}%`);
    const isMoved = Math.abs(first - this.first) > days / 50;
    this.picture.classList.toggle("is-moved", isMoved || days > this.days * 1.02);
  }

  /** Whether the view comes near to where nothing is drawn. */
  isRunningOut() {
    const room = this.days * 0.4;
    return (
      this.view.first < this.first - room || this.view.last > this.first + this.days + room
    );
  }

  /** The day under a point of the screen. */
  dayAt(clientX) {
    const box = this.box();
    return this.view.first + ((clientX - box.left) / box.width) * this.view.days;
  }

  /** How many days a pixel of the screen is. */
  get daysPerPixel() {
    return this.view.days / this.box().width;
  }

  box() {
    return this.picture.getBoundingClientRect();
  }

  /** The marks in view, in order of lanes and time. */
  marks() {
    const box = this.box();
    return [...this.time.querySelectorAll(".drawing__mark")]
      .map((element) => ({ element, ...middle(element) }))
      .filter(({ x }) => x >= box.left - 2 && x <= box.right + 2);
  }

  /** Take a new picture and what is said of it; whoever had the focus keeps it. */
  take({ figure }) {
    if (!figure) return;
    const focused = document.activeElement?.closest?.(".drawing__mark")?.dataset.entry;
    const picture = document.adoptNode(figure.querySelector(".drawing__picture"));
    picture.querySelector(".drawing__view").classList.add("is-new");
    this.picture.replaceWith(picture);
    this.#find();
    this.apply();
    for (const selector of REPLACED) {
      const [old, fresh] = [this.root.querySelector(selector), figure.querySelector(selector)];
      if (old && fresh) old.replaceChildren(...fresh.childNodes);
    }
    for (const hook of ["list", "svg"]) {
      this.root.querySelector(`[data-${hook}]`).href = figure.querySelector(`[data-${hook}]`).href;
    }
    this.root.querySelector("[data-snippet]").value =
      figure.querySelector("[data-snippet]").value;
    this.element.setAttribute(
      "aria-label",
      figure.querySelector("[data-stage]").getAttribute("aria-label"),
    );
    this.element.dispatchEvent(new CustomEvent("taken", { detail: { focused } }));
  }
}

/** Where on the screen a mark is: its sign, or the visible part of its bar. */
export function middle(mark) {
  const sign = mark.querySelector(".drawing__hit, .drawing__hatched, .drawing__bar");
  const box = (sign ?? mark).getBoundingClientRect();
  const view = mark.closest(".drawing__view").getBoundingClientRect();
  const left = Math.max(box.left, view.left);
  const right = Math.min(box.right, view.right);
  const x = left <= right ? (left + right) / 2 : (box.left + box.right) / 2;
  return { x, y: (box.top + box.bottom) / 2 };
}
