/** What a page is about, as it says itself: sentences and pictures that leave the page take this along. */

export interface Scope {
  /** «12,345 posts · 365 accounts · 1 to 14 May 2026, UTC · run ba5eba1» */
  readonly words: string;
  /** «groundswell 0.1.0, run ba5eba1» */
  readonly version: string;
  readonly run: string;
}

/** The scope of a page of a run; nothing on pages that belong to no run. */
export function scopeOf(page: Document): Scope | undefined {
  const run = /\/runs\/([0-9a-z-]+)\//.exec(page.location.pathname)?.[1];
  if (run === undefined) {
    return undefined;
  }
  const version = parts(page, ".foot").find((words) => words.startsWith("groundswell ")) ?? "groundswell";
  return { words: parts(page, ".scope").join(" · "), version: `${version}, run ${run}`, run };
}

function parts(page: Document, place: string): string[] {
  return [...page.querySelectorAll(`${place} > .wrap > *`)].map(flat).filter((words) => words !== "");
}

/** The words of an element, on one line. */
export function flat(element: Element): string {
  return (element.textContent ?? "").replace(/\s+/gu, " ").trim();
}
