// The buttons: links to the page with another window, which scripts move in place.

export function steps(root, view) {
  const windows = {
    earlier: () => view.moved(-0.5),
    later: () => view.moved(0.5),
    closer: () => view.zoomed(0.5),
    wider: () => view.zoomed(2),
    whole: () => view.everything(),
  };
  const list = root.querySelector(".drawing__steps");
  list.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (!step || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const { step: code } = step.dataset;
    view.glide(...windows[code]());
    // The new picture brings new links: the focus goes to the same one.
    if (document.activeElement === step) {
      root.querySelector("[data-stage]").addEventListener(
        "taken",
        () => {
          if (document.activeElement === document.body) {
            list.querySelector(`[data-step="${code}"]`)?.focus();
          }
        },
        { once: true },
      );
    }
  });
}
