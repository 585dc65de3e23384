import type { ObservedProcess } from "@lunatic-web/runtime/inspect";
import { withAlpha } from "../canvas/palette.ts";
import { formatCount } from "../format.ts";
import { CAPTION, CROWD_PADDING } from "./crowd.ts";
import { drawCrowd } from "./drawCrowd.ts";
import type { Pen } from "./drawEdges.ts";
import { RADIUS } from "./layout.ts";
import { nodeLabel } from "./nodeLabel.ts";
import { stateColor } from "./stateColor.ts";
import type { TreeNode } from "./structure.ts";
import type { TreeScene } from "./treeScene.ts";

export interface Emphasis {
  readonly focus: number | undefined;
  readonly hovered: number | undefined;
  /** What the visitor looks for; others are faint. */
  readonly matches: ((process: ObservedProcess) => boolean) | undefined;
}

const FAINT = 0.25;

export function drawNodes(pen: Pen, scene: TreeScene, emphasis: Emphasis, nowMs: number): void {
  for (const node of scene.structure.nodes) {
    const width = node.crowd?.width ?? RADIUS;
    const height = node.crowd?.height ?? RADIUS;
    if (node.shownX - RADIUS > pen.right || node.shownX + width < pen.left) continue;
    if (node.shownY - RADIUS > pen.bottom || node.shownY + height < pen.top) continue;
    if (node.crowd) drawCrowd(pen, scene, node, emphasis, nowMs);
    else drawProcess(pen, scene, node, emphasis, nowMs);
  }
}

function drawProcess(pen: Pen, scene: TreeScene, node: TreeNode, emphasis: Emphasis, nowMs: number): void {
  const { context, palette, scale } = pen;
  const { process, shownX: x, shownY: y } = node;
  const color = stateColor(process, palette);
  const radius = Math.max(RADIUS, 2.6 / scale);
  const isEnded = process.state === "ended";
  context.globalAlpha = emphasis.matches && !emphasis.matches(process) ? FAINT : 1;
  const glow = isEnded ? 0 : scene.glow(node.pid, nowMs);
  if (glow > 0) {
    context.fillStyle = withAlpha(palette.good, 0.3 * glow);
    circle(context, x, y, radius + 6);
    context.fill();
  }
  circle(context, x, y, radius);
  context.fillStyle = palette.surface;
  context.fill();
  if (!isEnded || process.trapText !== "") {
    context.fillStyle = withAlpha(color, process.state === "parked" ? 0.28 + 0.5 * glow : 0.8);
    context.fill();
  }
  context.lineWidth = 1.8;
  context.strokeStyle = color;
  if (isEnded) context.setLineDash([2.5, 2.5]);
  context.stroke();
  context.setLineDash([]);
  if (process.mailboxDepth > 0 && !isEnded) drawDepth(pen, x, y, process.mailboxDepth);
  if (node.hidden > 0) drawFold(pen, x, y, radius);
  drawRing(pen, x, y, radius, node.pid, emphasis);
  context.globalAlpha = 1;
}

/** Messages that wait: a dot on the rim that grows with their number. */
function drawDepth({ context, palette }: Pen, x: number, y: number, depth: number): void {
  circle(context, x + RADIUS * 0.72, y - RADIUS * 0.72, Math.min(6, 2.4 + Math.log10(depth + 1) * 1.6));
  context.fillStyle = palette.warn;
  context.fill();
  context.lineWidth = 1.2;
  context.strokeStyle = palette.surface;
  context.stroke();
}

function drawFold({ context, palette }: Pen, x: number, y: number, radius: number): void {
  context.strokeStyle = palette.text;
  context.lineWidth = 1.6;
  context.beginPath();
  context.moveTo(x - radius / 2, y);
  context.lineTo(x + radius / 2, y);
  context.moveTo(x, y - radius / 2);
  context.lineTo(x, y + radius / 2);
  context.stroke();
}

function drawRing(pen: Pen, x: number, y: number, radius: number, pid: number, emphasis: Emphasis): void {
  const isFocus = pid === emphasis.focus;
  if (!isFocus && pid !== emphasis.hovered) return;
  const { context, palette, scale } = pen;
  circle(context, x, y, radius + 4 / Math.min(scale, 1));
  context.lineWidth = (isFocus ? 2.2 : 1.4) / Math.min(scale, 1);
  context.strokeStyle = palette.accent;
  context.stroke();
}

