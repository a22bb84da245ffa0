/**
 * The map, account by account. Groups stand closed at first; whoever opens one sees its members and the pairs between
 * them. Places come from `map.json`: nothing is computed here, so everybody sees the same map.
 */

import Graph from "graphology";
import Sigma from "sigma";

import { toolsOf } from "./figures";
import { scopeOf } from "./scope";
import { CROWDED, RING, Signs } from "./signs";
import { snapshot } from "./snapshot";
import { figure, isolated, said } from "./words";

export const OUTSIDE = -1;
const SHAPES = 6;
const MOST_LISTED = 500;
const SMALLEST_NAMED_PX = 9;

export interface Disc {
  readonly number: number;
  readonly letter: string;
  readonly accounts: number;
  readonly lines: number;
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

interface Account {
  readonly name: string;
  readonly page: string | null;
  readonly group: number;
  readonly lines: number;
  readonly x: number;
  readonly y: number;
}

interface Told {
  readonly groups: readonly Disc[];
  readonly outside: Disc;
  readonly between: readonly { readonly lines: number; readonly numbers: readonly [number, number] }[];
  readonly nodes: readonly Account[];
  readonly lines: readonly (readonly [number, number, number, number])[];
}

export async function showMap(place: HTMLElement): Promise<void> {
  const answer = await fetch(place.dataset["map"] ?? "");
  if (!answer.ok) {
    return;
  }
  place.hidden = false;
  new MapPage(place, (await answer.json()) as Told).start();
}

class MapPage {
  private readonly page: Document;
  private readonly graph = new Graph();
  private readonly open = new Set<number>();
  private readonly discs: readonly Disc[];
  private readonly buttons = new Map<number, HTMLButtonElement>();

  constructor(
    private readonly place: HTMLElement,
    private readonly told: Told,
  ) {
    this.page = place.ownerDocument;
    this.discs = told.outside.accounts > 0 ? [...told.groups, told.outside] : told.groups;
  }

  start(): void {
    const room = this.part("canvas");
    this.fill();
    let sigma: Sigma;
    try {
      sigma = this.draw(room);
    } catch {
      room.remove();
      this.part("said").textContent = said("This browser draws no WebGL. The drawing and the tables above say the same.");
      return;
    }
    this.offer(sigma);
    this.keepScrolling(room);
    const picture = this.page.createElementNS("http://www.w3.org/2000/svg", "svg");
    picture.setAttribute("class", "snapshot");
    room.append(picture);
    const figure = room.closest<HTMLElement>("figure");
    figure?.addEventListener("picture", () => {
      // Whoever is quick presses before the map was drawn for the first time; then nothing has its place yet.
      sigma.refresh();
      snapshot(picture, sigma, this.label());
    });
    const scope = scopeOf(this.page);
    if (figure && scope) {
      toolsOf(figure, scope);
    }
    this.say(sigma, said("Every group is closed."));
  }

  private draw(room: HTMLElement): Sigma {
    const look = getComputedStyle(this.page.body);
    const sigma = new Sigma(this.graph, room, {
      nodeProgramClasses: { sign: Signs },
      defaultNodeType: "sign",
      itemSizesReference: "positions",
      zoomToSizeRatioFunction: (ratio) => ratio,
      labelFont: look.fontFamily,
      labelSize: 12,
      labelColor: { color: look.color },
      labelRenderedSizeThreshold: SMALLEST_NAMED_PX,
      labelDensity: 3,
      minEdgeThickness: 1.3,
      stagePadding: 20,
      defaultDrawNodeHover: (canvas, data, settings) => {
        if (!data.label) {
          return;
        }
        canvas.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
        const words = data.label;
        const width = canvas.measureText(words).width;
        canvas.fillStyle = this.colour("--surface");
        canvas.fillRect(data.x + data.size + 2, data.y - 10, width + 12, 20);
        canvas.fillStyle = this.colour("--ink");
        canvas.fillText(words, data.x + data.size + 8, data.y + 4);
      },
    });
    sigma.setCustomBBox(ground(this.discs));
    sigma.on("enterNode", ({ node }) => this.name(node));
    sigma.on("clickNode", ({ node }) => this.press(sigma, node));
    for (const scheme of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
      this.page.defaultView?.matchMedia(scheme).addEventListener("change", () => {
        sigma.setSetting("labelColor", { color: this.colour("--ink") });
        this.fill();
      });
    }
    return sigma;
  }

