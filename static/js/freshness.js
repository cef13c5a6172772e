// Says beside the revision's number how old it is and what waits, and keeps saying it.
// Without this module the moment at which it was written stands there.

const EVERY_MS = 60_000;
const place = document.querySelector("[data-freshness]");

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.freshness);
    if (answer.ok) place.textContent = `· ${await answer.text()}`;
  } catch {
    // No connection: what stands there was true when it was written.
  }
}

if (place) {
  refresh();
  setInterval(refresh, EVERY_MS);
  document.addEventListener("visibilitychange", refresh);
}
