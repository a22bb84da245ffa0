/**
 * A figure as it stands on the page, made into one SVG that needs no stylesheet: boxes, drawings and every line of text,
 * with the scope, the run and the version beneath and in the metadata. Drawn light, for paper.
 */

import { flat, type Scope } from "./scope";
import { said } from "./words";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 24;
const LINE = 18;
const HATCH_INK = "#7c8784";
const SOFT_INK = "#46524f";

/** What a stylesheet says of a mark, written on the mark itself. */
const PAINT = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "opacity",
  "paint-order", "font-family", "font-size", "font-weight", "text-anchor", "direction", "unicode-bidi",
] as const;

const LEFT_OUT = "details, .tools, .copy, .sr, [data-part=tools], script, title";

export interface Picture {
  readonly svg: SVGSVGElement;
  readonly width: number;
  readonly height: number;
  readonly about: Readonly<Record<string, string>>;
}

export function picture(figure: HTMLElement, scope: Scope): Picture {
  const root = figure.ownerDocument.documentElement;
  const before = root.style.colorScheme;
  root.style.colorScheme = "light";
  try {
    // Whoever draws on a canvas puts the same marks into an SVG now.
    figure.dispatchEvent(new Event("picture"));
    return drawn(figure, scope);
  } finally {
    root.style.colorScheme = before;
  }
}

function drawn(figure: HTMLElement, scope: Scope): Picture {
  const page = figure.ownerDocument;
  const box = figure.getBoundingClientRect();
  const marks: SVGElement[] = [];
  let bottom = 0;
  const at = (place: DOMRect): { x: number; y: number } => {
    bottom = Math.max(bottom, place.bottom - box.top);
    return { x: place.left - box.left + MARGIN, y: place.top - box.top + MARGIN };
  };
  walk(figure, marks, at);
  const width = box.width + 2 * MARGIN;
  const whole = said("Of: {}.", scope.words);
  const beneath = wrapped(`${whole} ${scope.version}.`, Math.floor((width - 2 * MARGIN) / 6.4));
  const height = bottom + 2 * MARGIN + LINE * beneath.length + LINE / 2;
  const question = flat(figure.querySelector("header :is(h2, h3, h4)") ?? figure);
  const caption = [...figure.querySelectorAll("figcaption")].map((one) => wordsOf(one)).join(" ");
  const label = figure.querySelector("svg[aria-label]")?.getAttribute("aria-label") ?? "";
  const about = { Title: question, Description: [label, caption, whole].filter(Boolean).join(" "), Source: scope.version };

  const svg = page.createElementNS(SVG, "svg");
  write(svg, { viewBox: `0 0 ${width} ${height}`, width, height, role: "img" });
  svg.append(
    element(page, "title", {}, about.Title),
    element(page, "desc", {}, about.Description),
    element(page, "metadata", {}, JSON.stringify({ ...about, scope: scope.words, run: scope.run })),
    hatching(page),
    element(page, "rect", { width, height, fill: "#ffffff" }),
    ...marks,
  );
  const right = getComputedStyle(figure).direction === "rtl";
  const side: Record<string, string | number> = right ? { x: width - MARGIN, direction: "rtl" } : { x: MARGIN };
  for (const [number, words] of beneath.entries()) {
    const y = bottom + MARGIN + LINE * (number + 1) + LINE / 2;
    svg.append(element(page, "text", { ...side, y, fill: SOFT_INK, "font-family": "sans-serif", "font-size": 12 }, words));
  }
  return { svg, width, height, about };
}

type Placing = (place: DOMRect) => { x: number; y: number };

function walk(parent: Element, marks: SVGElement[], at: Placing): void {
  for (const node of parent.childNodes) {
    if (node instanceof Text) {
      marks.push(...lines(node, at));
    } else if (node instanceof SVGSVGElement) {
      if (node.getClientRects().length > 0) {
        marks.push(drawing(node, at));
      }
    } else if (node instanceof HTMLElement && !node.matches(LEFT_OUT) && node.getClientRects().length > 0) {
      marks.push(...boxOf(node, at));
      walk(node, marks, at);
    }
  }
}

