/** A file can be dropped where it can be chosen. */

export function dropFiles(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("form#drop");
  const input = form?.querySelector<HTMLInputElement>('input[type="file"]');
  if (!form || !input) {
    return;
  }
  for (const event of ["dragenter", "dragover"] as const) {
    form.addEventListener(event, (dragged) => {
      dragged.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", (dragged) => {
    if (!form.contains(dragged.relatedTarget as Node | null)) {
      form.classList.remove("over");
    }
  });
  form.addEventListener("drop", (dragged) => {
    dragged.preventDefault();
    form.classList.remove("over");
    const files = dragged.dataTransfer?.files;
    if (files !== undefined && files.length > 0) {
      input.files = files;
      form.requestSubmit();
    }
  });
}
