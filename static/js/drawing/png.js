// The picture as PNG: the server's own SVG, painted at twice its size.

const SCALE = 2;

export function picturing(root) {
  const button = root.querySelector("[data-png]");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const image = new Image();
      image.src = root.querySelector("[data-svg]").href;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth * SCALE;
      canvas.height = image.naturalHeight * SCALE;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = button.dataset.png;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } finally {
      button.disabled = false;
    }
  });
}