/** A drawing with its paint written on each mark, at the size it has on the page. */
function drawing(shown: SVGSVGElement, at: Placing): SVGElement {
  const place = shown.getBoundingClientRect();
  const copy = shown.cloneNode(true) as SVGSVGElement;
  const copies = copy.querySelectorAll("*");
  for (const [number, mark] of shown.querySelectorAll("*").entries()) {
    const target = copies[number];
    const style = getComputedStyle(mark);
    for (const name of PAINT) {
      const value = style.getPropertyValue(name);
      if (value !== "" && !(name === "fill" && mark.getAttribute("fill")?.startsWith("url("))) {
        target?.setAttribute(name, value);
      }
    }
    target?.removeAttribute("class");
  }
  write(copy, { ...at(place), width: place.width, height: place.height, overflow: "visible" });
  copy.removeAttribute("class");
  return copy;
}

/** The lines of a text, as the page broke them. */
function lines(node: Text, at: Placing): SVGElement[] {
  const parent = node.parentElement;
  if (parent === null || node.data.trim() === "") {
    return [];
  }
  const page = node.ownerDocument;
  const style = getComputedStyle(parent);
  const size = parseFloat(style.fontSize);
  const right = style.direction === "rtl";
  const found: { words: string; place: DOMRect }[] = [];
  const range = page.createRange();
  let start = 0;
  for (const word of node.data.matchAll(/\s*\S+/gu)) {
    const end = word.index + word[0].length;
    range.setStart(node, end - word[0].trimStart().length);
    range.setEnd(node, end);
    const rect = range.getClientRects()[0];
    const last = found.at(-1);
    if (rect === undefined) {
      continue;
    }
    if (last !== undefined && Math.abs(last.place.top - rect.top) < size / 2) {
      last.words = node.data.slice(start, end);
      range.setStart(node, start);
      last.place = range.getBoundingClientRect();
    } else {
      start = end - word[0].trimStart().length;
      found.push({ words: node.data.slice(start, end), place: rect });
    }
  }
  return found.map(({ words, place }) => {
    const { x, y } = at(place);
    const where = { x: right ? x + place.width : x, y: y + place.height / 2 + size * 0.35 };
    const look = { fill: style.color, "font-family": style.fontFamily, "font-size": size, "font-weight": style.fontWeight };
    return element(page, "text", { ...where, ...look, ...(right ? { direction: "rtl" } : {}) }, words.replace(/\s+/gu, " "));
  });
}

/** The ground and the edges of a box, where it has any. */
function boxOf(shown: HTMLElement, at: Placing): SVGElement[] {
  const page = shown.ownerDocument;
  const style = getComputedStyle(shown);
  const place = shown.getBoundingClientRect();
  const edge = parseFloat(style.borderBlockStartWidth) > 0 && parseFloat(style.borderInlineStartWidth) > 0;
  const hatch = style.backgroundImage.startsWith("repeating-linear-gradient");
  const clear = style.backgroundColor === "rgba(0, 0, 0, 0)" || style.backgroundColor === "transparent";
  if (place.width === 0 || (clear && !edge && !hatch)) {
    return [];
  }
  const fill = hatch ? "url(#hatching)" : clear ? "none" : style.backgroundColor;
  const stroke: Record<string, string> = edge ? { stroke: style.borderBlockStartColor } : {};
  return [element(page, "rect", { ...at(place), width: place.width, height: place.height, rx: parseFloat(style.borderTopLeftRadius) || 0, fill, ...stroke })];
}

/** What nobody knows, drawn without the stylesheet; under both names, the page's and ours. */
function hatching(page: Document): SVGElement {
  const defs = element(page, "defs", {});
  for (const id of ["hatch", "hatching"]) {
    const pattern = element(page, "pattern", { id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    pattern.append(element(page, "path", { d: "M0 0V5", stroke: HATCH_INK, "stroke-width": 1 }));
    defs.append(pattern);
  }
  return defs;
}

function wordsOf(place: Element): string {
  const copy = place.cloneNode(true) as Element;
  copy.querySelectorAll(LEFT_OUT).forEach((one) => one.remove());
  return flat(copy);
}

function wrapped(words: string, most: number): string[] {
  const found: string[] = [];
  for (const word of words.split(" ")) {
    const last = found.at(-1);
    if (last !== undefined && last.length + word.length < most) {
      found[found.length - 1] = `${last} ${word}`;
    } else {
      found.push(word);
    }
  }
  return found;
}

function element(page: Document, name: string, attributes: Record<string, string | number>, words = ""): SVGElement {
  const made = page.createElementNS(SVG, name) as SVGElement;
  write(made, attributes);
  made.textContent = words;
  return made;
}

function write(target: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) {
    target.setAttribute(name, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  }
}
