// Puts into a page what takes counting: the server shows it on a page of its own, and each element
// that names such a page takes the place of its namesake there. What a reader ticked meanwhile stays.
// Without this module a link in the element leads to that page.

async function load(address, elements) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const element of elements) {
    const found = page.getElementById(element.id);
    if (!found) continue;
    keepTicks(element, found);
    element.replaceWith(document.adoptNode(found));
  }
}

function keepTicks(from, to) {
  for (const box of from.querySelectorAll("input[type=checkbox]")) {
    if (box.checked === box.defaultChecked) continue;
    for (const other of to.querySelectorAll("input[type=checkbox]")) {
      if (other.name === box.name && other.value === box.value) other.checked = box.checked;
    }
  }
}

const pages = new Map();
for (const element of document.querySelectorAll("[data-fragment][id]")) {
  const address = element.dataset.fragment;
  pages.set(address, [...(pages.get(address) ?? []), element]);
}
for (const [address, elements] of pages) {
  for (const element of elements) element.setAttribute("aria-busy", "true");
  load(address, elements).catch((error) => {
    for (const element of elements) element.removeAttribute("aria-busy");
    console.warn("What takes counting could not be loaded.", error);
  });
}
