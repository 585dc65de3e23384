import type { ObservedProcess } from "@lunatic-web/runtime/inspect";
import type { Palette } from "../canvas/palette.ts";
import { withAlpha } from "../canvas/palette.ts";
import { type Orientation, RADIUS } from "./layout.ts";
import type { TreeNode } from "./structure.ts";
import type { Point, TreeScene } from "./treeScene.ts";

/** Relations beside the tree that are drawn at once; the chosen process' are always. */
const MAX_RELATIONS = 300;

export interface Pen {
  readonly context: CanvasRenderingContext2D;
  readonly palette: Palette;
  /** Screen pixels per world unit. */
  readonly scale: number;
  /** The visible part of the world. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Who spawned whom: a plain line, or a strong one where the two are linked. */
export function drawTreeEdges(pen: Pen, scene: TreeScene): void {
  const { context, palette, scale } = pen;
  const { orientation } = scene.layout;
  const plain = new Path2D();
  const linked = new Path2D();
  const over = new Path2D();
  for (const node of scene.structure.nodes) {
    const { parent } = node;
    if (!parent || isOutside(pen, parent, node)) continue;
    const isOver = node.process.state === "ended";
    const areLinked = node.process.links.has(parent.pid) || parent.process.links.has(node.process.pid);
    addEdge(isOver ? over : areLinked ? linked : plain, parent, node, orientation);
  }
  context.lineWidth = 1.4 / Math.min(scale, 1);
  context.strokeStyle = withAlpha(palette["control-border"], 0.3);
  context.stroke(over);
  context.strokeStyle = withAlpha(palette["control-border"], 0.75);
  context.setLineDash([3 / scale, 3 / scale]);
  context.stroke(plain);
  context.setLineDash([]);
  context.lineWidth = 1.8 / Math.min(scale, 1);
  context.strokeStyle = withAlpha(palette.accent, 0.62);
  context.stroke(linked);
}

function isOutside(pen: Pen, a: TreeNode, b: TreeNode): boolean {
  return (
    Math.max(a.shownX, b.shownX) < pen.left - 20 ||
    Math.min(a.shownX, b.shownX) > pen.right + 20 ||
    Math.max(a.shownY, b.shownY) < pen.top - 20 ||
    Math.min(a.shownY, b.shownY) > pen.bottom + 20
  );
}

function addEdge(path: Path2D, parent: TreeNode, node: TreeNode, orientation: Orientation): void {
  const { crowd } = node;
  if (orientation === "right") {
    const startX = parent.shownX + RADIUS;
    const endX = crowd ? node.shownX : node.shownX - RADIUS;
    const endY = crowd ? node.shownY + crowd.height / 2 : node.shownY;
    const middle = startX + (endX - startX) * 0.5;
    path.moveTo(startX, parent.shownY);
    path.bezierCurveTo(middle, parent.shownY, middle, endY, endX, endY);
  } else {
    const startY = parent.shownY + RADIUS;
    const endX = crowd ? node.shownX + crowd.width / 2 : node.shownX;
    const endY = crowd ? node.shownY : node.shownY - RADIUS;
    const middle = startY + (endY - startY) * 0.5;
    path.moveTo(parent.shownX, startY);
    path.bezierCurveTo(parent.shownX, middle, endX, middle, endX, endY);
  }
}

/** Links that do not follow the tree: plain arcs. Monitors: dotted arcs with the head at the one that is watched. */
export function drawRelations(pen: Pen, scene: TreeScene, focus: number | undefined): void {
  const { context, palette, scale } = pen;
  const links = new Path2D();
  const monitors = new Path2D();
  const heads: { readonly at: Point; readonly from: Point }[] = [];
  let count = 0;
  const draw = (process: ObservedProcess, isChosen: boolean) => {
    const from = scene.anchor(process.pid);
    if (!from) return;
    for (const pid of process.links) {
      if (count >= MAX_RELATIONS && !isChosen) return;
      if (pid === process.parent || scene.model?.process(pid)?.parent === process.pid) continue;
      const to = scene.anchor(pid);
      if (!to || (pid < process.pid && !isChosen)) continue;
      count++;
      addArc(links, from, to, 0.18);
    }
    for (const pid of process.monitors) {
      if (count >= MAX_RELATIONS && !isChosen) return;
      const to = scene.anchor(pid);
      if (!to) continue;
      count++;
      const bend = addArc(monitors, from, to, -0.22);
      heads.push({ at: to, from: bend });
    }
  };
  for (const node of scene.structure.nodes) {
    if (!node.crowd && node.process.state !== "ended") draw(node.process, false);
  }
  const chosen = focus === undefined ? undefined : scene.model?.process(focus);
  if (chosen) draw(chosen, true);
  context.lineWidth = 1.4 / Math.min(scale, 1);
  context.strokeStyle = withAlpha(palette.accent, 0.5);
  context.stroke(links);
  context.strokeStyle = withAlpha(palette.warn, 0.75);
  context.setLineDash([1.5 / scale, 3.5 / scale]);
  context.stroke(monitors);
  context.setLineDash([]);
  context.fillStyle = palette.warn;
  for (const { at, from } of heads) drawHead(context, from, at, 5 / Math.min(scale, 1));
}

/** The point that an arc between two points bends towards. */
export function bendOf(from: Point, to: Point, bow: number): Point {
  return {
    x: (from.x + to.x) / 2 - (to.y - from.y) * bow,
    y: (from.y + to.y) / 2 + (to.x - from.x) * bow,
  };
}

function addArc(path: Path2D, from: Point, to: Point, bow: number): Point {
  const bend = bendOf(from, to, bow);
  path.moveTo(from.x, from.y);
  path.quadraticCurveTo(bend.x, bend.y, to.x, to.y);
  return bend;
}

function drawHead(context: CanvasRenderingContext2D, from: Point, at: Point, size: number): void {
  const angle = Math.atan2(at.y - from.y, at.x - from.x);
  const tipX = at.x - Math.cos(angle) * RADIUS;
  const tipY = at.y - Math.sin(angle) * RADIUS;
  context.beginPath();
  context.moveTo(tipX, tipY);
  for (const turn of [-0.45, 0.45]) {
    context.lineTo(tipX - Math.cos(angle + turn) * size, tipY - Math.sin(angle + turn) * size);
  }
  context.fill();
}