/** Texts, at their size on the screen whatever the zoom is; only where there is room for them. */
export function drawLabels(
  pen: Pen,
  scene: TreeScene,
  emphasis: Emphasis,
  toScreen: (x: number, y: number) => [number, number],
): void {
  const { context, palette, scale } = pen;
  const { orientation, breadth } = scene.layout;
  const room = breadth * scale;
  const hasRoom = orientation === "right" ? room >= 13 : room >= 42;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const node of scene.structure.nodes) {
    const { crowd } = node;
    const [x, y] = toScreen(node.shownX, node.shownY);
    if (crowd) {
      if (crowd.width * scale < 60) continue;
      drawCaption(
        pen,
        `${formatCount(crowd.count)} × ${nodeLabel(node.process).text}`,
        x,
        y,
        crowd.width * scale,
        scale,
      );
      continue;
    }
    if (
      node.shownX < pen.left - 200 ||
      node.shownX > pen.right ||
      node.shownY < pen.top ||
      node.shownY > pen.bottom
    )
      continue;
    const isMeant = node.pid === emphasis.focus || node.pid === emphasis.hovered;
    if (!hasRoom && !isMeant && node.process.names.size === 0) continue;
    if (!hasRoom && !isMeant && room < 7) continue;
    const isFaint = emphasis.matches && !emphasis.matches(node.process);
    const { text, isName } = nodeLabel(node.process);
    const shown = node.hidden > 0 ? `${text} +${formatCount(node.hidden)}` : text;
    context.font = `${isName ? "600 " : ""}12px ${isName ? SANS : MONO}`;
    context.globalAlpha = isFaint ? FAINT : node.process.state === "ended" ? 0.6 : 1;
    const radius = Math.max(RADIUS * scale, 2.6) + 6;
    const color = isName ? palette.text : palette.muted;
    if (orientation === "right" && node.children.length > 0) {
      // Above: beside it the edges to its children begin.
      context.textAlign = "center";
      halo(pen, clip(context, shown, isMeant || isName ? 400 : 150 * scale), x, y - radius - 4, color);
      drawRestarts(pen, node, x - radius + 2, y + radius - 2);
    } else if (orientation === "right") {
      context.textAlign = "left";
      halo(pen, clip(context, shown, isMeant ? 400 : 230), x + radius, y, color);
      drawRestarts(pen, node, x - radius + 2, y - radius + 2);
    } else {
      context.textAlign = "center";
      halo(pen, clip(context, shown, isMeant || isName ? 300 : room - 6), x, y + radius + 6, color);
      drawRestarts(pen, node, x - radius + 1, y - radius + 3);
    }
  }
  context.globalAlpha = 1;
}

const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

function drawCaption(
  { context, palette }: Pen,
  text: string,
  x: number,
  y: number,
  width: number,
  scale: number,
): void {
  const size = Math.min(12, Math.max(9, CAPTION * scale * 0.75));
  context.font = `${size}px ${SANS}`;
  context.textAlign = "left";
  const isInside = CAPTION * scale >= 10;
  const at = isInside ? y + (CROWD_PADDING / 2 + CAPTION / 2) * scale : y - 9;
  halo({ context, palette } as Pen, clip(context, text, Math.max(width - 12, 120)), x + 6, at, palette.muted);
}

/** How often it was replaced: the number that a supervisor is about. */
function drawRestarts({ context, palette }: Pen, { process }: TreeNode, x: number, y: number): void {
  if (process.restarts === 0) return;
  context.save();
  context.font = `600 10px ${SANS}`;
  context.textAlign = "right";
  halo({ context, palette } as Pen, `↻${process.restarts}`, x + 4, y, palette.accent);
  context.restore();
}

function halo({ context, palette }: Pen, text: string, x: number, y: number, color: string): void {
  context.lineWidth = 3;
  context.strokeStyle = palette.surface;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}

const widths = new Map<string, string>();

/** The text as far as it has room. Measuring is slow, so what was found is kept. */
function clip(context: CanvasRenderingContext2D, text: string, room: number): string {
  const key = `${context.font}|${Math.round(room / 4)}|${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  let shown = text;
  while (shown.length > 2 && context.measureText(shown).width > room) {
    shown = `${shown.slice(0, shown.endsWith("…") ? -2 : -1).trimEnd()}…`;
  }
  if (widths.size > 5_000) widths.clear();
  widths.set(key, shown);
  return shown;
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}
