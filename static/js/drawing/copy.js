// Copies the text of a field, and says that it did.

export function copying(root) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    const words = button.textContent;
    button.addEventListener("click", async () => {
      const field = root.querySelector(button.dataset.copy);
      field.select();
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.copied;
      setTimeout(() => {
        button.textContent = words;
      }, 2000);
    });
  }
}
