// Where pictures come from: the server draws the days asked for, as wide as the page has room.

const KEPT = 24;
const GUTTER = 112;
const NARROW = 480;

export class Source {
  #kept = new Map();
  #asking = null;
  #width = 0;

  constructor(place) {
    this.place = place;
    this.url = new URL(place.dataset.drawing, location.href);
  }

  /** The width of the time axis, in steps, so that the server need not draw every pixel anew. */
  #measured() {
    const zoom = Number(getComputedStyle(this.place).getPropertyValue("--drawing-zoom")) || 1;
    const room = this.place.clientWidth / zoom;
    const beside = room - GUTTER;
    return Math.max(200, Math.floor((beside < NARROW ? room : beside) / 8) * 8);
  }

  isOtherWidth() {
    return Math.abs(this.#measured() - this.#width) >= 24;
  }

  /** The picture to begin with: the window that the server finds best, or that was asked for. */
  first() {
    return this.#fetched(new URL(this.url));
  }

  /** The picture of a view, with what lies beside it; null where a newer one was asked for. */
  around(view) {
    const url = new URL(this.url);
    url.searchParams.set("window", view.text);
    return this.#fetched(url);
  }

  async #fetched(url) {
    this.#width = this.#measured();
    url.searchParams.set("width", String(this.#width));
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      let text = this.#kept.get(url.href);
      if (text === undefined) {
        const response = await fetch(url, { signal: asking.signal });
        if (!response.ok) throw new Error(`${response.status} of ${url}`);
        text = await response.text();
        this.#keep(url.href, text);
      }
      const fragment = new DOMParser().parseFromString(text, "text/html").body;
      return { fragment, figure: fragment.querySelector(".drawing") };
    } catch (error) {
      if (error.name === "AbortError") return null;
      console.error(error);
      return null;
    }
  }

  #keep(href, text) {
    this.#kept.set(href, text);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value);
  }
}
