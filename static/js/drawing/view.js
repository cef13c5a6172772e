// The days that a drawing shows, as a state that moves: it tells everybody who listens.
//
// Days are numbers, as the server counts them; `first` is where the window begins, `last` where it
// ends, both with fractions while a hand moves them.

const SHORTEST = 1;
const FIRST_DAY = 1;
const LAST_DAY = 3652060;
const GLIDE = 220;

export class View extends EventTarget {
  #frame = 0;

  constructor(first, last, whole) {
    super();
    this.first = first;
    this.last = last;
    this.whole = whole;
  }

  get days() {
    return this.last - this.first;
  }

  /** Show other days at once. */
  set(first, last) {
    const days = Math.min(Math.max(last - first, SHORTEST), LAST_DAY - FIRST_DAY);
    const begin = Math.min(Math.max(first, FIRST_DAY), LAST_DAY - days);
    if (begin === this.first && begin + days === this.last) return;
    this.first = begin;
    this.last = begin + days;
    this.dispatchEvent(new Event("move"));
  }

  /** Show other days by and by, where motion is welcome. */
  glide(first, last) {
    cancelAnimationFrame(this.#frame);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.set(first, last);
      return;
    }
    const from = { first: this.first, last: this.last };
    const began = performance.now();
    const step = (now) => {
      const share = Math.min(1, (now - began) / GLIDE);
      const eased = 1 - (1 - share) ** 3;
      this.set(
        from.first + (first - from.first) * eased,
        from.last + (last - from.last) * eased,
      );
      if (share < 1) this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
  }

  /** Stop gliding: a hand has taken over. */
  hold() {
    cancelAnimationFrame(this.#frame);
  }

  /** The window `factor` times as long, one day of it staying where it is. */
  zoomed(factor, day = (this.first + this.last) / 2) {
    const days = Math.min(Math.max(this.days * factor, SHORTEST), LAST_DAY - FIRST_DAY);
    const share = (day - this.first) / this.days;
    const first = day - share * days;
    return [first, first + days];
  }

  /** The window moved by a share of its length. */
  moved(share) {
    const days = this.days * share;
    return [this.first + days, this.last + days];
  }

  /** The window of everything, with a little air. */
  everything() {
    const air = Math.max(1, (this.whole.last - this.whole.first) / 40);
    return [this.whole.first - air, this.whole.last + air];
  }

  /** The window as an address writes it. */
  get text() {
    return `${written(Math.round(this.first))}/${written(Math.round(this.last) - 1)}`;
  }
}

const OF_1970 = 719163;

/** A day's number as a date of the web. */
export function dated(day) {
  return new Date((day - OF_1970) * 86400000);
}

function written(day) {
  return dated(day).toISOString().slice(0, 10);
}
