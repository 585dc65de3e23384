import type { InspectionEvent, SystemModel } from "@lunatic-web/runtime/inspect";
import { EventKind } from "@lunatic-web/runtime/inspect";
import { fitScale, type Layout, layOut, type Orientation, RADIUS, type Size } from "./layout.ts";
import { MessageFlow } from "./messageFlow.ts";
import { type TreeNode, type TreeQuery, TreeStructure } from "./structure.ts";

export interface Point {
  x: number;
  y: number;
}

/** A ring that spreads where a process came, went or trapped. */
export interface Pulse extends Point {
  readonly kind: "spawn" | "restart" | "exit" | "trap";
  /** In a crowd a ring stays near its cell. */
  readonly isSmall: boolean;
  readonly startMs: number;
}

const PULSE_MS = 900;
const MAX_PULSES = 80;
/** How long a process that has been woken glows. */
const GLOW_MS = 350;
/** Making the structure anew is not for every frame once it costs a good part of one. */
const LARGE_NODES = 1_500;
const LARGE_PERIOD_MS = 150;
/** Beyond it nodes jump to their places. */
const MAX_MOVING = 1_200;
/** The other orientation must be so much better: a picture that turns round costs the visitor his bearings. */
const TURN_FACTOR = 1.35;

/** All that the picture shows at one instant, apart from how it is drawn. */
export class TreeScene {
  readonly structure = new TreeStructure();
  readonly flow = new MessageFlow();
  pulses: Pulse[] = [];
  layout: Layout = { orientation: "right", width: 1, height: 1, breadth: 1 };
  model: SystemModel | undefined;
  /** When a process was woken last. */
  readonly #wokenMs = new Map<number, number>();
  #madeMs = Number.NEGATIVE_INFINITY;
  #news: InspectionEvent[] = [];

  static readonly pulseMs = PULSE_MS;

