/** The page of the work: it follows what the server says, and goes to the run when the work is over. */

import { said } from "./words";

export function followWork(page: Document): void {
  const place = page.querySelector<HTMLElement>("[data-events]");
  if (!place || place.dataset["running"] !== "yes") {
    return;
  }
  const events = new EventSource(place.dataset["events"] ?? "");
  events.addEventListener("message", (event: MessageEvent<string>) => {
    const told = JSON.parse(event.data) as Record<string, unknown>;
    if (told["running"] !== true) {
      events.close();
      // The server knows what comes next: the run's first page, or why there is none.
      page.location.reload();
      return;
    }
    tell(place, told);
  });
}

function tell(place: HTMLElement, told: Record<string, unknown>): void {
  for (const part of place.querySelectorAll<HTMLElement>("[data-part]")) {
    const value = told[part.dataset["part"] ?? ""];
    const words = value === null || value === undefined ? undefined : String(value);
    const shown = words === undefined ? said("unknown") : part.dataset["part"] === "percent" ? `${words} %` : words;
    // Written only when it is news, or a screen reader says it again.
    if (part.textContent !== shown) {
      part.textContent = shown;
    }
  }
  const bar = place.querySelector("progress");
  if (typeof told["percent"] === "number") {
    bar?.setAttribute("value", String(told["percent"]));
  } else {
    bar?.removeAttribute("value");
  }
}