  /** The graph as it is open now: a node for a closed disc, one for each account of an open one. */
  private fill(): void {
    const { graph, told } = this;
    graph.clear();
    for (const disc of this.discs.filter((one) => !this.open.has(one.number))) {
      graph.addNode(`disc ${disc.number}`, { x: disc.x, y: -disc.y, size: disc.r, ...this.paint(disc.number) });
    }
    for (const [number, account] of told.nodes.entries()) {
      if (this.open.has(account.group)) {
        const size = markSize(this.discs.find((one) => one.number === account.group));
        graph.addNode(`account ${number}`, { x: account.x, y: -account.y, size, label: account.name, ...this.paint(account.group) });
      }
    }
    const lines = new Map<string, { a: string; b: string; n: number }>();
    const add = (a: string, b: string, n: number): void => {
      if (a !== b && graph.hasNode(a) && graph.hasNode(b)) {
        const key = a < b ? `${a}|${b}` : `${b}|${a}`;
        lines.set(key, { a, b, n: (lines.get(key)?.n ?? 0) + n });
      }
    };
    for (const { numbers, lines: n } of told.between) {
      if (numbers.every((one) => !this.open.has(one))) {
        add(`disc ${numbers[0]}`, `disc ${numbers[1]}`, n);
      }
    }
    for (const [a, b] of told.lines) {
      const [from, to] = [this.standIn(a), this.standIn(b)];
      if (from.startsWith("account") || to.startsWith("account")) {
        add(from, to, 1);
      }
    }
    for (const disc of this.discs) {
      const above = { x: disc.x - 0.1, y: -disc.y + disc.r + 0.08, size: 0.001, color: "rgba(0, 0, 0, 0)", shape: 0 };
      graph.addNode(`name ${disc.number}`, { ...above, label: isolated(name(disc)), forceLabel: true });
    }
    // Opaque: thousands of thin lines that shine through each other add up to white.
    const ink = this.colour(lines.size > CROWDED ? "--rule" : "--ink-3");
    for (const { a, b, n } of lines.values()) {
      graph.addEdge(a, b, { size: 0.002 * (1 + Math.log10(n)), color: ink });
    }
  }

  /** The node that stands for an account now. */
  private standIn(number: number): string {
    const group = this.told.nodes[number]?.group ?? OUTSIDE;
    return this.open.has(group) ? `account ${number}` : `disc ${group}`;
  }

  private paint(number: number): { shape: number; color: string } {
    return number === OUTSIDE
      ? { shape: RING, color: this.colour("--chance-line") }
      : { shape: number % SHAPES, color: this.colour(`--g-${number % SHAPES}`) };
  }

  /** A colour of the stylesheet, as it is in the light or the dark just now. */
  private colour(token: string): string {
    const probe = this.page.createElement("i");
    probe.style.color = `var(${token})`;
    this.place.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }

  private offer(sigma: Sigma): void {
    const tools = this.part("tools");
    for (const disc of this.discs) {
      const made = this.button(`${name(disc)}, ${figure(disc.accounts)}`, () => this.toggle(sigma, [disc.number]));
      const sign = this.page.querySelector(`[data-sign="${disc.letter}"] svg`)?.cloneNode(true);
      if (sign) {
        made.prepend(sign);
      }
      made.setAttribute("aria-pressed", "false");
      this.buttons.set(disc.number, made);
      tools.append(made);
    }
    const camera = sigma.getCamera();
    tools.append(
      this.button(said("Open all"), () => this.toggle(sigma, this.discs.filter((one) => !this.open.has(one.number)).map((one) => one.number))),
      this.button(said("Close all"), () => this.toggle(sigma, [...this.open])),
      this.button(said("Nearer"), () => void camera.animatedZoom({ duration: 0 })),
      this.button(said("Farther"), () => void camera.animatedUnzoom({ duration: 0 })),
      this.button(said("Whole map"), () => void camera.animatedReset({ duration: 0 })),
    );
  }

  private button(words: string, press: () => void): HTMLButtonElement {
    const made = this.page.createElement("button");
    made.type = "button";
    made.className = "btn small";
    made.textContent = words;
    made.addEventListener("click", press);
    return made;
  }

  private toggle(sigma: Sigma, numbers: readonly number[]): void {
    for (const number of numbers) {
      if (!this.open.delete(number)) {
        this.open.add(number);
      }
    }
    for (const [number, made] of this.buttons) {
      made.setAttribute("aria-pressed", String(this.open.has(number)));
    }
    this.fill();
    this.list();
    this.say(sigma, this.open.size === 0 ? said("Every group is closed.") : this.label());
  }

  /** A click opens a disc, or goes to the page of an account that has one. */
  private press(sigma: Sigma, node: string): void {
    const [kind, number] = node.split(" ");
    if (kind === "disc") {
      this.toggle(sigma, [Number(number)]);
      return;
    }
    const page = this.told.nodes[Number(number)]?.page;
    if (page) {
      this.page.location.assign(page);
    }
  }

