/** A page of panels that renews itself while posts are collected: told by the server, fetched whole, and put in place. */

import { button } from "./buttons";
import { said } from "./words";

type Told = { version: number; as_of: string | null; behind_s: number | null; collecting: boolean };

/** Not twice a second: who reads a table wants it to stand for a moment. */
const STANDS_MS = 1000;

export function followLive(page: Document, renew: () => void): void {
  const line = page.querySelector<HTMLElement>("#live[data-events]");
  if (line === null) {
    return;
  }
  let shown = Number(line.dataset["version"]);
  let newest = shown;
  let paused = false;
  let busy = false;
  const events = new EventSource(line.dataset["events"] ?? "");
  const pause = button(page, said("Pause"), "", async () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", String(paused));
    catchUp();
    return paused ? said("Paused") : said("Going on");
  });
  pause.setAttribute("aria-pressed", "false");
  line.append(pause);

  /** What came while the page could not be changed is put in place as soon as it can: no other event may follow. */
  function catchUp(): void {
    if (newest === shown || busy || paused || page.hidden) {
      return;
    }
    busy = true;
    const told = newest;
    const done = isReading(page, line as HTMLElement)
      ? Promise.resolve()
      : put(page, line as HTMLElement).then(() => {
          shown = told;
          renew();
        });
    void done
      .catch(() => undefined)
      .finally(() => {
        setTimeout(() => {
          busy = false;
          catchUp();
        }, STANDS_MS);
      });
  }

  events.addEventListener("message", (event: MessageEvent<string>) => {
    const told = JSON.parse(event.data) as Told;
    tell(line, told);
    newest = told.version;
    catchUp();
  });
  page.addEventListener("visibilitychange", catchUp);
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) {
      write(line, "behind", said("not renewed any more"));
    }
  });
  page.defaultView?.addEventListener("pagehide", () => {
    events.close();
  });
}

/** Whoever is inside the panels with the keyboard, or marks words, is not to be thrown out. */
function isReading(page: Document, line: HTMLElement): boolean {
  const at = page.activeElement;
  const inside = at !== null && at !== page.body && !line.contains(at) && (at.closest("main") ?? null) !== null;
  return inside || page.getSelection()?.isCollapsed === false;
}

async function put(page: Document, line: HTMLElement): Promise<void> {
  const answer = await fetch(page.location.href, { cache: "no-store" });
  if (!answer.ok) {
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const place = fresh.querySelector("#live");
  if (place === null) {
    // Collecting is over: what is stored stands on the page that the server gives now.
    page.location.reload();
    return;
  }
  // The line stays as it is, with its button and whoever stands on it.
  place.replaceWith(line);
  for (const part of ["main", ".scope"]) {
    page.querySelector(part)?.replaceWith(page.adoptNode(fresh.querySelector(part) ?? page.createElement("div")));
  }
}

function tell(line: HTMLElement, told: Told): void {
  write(line, "as_of", told.as_of ?? said("unknown"));
  write(line, "behind", told.behind_s === null ? said("still reading") : said("{} s behind", told.behind_s));
}

function write(line: HTMLElement, part: string, words: string): void {
  const place = line.querySelector(`[data-part="${part}"]`);
  if (place !== null && place.textContent !== words) {
    place.textContent = words;
  }
}
