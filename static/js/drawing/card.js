// The card of a mark: what, when, who says so, how it was judged. Esc closes, the focus returns.

const GAP = 14;
const SHEET = "(max-width: 39.99rem)";

export class Card {
  #asked = 0;

  constructor(root, view) {
    this.root = root;
    this.element = root.appendChild(document.createElement("div"));
    this.element.className = "drawing-card";
    this.element.setAttribute("popover", "auto");
    this.element.setAttribute("role", "dialog");
    this.element.setAttribute("aria-labelledby", "drawing-card-title");
    this.element.tabIndex = -1;
    this.element.addEventListener("beforetoggle", (event) => {
      if (event.newState === "closed") this.#closing();
    });
    this.element.addEventListener("click", (event) => {
      if (event.target.closest("[data-close]")) this.element.hidePopover();
    });
    view.addEventListener("move", () => this.close());
  }

  async open(mark) {
    const asked = ++this.#asked;
    const key = mark.dataset.entry;
    const url = new URL(this.root.dataset.card.replace("/0/", `/${key}/`), location.href);
    url.searchParams.set("as_of", this.root.dataset.asOf);
    let text = "";
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${response.status} of ${url}`);
      text = await response.text();
    } catch (error) {
      // The page of the entry says all that and more.
      console.error(error);
      location.assign(mark.getAttribute("href"));
      return;
    }
    if (asked !== this.#asked) return;
    const body = new DOMParser().parseFromString(text, "text/html").body.firstElementChild;
    this.close();
    this.mark = mark;
    this.element.className = `drawing-card drawing-card--${body.dataset.kind}`;
    this.element.replaceChildren(body);
    mark.classList.add("is-open");
    this.element.showPopover();
    this.#place(mark);
    this.element.focus({ preventScroll: true });
  }

  close() {
    if (this.element.matches(":popover-open")) this.element.hidePopover();
  }

  #closing() {
    this.mark?.classList.remove("is-open");
    if (this.element.contains(document.activeElement)) this.mark?.focus({ preventScroll: true });
    this.mark = null;
  }

  /** Stand beside the mark where there is room; on a phone the style sheet puts it at the foot. */
  #place(mark) {
    const { style } = this.element;
    style.left = "";
    style.top = "";
    if (matchMedia(SHEET).matches) return;
    const sign = mark.querySelector(".drawing__hit, .drawing__hatched, .drawing__bar") ?? mark;
    const box = sign.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const right = Math.min(box.right, innerWidth) + GAP;
    const left = right + width <= innerWidth - GAP ? right : Math.max(GAP, box.left - GAP - width);
    const top = Math.min(Math.max(GAP, box.top - height / 3), innerHeight - height - GAP);
    style.left = `${left}px`;
    style.top = `${Math.max(GAP, top)}px`;
  }
}
