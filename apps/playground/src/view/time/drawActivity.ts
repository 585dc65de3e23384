import type { Activity } from "@lunatic-web/runtime/inspect";
import type { Surface } from "../canvas/useCanvas.ts";

export interface TimeScale {
  /** Milliseconds at the left and the right edge. */
  readonly fromMs: number;
  readonly toMs: number;
  /** The moment that is shown. */
  readonly shownMs: number;
  /** What lies before is not remembered any more. */
  readonly rememberedMs: number;
  readonly isLive: boolean;
}

const MARK_ROW = 9;
/** Marks closer than this become one. */
const MARK_GAP = 3;

/** A histogram of messages, a row of marks for spawns, ends and traps below it, and the moment. */
export function drawActivity(surface: Surface, activity: Activity, scale: TimeScale): void {
  const { context, width, height, palette } = surface;
  const { fromMs, toMs, shownMs } = scale;
  const spanMs = Math.max(toMs - fromMs, 1e-9);
  const x = (timeMs: number) => ((timeMs - fromMs) / spanMs) * width;
  const base = height - MARK_ROW - 4;

  context.fillStyle = palette.border;
  context.fillRect(0, base, width, 1);
  drawMessages(surface, activity, x, base);

  const markY = height - MARK_ROW / 2 - 1;
  drawMarks(surface, activity, activity.spawns, x, markY, palette.good, 1.6);
  drawMarks(surface, activity, activity.exits, x, markY, palette.muted, 1.6);
  drawMarks(surface, activity, activity.traps, x, markY, palette.bad, 3);

  if (scale.rememberedMs > fromMs) {
    context.fillStyle = palette.surface;
    context.globalAlpha = 0.75;
    context.fillRect(0, 0, x(scale.rememberedMs), height);
    context.globalAlpha = 1;
  }
  const at = Math.min(Math.max(x(shownMs), 1), width - 1);
  if (!scale.isLive) {
    context.fillStyle = palette.surface;
    context.globalAlpha = 0.6;
    context.fillRect(at, 0, width - at, height);
    context.globalAlpha = 1;
  }
  context.fillStyle = palette.accent;
  context.fillRect(at - 0.75, 0, 1.5, height);
  context.beginPath();
  context.arc(at, 4, 4, 0, 2 * Math.PI);
  context.fill();
}

function drawMessages(
  { context, width, palette }: Surface,
  { messages, used, widthMs }: Activity,
  x: (timeMs: number) => number,
  base: number,
): void {
  // Bars of whole pixels: what falls into one is added up.
  const bars = new Float64Array(Math.ceil(width / 3) + 1);
  let most = 0;
  for (let bin = 0; bin < used; bin++) {
    const count = messages[bin]!;
    if (count === 0) continue;
    const first = Math.max(0, Math.floor(x(bin * widthMs) / 3));
    const last = Math.min(bars.length - 1, Math.max(first, Math.ceil(x((bin + 1) * widthMs) / 3) - 1));
    for (let bar = first; bar <= last; bar++) {
      bars[bar]! += count / (last - first + 1);
      most = Math.max(most, bars[bar]!);
    }
  }
  context.fillStyle = palette.accent;
  context.globalAlpha = 0.45;
  for (let bar = 0; bar < bars.length; bar++) {
    if (bars[bar] === 0) continue;
    // The square root: a single message stays visible beside a flood.
    const height = Math.max(1.5, Math.sqrt(bars[bar]! / most) * (base - 6));
    context.fillRect(bar * 3, base - height, 2, height);
  }
  context.globalAlpha = 1;
}

function drawMarks(
  { context }: Surface,
  { used, widthMs }: Activity,
  counts: Uint32Array,
  x: (timeMs: number) => number,
  y: number,
  color: string,
  radius: number,
): void {
  context.fillStyle = color;
  context.beginPath();
  let last = Number.NEGATIVE_INFINITY;
  for (let bin = 0; bin < used; bin++) {
    if (counts[bin] === 0) continue;
    const at = x((bin + 0.5) * widthMs);
    if (at - last < MARK_GAP) continue;
    last = at;
    context.moveTo(at + radius, y);
    context.arc(at, y, radius, 0, 2 * Math.PI);
  }
  context.fill();
}
