/** Tables that can be put in order by a column, with the keyboard too; what can't be compared gets no button. */

type Key = number | string | undefined;

import { numberIn, said } from "./words";

/** What stands for a figure that nobody knows. */
const UNKNOWN = [said("unknown"), said("share unknown"), said("lift unknown")];
const NUMBER = /^[<>≥≤~]?\s*([+\-−]?\d[\d.,]*)(?:\s*%)?$/u;
const LAG = /^([+\-−]?\d[\d.,]*)\s*(\p{L}+)$/u;
/** Seconds in each unit that `publish/numerals.py` writes. */
const SECONDS: Readonly<Record<string, number>> = {
  ...{ s: 1, min: 60, h: 3600, day: 86400, days: 86400, year: 31557600, years: 31557600 },
  ...{ Tag: 86400, Tage: 86400, Jahr: 31557600, Jahre: 31557600 },
  ...{ ث: 1, د: 60, س: 3600, يوم: 86400, يومًا: 86400, سنة: 31557600 },
};
const words = new Intl.Collator(document.documentElement.lang, { numeric: true });

const FEWEST_ROWS = 3;

export function sortTables(page: Document): void {
  for (const table of page.querySelectorAll("table")) {
    const body = table.tBodies[0];
    const heads = table.tHead?.rows[0]?.cells;
    if (!body || !heads || body.rows.length < FEWEST_ROWS) {
      continue;
    }
    const rows = [...body.rows];
    if (rows.some((row) => row.cells.length !== heads.length)) {
      continue;
    }
    for (const [column, head] of [...heads].entries()) {
      const keys = keysOf(rows.map((row) => row.cells[column]?.textContent ?? ""));
      if (keys !== undefined) {
        offer(head, [...heads], body, rows, keys);
      }
    }
  }
}

/** A key for each cell; nothing where the column holds what has no order of its own, such as days without a year. */
export function keysOf(cells: readonly string[]): Key[] | undefined {
  const known = cells.map((cell) => cell.replace(/\s+/gu, " ").trim());
  for (const reading of [numberOf, secondsOf]) {
    const keys = known.map((cell) => (isUnknown(cell) ? undefined : reading(cell)));
    if (keys.every((key, row) => key !== undefined || isUnknown(known[row] ?? "")) && keys.some((key) => key !== undefined)) {
      return keys;
    }
  }
  if (known.some((cell) => /^[<>≥≤~]?\s*[+\-−]?\d/u.test(cell))) {
    return undefined;
  }
  return new Set(known).size > 1 ? known.map((cell) => (isUnknown(cell) ? undefined : cell)) : undefined;
}

function isUnknown(cell: string): boolean {
  return /^[–—-]?$/u.test(cell) || UNKNOWN.some((one) => cell.startsWith(one));
}

function numberOf(cell: string): number | undefined {
  const found = NUMBER.exec(cell)?.[1];
  return found === undefined ? undefined : numberIn(found);
}

function secondsOf(cell: string): number | undefined {
  const found = LAG.exec(cell);
  const size = SECONDS[found?.[2] ?? ""];
  return found?.[1] === undefined || size === undefined ? undefined : numberIn(found[1]) * size;
}

function offer(
  head: HTMLTableCellElement,
  heads: HTMLTableCellElement[],
  body: HTMLTableSectionElement,
  rows: HTMLTableRowElement[],
  keys: Key[],
): void {
  const sorter = head.ownerDocument.createElement("button");
  sorter.type = "button";
  sorter.className = "sort";
  sorter.append(...head.childNodes);
  head.append(sorter);
  sorter.addEventListener("click", () => {
    const up = head.getAttribute("aria-sort") === "descending" || (!head.hasAttribute("aria-sort") && typeof keys.find((key) => key !== undefined) === "string");
    for (const other of heads) {
      other.removeAttribute("aria-sort");
    }
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const order = rows.map((row, place) => ({ row, key: keys[place], place }));
    order.sort((a, b) => compare(a.key, b.key, up) || a.place - b.place);
    body.append(...order.map((one) => one.row));
  });
}

/** Unknown is neither small nor large: it stands last, whichever way the others go. */
function compare(a: Key, b: Key, up: boolean): number {
  if (a === undefined || b === undefined) {
    return Number(a === undefined) - Number(b === undefined);
  }
  const order = typeof a === "number" && typeof b === "number" ? a - b : words.compare(String(a), String(b));
  return up ? order : -order;
}
