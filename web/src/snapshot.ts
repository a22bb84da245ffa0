/** What the map shows now, as marks of an SVG over it: pictures that leave the page are drawn from these. */

import type Sigma from "sigma";

import { CROWDED, RING } from "./signs";

const SVG = "http://www.w3.org/2000/svg";
const SMALLEST_NAMED = 9;

/** Corners of the signs, as `publish/figures/svg.py` draws them. */
const CORNERS: Readonly<Record<number, string>> = {
  1: "-.9 -.9 .9 -.9 .9 .9 -.9 .9",
  2: "0 -1.15 1.1 .8 -1.1 .8",
  3: "0 -1.3 1.1 0 0 1.3 -1.1 0",
  4: "-.55 -1 .55 -1 1.1 0 .55 1 -.55 1 -1.1 0",
  5: "-.4 -1.15 .4 -1.15 .4 -.4 1.15 -.4 1.15 .4 .4 .4 .4 1.15 -.4 1.15 -.4 .4 -1.15 .4 -1.15 -.4 -.4 -.4",
};

export function snapshot(svg: SVGSVGElement, sigma: Sigma, label: string): void {
  const { width, height } = sigma.getDimensions();
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("aria-label", label);
  svg.replaceChildren();
  const graph = sigma.getGraph();
  const at = (node: string): { x: number; y: number; r: number } => {
    const shown = sigma.getNodeDisplayData(node);
    const { x, y } = sigma.framedGraphToViewport({ x: shown?.x ?? 0, y: shown?.y ?? 0 });
    return { x, y, r: sigma.scaleSize(shown?.size ?? 0) };
  };
  graph.forEachEdge((_edge, _about, from, to) => {
    const [a, b] = [at(from), at(to)];
    put(svg, "path", { d: `M${round(a.x)} ${round(a.y)}L${round(b.x)} ${round(b.y)}`, class: graph.size > CROWDED ? "p-grid" : "p-join" });
  });
  graph.forEachNode((node, about) => {
    const { x, y, r } = at(node);
    const shape = Number(about["shape"]);
    const corners = CORNERS[shape];
    if (corners !== undefined) {
      put(svg, "polygon", { points: corners, transform: `translate(${round(x)} ${round(y)}) scale(${round(r)})`, class: `p-g${shape}` });
    } else if (about["forceLabel"] !== true) {
      put(svg, "circle", { cx: round(x), cy: round(y), r: round(r), class: shape === RING ? "p-chance-l" : "p-g0" });
    }
    if ((r >= SMALLEST_NAMED && about["label"] !== undefined) || about["forceLabel"] === true) {
      const words = put(svg, "text", { x: round(x + r + 4), y: round(y + 4), class: "num" });
      words.textContent = String(about["label"]);
    }
  });
}

function put(svg: SVGSVGElement, name: string, attributes: Record<string, string | number>): SVGElement {
  const made = svg.ownerDocument.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, String(value));
  }
  svg.append(made);
  return made;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
