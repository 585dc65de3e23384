import { withAlpha } from "../canvas/palette.ts";
import { formatCompact } from "../format.ts";
import { bendOf, type Pen } from "./drawEdges.ts";
import type { Flow } from "./messageFlow.ts";
import { type Point, TreeScene } from "./treeScene.ts";

const BOW = 0.14;
/** From so many messages on, a mark has their number written on it. */
const NUMBERED_FROM = 10;
/** And only where the way is long enough to read it, in pixels of the screen. */
const NUMBERED_WAY_PX = 70;

/** The lines of conversations, faint, and the messages on them. */
export function drawFlow(pen: Pen, scene: TreeScene, nowMs: number, isStill: boolean): void {
  const { context, palette, scale } = pen;
  const anchors = new Map<Flow, { from: Point; to: Point; bend: Point }>();
  for (const flow of scene.flow.flows.values()) {
    const from = endOf(scene, flow, flow.from);
    const to = endOf(scene, flow, flow.to);
    if (from && to) anchors.set(flow, { from, to, bend: bendOf(from, to, BOW) });
  }
  context.lineWidth = 1.6 / Math.min(scale, 1);
  // In a few steps of brightness, a path for each: thousands of strokes would cost the frame.
  const steps = [new Path2D(), new Path2D(), new Path2D()];
  for (const [flow, { from, to, bend }] of anchors) {
    const age = scene.flow.age(flow, nowMs);
    const path = steps[Math.min(steps.length - 1, Math.floor(Math.max(age, 0) * steps.length))]!;
    path.moveTo(from.x, from.y);
    path.quadraticCurveTo(bend.x, bend.y, to.x, to.y);
  }
  steps.forEach((path, index) => {
    context.strokeStyle = withAlpha(palette.accent, (isStill ? 0.5 : 0.17) * (1 - index / steps.length));
    context.stroke(path);
  });
  if (isStill) return;
  const unit = 1 / Math.min(Math.max(scale, 0.5), 1.4);
  const dots = new Path2D();
  for (const { flow, startMs, count } of scene.flow.marks) {
    const ends = anchors.get(flow);
    if (!ends) continue;
    const at = pointAt(ends, ease((nowMs - startMs) / scene.flow.travelMs));
    const wayPx = Math.hypot(ends.to.x - ends.from.x, ends.to.y - ends.from.y) * scale;
    const most = wayPx < NUMBERED_WAY_PX ? 1.2 : 4;
    const radius = (2.3 + Math.min(most, Math.log2(count) * 0.8)) * unit;
    if (count >= NUMBERED_FROM && wayPx >= NUMBERED_WAY_PX) drawNumber(pen, at, count, unit);
    else {
      dots.moveTo(at.x + radius, at.y);
      dots.arc(at.x, at.y, radius, 0, 2 * Math.PI);
    }
  }
  context.fillStyle = palette.accent;
  context.fill(dots);
}

function drawNumber({ context, palette }: Pen, at: Point, count: number, unit: number): void {
  const text = formatCompact(count);
  const height = 13 * unit;
  const width = height * 0.5 * text.length + 9 * unit;
  context.beginPath();
  context.roundRect(at.x - width / 2, at.y - height / 2, width, height, height / 2);
  context.fillStyle = palette.accent;
  context.fill();
  context.fillStyle = palette["on-accent"];
  context.font = `600 ${9.5 * unit}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, at.x, at.y + 0.5 * unit);
}

function endOf(scene: TreeScene, { isWhole }: Flow, pid: number): Point | undefined {
  if (!isWhole) return scene.anchor(pid);
  const node = scene.structure.standsFor.get(pid);
  return node && scene.middle(node);
}

function ease(part: number): number {
  const at = Math.min(Math.max(part, 0), 1);
  return at < 0.5 ? 2 * at * at : 1 - 2 * (1 - at) * (1 - at);
}

function pointAt({ from, to, bend }: { from: Point; to: Point; bend: Point }, part: number): Point {
  const rest = 1 - part;
  return {
    x: rest * rest * from.x + 2 * rest * part * bend.x + part * part * to.x,
    y: rest * rest * from.y + 2 * rest * part * bend.y + part * part * to.y,
  };
}

/** Rings where processes came, went or trapped. */
export function drawPulses(pen: Pen, scene: TreeScene, nowMs: number, isStill: boolean): void {
  const { context, palette, scale } = pen;
  const colors = {
    spawn: palette.good,
    restart: palette.accent,
    exit: palette["control-border"],
    trap: palette.bad,
  };
  for (const { kind, isSmall, startMs, x, y } of scene.pulses) {
    const age = (nowMs - startMs) / TreeScene.pulseMs;
    const reach = isSmall ? 7 : kind === "trap" ? 30 : 18;
    const spread = isStill ? 0.5 : 1 - (1 - age) ** 3;
    context.lineWidth =
      ((isSmall ? 0.5 : 1) * ((kind === "trap" ? 3 : 2) * (1 - age) + 0.3)) / Math.min(scale, 1);
    context.strokeStyle = withAlpha(colors[kind], 0.9 * (1 - age));
    context.beginPath();
    context.arc(x, y, (isSmall ? 4 : 9) + reach * spread, 0, 2 * Math.PI);
    context.stroke();
  }
}