  /** What is shown from now on; cheap, most of it is done in `advance`. */
  add(events: readonly InspectionEvent[], nowMs: number): void {
    this.flow.add(events);
    for (const event of events) {
      const { kind } = event;
      if (kind === EventKind.Wake || kind === EventKind.Start) this.#wokenMs.set(event.pid, nowMs);
      else if (kind === EventKind.Spawn || kind === EventKind.Exit || kind === EventKind.Trap) {
        if (this.#news.length < MAX_PULSES) this.#news.push(event);
      }
    }
  }

  /** Another run, or a leap in time: nothing moves from what was to what is. */
  reset(): void {
    this.flow.clear();
    this.pulses = [];
    this.#news = [];
    this.#wokenMs.clear();
  }

  /**
   * Brings the scene to this frame.
   * @returns whether something moves, and in how many milliseconds the structure is due; 0: it is up to date
   */
  advance(
    model: SystemModel,
    query: TreeQuery,
    view: Size,
    nowMs: number,
    isStill: boolean,
  ): { readonly isMoving: boolean; readonly staleForMs: number } {
    if (model !== this.model) {
      this.model = model;
      this.#madeMs = Number.NEGATIVE_INFINITY;
    }
    let staleForMs = 0;
    if (!this.structure.isCurrent(model, query)) {
      const periodMs = model.processes.size > LARGE_NODES ? LARGE_PERIOD_MS : 0;
      staleForMs = Math.max(0, this.#madeMs + periodMs - nowMs);
      if (staleForMs === 0) {
        this.structure.update(model, query);
        this.layout = this.#layOut(view);
        this.#madeMs = nowMs;
      }
    }
    const isPlacing = this.#place(isStill);
    this.#pulse(nowMs);
    const isFlowing = this.flow.advance(nowMs, (pid) => this.structure.standsFor.get(pid)?.key);
    if (this.#wokenMs.size > 20_000) this.#wokenMs.clear();
    return { isMoving: isPlacing || isFlowing || this.pulses.length > 0, staleForMs };
  }

  /** From 1, just woken, to 0. */
  glow(pid: number, nowMs: number): number {
    const wokenMs = this.#wokenMs.get(pid);
    if (wokenMs === undefined) return 0;
    const left = 1 - (nowMs - wokenMs) / GLOW_MS;
    if (left > 0) return left;
    this.#wokenMs.delete(pid);
    return 0;
  }

  /** Where a process is drawn: its cell if it is one of a crowd. */
  anchor(pid: number): Point | undefined {
    const node = this.structure.standsFor.get(pid);
    if (!node) return undefined;
    if (!node.crowd) return { x: node.shownX, y: node.shownY };
    const cell = node.crowd.cellOf(pid);
    if (cell === undefined) return this.middle(node);
    const at = node.crowd.cellAt(cell);
    return { x: node.shownX + at.x, y: node.shownY + at.y };
  }

  middle({ crowd, shownX, shownY }: TreeNode): Point {
    return crowd ? { x: shownX + crowd.width / 2, y: shownY + crowd.height / 2 } : { x: shownX, y: shownY };
  }

  /** The process, or the crowd, at a point. @param slack world units by which one may miss */
  hit({ x, y }: Point, slack: number): { readonly node: TreeNode; readonly pid: number } | undefined {
    let best: { node: TreeNode; pid: number } | undefined;
    let nearest = RADIUS + slack;
    for (const node of this.structure.nodes) {
      const { crowd } = node;
      if (crowd) {
        const inX = x - node.shownX;
        const inY = y - node.shownY;
        if (inX < 0 || inY < 0 || inX > crowd.width || inY > crowd.height) continue;
        return { node, pid: crowd.pidAt(inX, inY) ?? 0 };
      }
      const distance = Math.hypot(x - node.shownX, y - node.shownY);
      if (distance >= nearest) continue;
      nearest = distance;
      best = { node, pid: node.pid };
    }
    return best;
  }

  #layOut(view: Size): Layout {
    const { nodes } = this.structure;
    const before = this.layout.orientation;
    const other: Orientation = before === "right" ? "down" : "right";
    const turned = layOut(nodes, other, view);
    const turnedScale = Math.min(fitScale(turned, view.width, view.height), 1);
    const kept = layOut(nodes, before, view);
    const isBetter = turnedScale > TURN_FACTOR * Math.min(fitScale(kept, view.width, view.height), 1);
    return isBetter ? layOut(nodes, other, view) : kept;
  }

  /** Moves nodes a part of the way to where they belong. @returns whether any is under way */
  #place(isStill: boolean): boolean {
    const { nodes } = this.structure;
    const jumps = isStill || nodes.length > MAX_MOVING;
    let isMoving = false;
    for (const node of nodes) {
      if (jumps) {
        node.shownX = node.x;
        node.shownY = node.y;
      } else if (!node.isPlaced) {
        const from = node.parent;
        node.shownX = from ? from.shownX : node.x;
        node.shownY = from ? from.shownY : node.y;
      }
      node.isPlaced = true;
      const wayX = node.x - node.shownX;
      const wayY = node.y - node.shownY;
      if (Math.abs(wayX) + Math.abs(wayY) < 0.3) {
        node.shownX = node.x;
        node.shownY = node.y;
        continue;
      }
      node.shownX += wayX * 0.22;
      node.shownY += wayY * 0.22;
      isMoving = true;
    }
    return isMoving;
  }

  #pulse(nowMs: number): void {
    this.pulses = this.pulses.filter(({ startMs }) => nowMs - startMs < PULSE_MS);
    const news = this.#news;
    this.#news = [];
    const trapped = new Set(news.filter(({ kind }) => kind === EventKind.Trap).map(({ pid }) => pid));
    for (const { kind, pid } of news) {
      const at = this.anchor(pid);
      if (!at || this.pulses.length >= MAX_PULSES) continue;
      if (kind === EventKind.Exit && trapped.has(pid)) continue;
      const node = this.structure.standsFor.get(pid)!;
      // A node that is new begins at its parent and moves: the ring waits for it where it goes.
      const point = node.crowd ? at : { x: node.x, y: node.y };
      const isSmall = node.crowd !== undefined;
      this.pulses.push({ ...point, kind: this.#pulseKind(kind, pid), isSmall, startMs: nowMs });
    }
  }

  #pulseKind(kind: EventKind, pid: number): Pulse["kind"] {
    if (kind === EventKind.Trap) return "trap";
    if (kind === EventKind.Exit) return "exit";
    return (this.model?.process(pid)?.restarts ?? 0) > 0 ? "restart" : "spawn";
  }
}
