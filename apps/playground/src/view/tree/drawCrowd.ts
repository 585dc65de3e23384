import type { ObservedProcess } from "@lunatic-web/runtime/inspect";
import type { Palette } from "../canvas/palette.ts";
import { CAPTION, CELL, CROWD_PADDING, type Crowd, PITCH } from "./crowd.ts";
import type { Pen } from "./drawEdges.ts";
import type { Emphasis } from "./drawNodes.ts";
import { stateColor } from "./stateColor.ts";
import type { TreeNode } from "./structure.ts";
import type { TreeScene } from "./treeScene.ts";

/** Below so many pixels of the screen the gaps between cells would only be noise. */
const LEAST_GAP_PX = 0.7;
const ALPHA = { full: 255, waiting: 150, faint: 40 };

/** One pixel per cell; kept from frame to frame, because making a canvas costs more than filling it. */
const images = new WeakMap<Crowd, { readonly canvas: OffscreenCanvas; readonly image: ImageData }>();
/** Colours as their three bytes. */
const bytesOf = new Map<string, number>();

/**
 * Every member as a cell in the colour of its state. The cells are written as pixels and enlarged in one go, and the gaps
 * are drawn over them: ten thousand rectangles of their own would take the whole frame.
 */
export function drawCrowd(
  pen: Pen,
  scene: TreeScene,
  node: TreeNode,
  emphasis: Emphasis,
  nowMs: number,
): void {
  const { context, palette, scale } = pen;
  const crowd = node.crowd!;
  const { shownX: left, shownY: top } = node;
  context.beginPath();
  context.roundRect(left, top, crowd.width, crowd.height, 8);
  context.fillStyle = palette.raised;
  context.fill();
  context.lineWidth = 1 / Math.min(scale, 1);
  context.strokeStyle = palette.border;
  context.stroke();

  const { columns, rows } = crowd;
  if (rows === 0) return;
  const gap = PITCH - CELL;
  const x = left + CROWD_PADDING;
  const y = top + CROWD_PADDING + CAPTION;
  const canvas = paint(crowd, (pid) => colorOf(scene, pid, palette, emphasis, nowMs));
  context.imageSmoothingEnabled = false;
  context.drawImage(canvas, x, y, columns * PITCH, rows * PITCH);
  if (gap * scale >= LEAST_GAP_PX) {
    context.fillStyle = palette.raised;
    for (let column = 0; column < columns; column++) {
      context.fillRect(x + column * PITCH + CELL, y, gap, rows * PITCH);
    }
    for (let row = 0; row < rows; row++) context.fillRect(x, y + row * PITCH + CELL, columns * PITCH, gap);
  }
  for (const pid of [emphasis.hovered, emphasis.focus]) {
    const cell = pid === undefined ? undefined : crowd.cellOf(pid);
    if (cell === undefined) continue;
    const at = crowd.cellAt(cell);
    const half = CELL / 2 + 2 / Math.min(scale, 1);
    context.lineWidth = 1.8 / Math.min(scale, 1);
    context.strokeStyle = palette.accent;
    context.strokeRect(left + at.x - half, top + at.y - half, 2 * half, 2 * half);
  }
}

function paint(crowd: Crowd, colorAt: (pid: number) => number): OffscreenCanvas {
  const { columns, rows, cells } = crowd;
  let held = images.get(crowd);
  if (held?.canvas.width !== columns || held.canvas.height !== rows) {
    held = { canvas: new OffscreenCanvas(columns, rows), image: new ImageData(columns, rows) };
    images.set(crowd, held);
  }
  const pixels = new Uint32Array(held.image.data.buffer);
  pixels.fill(0);
  for (let cell = 0; cell < cells.length; cell++) {
    const pid = cells[cell]!;
    if (pid !== 0) pixels[cell] = colorAt(pid);
  }
  held.canvas.getContext("2d")!.putImageData(held.image, 0, 0);
  return held.canvas;
}

/** A pixel, as it lies in memory on the little-endian machines that there are: alpha, blue, green, red. */
function colorOf(
  scene: TreeScene,
  pid: number,
  palette: Palette,
  { matches }: Emphasis,
  nowMs: number,
): number {
  const process = scene.model?.process(pid);
  if (!process) return 0;
  if (matches && !matches(process)) return pixel(stateColor(process, palette), ALPHA.faint);
  if (isAwake(scene, process, nowMs)) return pixel(palette.good, ALPHA.full);
  return pixel(stateColor(process, palette), process.state === "parked" ? ALPHA.waiting : ALPHA.full);
}

function isAwake(scene: TreeScene, process: ObservedProcess, nowMs: number): boolean {
  return process.state !== "ended" && scene.glow(process.pid, nowMs) > 0.3;
}

function pixel(color: string, alpha: number): number {
  let bytes = bytesOf.get(color);
  if (bytes === undefined) {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
    bytes = red | (green << 8) | (blue << 16);
    bytesOf.set(color, bytes);
  }
  return (bytes | (alpha << 24)) >>> 0;
}
