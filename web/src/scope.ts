/** What a page is about, as it says itself: sentences and pictures that leave the page take this along. */

import { said } from "./words";

export interface Scope {
  /** «12,345 posts · 365 accounts · 1 to 14 May 2026, UTC · run ba5eba1» */
  readonly words: string;
  /** «groundswell 0.1.0, run ba5eba1»; a page of panels counts what was collected, whatever the run. */
  readonly version: string;
  readonly run: string | undefined;
}

/** The scope of a page of a run or of panels; nothing on pages that say nothing of the posts. */
export function scopeOf(page: Document): Scope | undefined {
  const [, run, panels] = /^\/(?:runs\/([0-9a-z-]+)\/|(watch)(?:\/item)?$)/u.exec(page.location.pathname) ?? [];
  if (run === undefined && panels === undefined) {
    return undefined;
  }
  const version = parts(page, ".foot").find((words) => words.startsWith("groundswell ")) ?? "groundswell";
  return { words: parts(page, ".scope").join(" · "), version: run === undefined ? version : said("{}, run {}", version, run), run };
}

function parts(page: Document, place: string): string[] {
  return [...page.querySelectorAll(`${place} > .wrap > *`)].map(flat).filter((words) => words !== "");
}

/** The words of an element, on one line. */
export function flat(element: Element): string {
  return (element.textContent ?? "").replace(/\s+/gu, " ").trim();
}
