/* Follows an import: asks how far it is every second, and loads the page anew when it stands. */

const EVERY = 1000; // milliseconds

class ImportProgress {
  constructor(place) {
    this.address = place.dataset.importProgress;
    this.words = place.querySelector("[data-words]");
    this.step = place.querySelector("[data-step]");
    this.bar = document.querySelector("[data-bar]");
    this.later();
  }

  later() {
    setTimeout(() => this.ask(), EVERY);
  }

  async ask() {
    try {
      const response = await fetch(this.address, { headers: { Accept: "application/json" } });
      if (response.ok) {
        this.show(await response.json());
        return;
      }
    } catch {
      // The server is away for a moment: asked again like any other time.
    }
    this.later();
  }

  show(progress) {
    if (!progress.is_moving) {
      location.reload();
      return;
    }
    this.words.textContent = progress.words;
    this.step.textContent = progress.step;
    if (progress.all) {
      this.bar.max = progress.all;
      this.bar.value = progress.done;
    }
    this.later();
  }
}

for (const place of document.querySelectorAll("[data-import-progress]")) {
  new ImportProgress(place);
}
