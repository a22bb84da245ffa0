/** Under each figure of a run: take it along as SVG or PNG, with its scope, run and version inside. */

import { button } from "./buttons";
import { picture } from "./picture";
import { withWords } from "./png";
import { flat, scopeOf, type Scope } from "./scope";
import { said } from "./words";

const TWICE = 2; // pixels a unit: sharp in print

export function figureTools(page: Document): void {
  const scope = scopeOf(page);
  if (scope === undefined) {
    return;
  }
  for (const figure of page.querySelectorAll<HTMLElement>("main figure.fig")) {
    if (figure.querySelector("svg") !== null) {
      toolsOf(figure, scope);
    }
  }
}

/** The buttons of one figure. */
export function toolsOf(figure: HTMLElement, scope: Scope): void {
  const page = figure.ownerDocument;
  const heading = flat(figure.querySelector("header :is(h2, h3, h4)") ?? figure).slice(0, 80);
  const tools = page.createElement("div");
  tools.className = "tools";
  tools.append(
    button(page, "SVG", said("download «{}»", heading), async () => {
      save(page, asSvg(figure, scope), `${name(scope, heading)}.svg`);
      return said("Saved");
    }),
    button(page, "PNG", said("download «{}»", heading), async () => {
      save(page, await asPng(figure, scope), `${name(scope, heading)}.png`);
      return said("Saved");
    }),
  );
  figure.append(tools);
}

function asSvg(figure: HTMLElement, scope: Scope): Blob {
  return new Blob([new XMLSerializer().serializeToString(picture(figure, scope).svg)], { type: "image/svg+xml" });
}

async function asPng(figure: HTMLElement, scope: Scope): Promise<Blob> {
  const { svg, width, height, about } = picture(figure, scope);
  const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = figure.ownerDocument.createElement("canvas");
    canvas.width = Math.ceil(width * TWICE);
    canvas.height = Math.ceil(height * TWICE);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (drawn === null) {
      throw new Error("The browser made no picture.");
    }
    return new Blob([withWords(new Uint8Array(await drawn.arrayBuffer()), about) as BlobPart], { type: "image/png" });
  } finally {
    URL.revokeObjectURL(address);
  }
}

function name(scope: Scope, heading: string): string {
  const plain = heading.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-|-$/gu, "");
  return `${scope.run ?? "watch"}-${plain.slice(0, 60)}`;
}

function save(page: Document, blob: Blob, as: string): void {
  const link = page.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = as;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