  /** What the pointer is on, in words beneath the map. */
  private name(node: string): void {
    const [kind, number] = node.split(" ");
    const account = this.told.nodes[Number(number)];
    const disc = this.discs.find((one) => one.number === Number(number));
    if (kind === "account" && account) {
      const lines = said(account.lines === 1 ? "{} line" : "{} lines", account.lines);
      this.part("said").textContent = said(account.page ? "{}: {}; press to see why it is here" : "{}: {}", account.name, lines);
    } else if (kind === "disc" && disc) {
      this.part("said").textContent = said("{}: {} accounts; press to open it", name(disc), disc.accounts);
    }
  }

  private say(sigma: Sigma, words: string): void {
    sigma.getContainer().setAttribute("role", "img");
    sigma.getContainer().setAttribute("aria-label", this.label());
    this.part("said").textContent = words;
  }

  /** What is drawn now, as one sentence. */
  private label(): string {
    const accounts = this.told.nodes.filter((one) => this.open.has(one.group)).length;
    const open = this.discs.filter((one) => this.open.has(one.number)).map(name);
    const opened = open.length > 0 ? " " + said("Open: {}, {} accounts.", open.join(", "), accounts) : "";
    const discs = this.discs.length;
    const map = discs === 1 ? said("A map of one disc with {} lines.", this.graph.size) : said("A map of {} discs with {} lines.", discs, this.graph.size);
    return map + opened;
  }

  /** The accounts that are open, as a table: whoever can't see the map reads it there. */
  private list(): void {
    const twin = this.part("twin");
    twin.replaceChildren();
    const open = this.told.nodes.filter((one) => this.open.has(one.group));
    if (open.length === 0) {
      return;
    }
    const details = this.page.createElement("details");
    const summary = this.page.createElement("summary");
    const all = said("Table of the accounts that are open");
    const some = said("Table of the accounts that are open, the first {} of {}", MOST_LISTED, open.length);
    summary.textContent = open.length > MOST_LISTED ? some : all;
    const scroll = this.page.createElement("div");
    scroll.className = "scroll tall";
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", said("Accounts that are open"));
    const table = this.page.createElement("table");
    const head = table.createTHead().insertRow();
    for (const words of [said("Account"), said("Group"), said("Lines")]) {
      const cell = this.page.createElement("th");
      cell.scope = "col";
      cell.textContent = words;
      head.append(cell);
    }
    const body = table.createTBody();
    for (const account of open.slice(0, MOST_LISTED)) {
      const row = body.insertRow();
      const cell = this.page.createElement("th");
      cell.scope = "row";
      cell.append(this.linked(account));
      row.append(cell);
      row.insertCell().textContent = this.told.groups[account.group]?.letter ?? said("none");
      row.insertCell().textContent = figure(account.lines);
    }
    scroll.append(table);
    details.append(summary, scroll);
    twin.append(details);
  }

  private linked(account: Account): HTMLElement {
    const words = this.page.createElement(account.page ? "a" : "bdi");
    words.textContent = account.name;
    if (words instanceof HTMLAnchorElement && account.page) {
      words.href = account.page;
    }
    return words;
  }

  /** The page scrolls past the map: only with Ctrl, or with two fingers, is the map itself moved nearer. */
  private keepScrolling(room: HTMLElement): void {
    const parent = room.parentElement ?? room;
    parent.addEventListener("wheel", (event) => (event.ctrlKey || event.metaKey ? undefined : stopAt(room, event)), { capture: true });
    parent.addEventListener("touchstart", (event) => (event.touches.length > 1 ? undefined : stopAt(room, event)), { capture: true });
  }

  private part(named: string): HTMLElement {
    const found = this.place.querySelector<HTMLElement>(`[data-part="${named}"]`);
    if (found === null) {
      throw new Error(`The map has no part ${named}.`);
    }
    return found;
  }
}

function name(disc: Disc): string {
  return disc.number === OUTSIDE ? said("In no group") : said("Group {}", disc.letter);
}

/** A square around all discs, in which a single one does not fill the map. */
function ground(discs: readonly Disc[]): { x: [number, number]; y: [number, number] } {
  const [left, right] = [Math.min(...discs.map((one) => one.x - one.r)), Math.max(...discs.map((one) => one.x + one.r))];
  const [low, high] = [Math.min(...discs.map((one) => -one.y - one.r)), Math.max(...discs.map((one) => -one.y + one.r))];
  const half = Math.max((right - left) / 2, (high - low) / 2, ...discs.map((one) => 2 * one.r));
  const [x, y] = [(left + right) / 2, (low + high) / 2];
  return { x: [x - half, x + half], y: [y - half, y + half] };
}

/** So large that the marks of a disc do not touch. */
function markSize(disc: Disc | undefined): number {
  return disc === undefined ? 0.01 : Math.min(0.035, (0.62 * disc.r) / Math.sqrt(disc.accounts));
}

function stopAt(room: HTMLElement, event: Event): void {
  if (event.target instanceof Node && room.contains(event.target)) {
    event.stopPropagation();
  }
}
