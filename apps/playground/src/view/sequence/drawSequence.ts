import {
  EventKind,
  type History,
  type InspectionEvent,
  type SystemModel,
} from "@lunatic-web/runtime/inspect";
import { withAlpha } from "../canvas/palette.ts";
import type { Surface } from "../canvas/useCanvas.ts";
import { formatBytes, formatCount } from "../format.ts";
import { formatTag } from "../formatTag.ts";
import { formatMoment } from "../time/formatMoment.ts";
import { nodeLabel } from "../tree/nodeLabel.ts";
import type { SequenceIndex } from "./sequenceIndex.ts";

export const HEADER_PX = 40;
export const GUTTER_PX = 70;
export const MAX_ROW_PX = 30;
const COLUMN_PX = { most: 170, least: 26 };
/** Rows drawn one by one; of more, those in between are left out evenly. */
const MAX_DRAWN = 3_000;
const SANS = "system-ui, sans-serif";

export interface SequenceFrame {
  readonly index: SequenceIndex;
  readonly history: History;
  readonly model: SystemModel;
  /** Row at the top; a fraction while it scrolls. */
  readonly top: number;
  readonly rowPx: number;
  readonly leftPx: number;
  /** Position of the shown moment: later rows are faint. */
  readonly position: number;
  readonly focus: number | undefined;
  readonly selectedRow: number | undefined;
  /** What the author calls a message, where that is known: the handler it is for. */
  readonly kindOf: (event: InspectionEvent) => string | undefined;
}

export function columnWidth(columns: number, width: number): number {
  const room = (width - GUTTER_PX - 16) / Math.max(columns, 1);
  return Math.min(COLUMN_PX.most, Math.max(COLUMN_PX.least, room));
}

/** Lifelines from top to bottom, a row for each event in order. Draws only what is in view. */
export function drawSequence(surface: Surface, frame: SequenceFrame): void {
  const { context, width, height } = surface;
  const { index, top, rowPx } = frame;
  const step = columnWidth(index.pids.length, width);
  const x = (pid: number): number | undefined => {
    const column = index.column(pid);
    return column === undefined ? undefined : GUTTER_PX + (column + 0.5) * step - frame.leftPx;
  };
  const y = (row: number) => HEADER_PX + (row + 0.5 - top) * rowPx;
  const first = Math.max(0, Math.floor(top) - 1);
  const end = Math.min(index.count, Math.ceil(top + (height - HEADER_PX) / rowPx) + 1);

  context.save();
  context.beginPath();
  context.rect(0, HEADER_PX, width, height - HEADER_PX);
  context.clip();
  drawLifelines(surface, frame, x, y, step);
  drawRows(surface, frame, x, y, first, end);
  drawTimes(surface, frame, y, first, end);
  context.restore();
  drawHeads(surface, frame, x, step);
}

function visiblePids({ index, leftPx }: SequenceFrame, width: number, step: number): readonly number[] {
  const first = Math.max(0, Math.floor(leftPx / step) - 1);
  return index.pids.slice(first, first + Math.ceil(width / step) + 2);
}

function drawLifelines(
  surface: Surface,
  frame: SequenceFrame,
  x: (pid: number) => number | undefined,
  y: (row: number) => number,
  step: number,
): void {
  const { context, width, height, palette } = surface;
  const { index } = frame;
  for (const pid of visiblePids(frame, width, step)) {
    const at = x(pid)!;
    const spawned = index.spawnedAt(pid);
    const ended = index.endedAt(pid);
    const from = spawned === undefined ? HEADER_PX : Math.max(HEADER_PX, y(index.rowAt(spawned)));
    const to = ended === undefined ? height : Math.min(height, y(index.rowAt(ended)));
    if (to <= from) continue;
    context.fillStyle = pid === frame.focus ? palette.accent : palette.border;
    const thickness = pid === frame.focus ? 2 : 1;
    context.fillRect(at - thickness / 2, from, thickness, to - from);
  }
}

function drawRows(
  surface: Surface,
  frame: SequenceFrame,
  x: (pid: number) => number | undefined,
  y: (row: number) => number,
  first: number,
  end: number,
): void {
  const { context, palette } = surface;
  const { index, history, rowPx } = frame;
  const stride = Math.max(1, Math.ceil((end - first) / MAX_DRAWN));
  const isDetailed = rowPx >= 13;
  // Aligned to the stride, so that the same rows are drawn while it scrolls.
  for (let row = Math.floor(first / stride) * stride; row < end; row += stride) {
    const position = index.position(row);
    const isLater = position >= frame.position;
    const event = history.event(position);
    const at = y(row);
    context.globalAlpha = (isLater ? 0.22 : 1) * (rowPx < 4 ? Math.max(0.05, rowPx * 0.22) : 1);
    if (row === frame.selectedRow) {
      context.fillStyle = palette.selected;
      context.fillRect(0, at - rowPx / 2, surface.width, Math.max(rowPx, 2));
    }
    if (event.kind === EventKind.MoreMessages) drawGap(surface, index.leftOut(position), at, rowPx);
    else if (event.kind === EventKind.Exit || event.kind === EventKind.Trap)
      drawEnd(surface, event, x(event.pid), at, rowPx);
    else drawArrow(surface, event, x, at, rowPx, isDetailed, frame);
  }
  context.globalAlpha = 1;
}

function drawArrow(
  surface: Surface,
  event: InspectionEvent,
  x: (pid: number) => number | undefined,
  y: number,
  rowPx: number,
  isDetailed: boolean,
  frame: SequenceFrame,
): void {
  const { context, palette } = surface;
  const isSpawn = event.kind === EventKind.Spawn;
  const from = x(isSpawn ? event.other : event.pid);
  const to = x(isSpawn ? event.pid : event.other);
  if (to === undefined) return;
  if (from === undefined) {
    context.fillStyle = palette.good;
    context.beginPath();
    context.arc(to, y, Math.min(4, rowPx / 2 + 1), 0, 2 * Math.PI);
    context.fill();
    return;
  }
  const isChosen = frame.focus !== undefined && (event.pid === frame.focus || event.other === frame.focus);
  const color = isSpawn ? palette.good : palette.accent;
  context.strokeStyle = frame.focus === undefined || isChosen ? color : withAlpha(color, 0.45);
  context.lineWidth = isDetailed ? 1.4 : 1;
  if (isSpawn && isDetailed) context.setLineDash([4, 3]);
  context.beginPath();
  if (from === to) {
    context.arc(from + 7, y, Math.min(6, rowPx / 3), -2.4, 2.4);
  } else {
    context.moveTo(from, y);
    context.lineTo(to, y);
  }
  context.stroke();
  context.setLineDash([]);
  if (rowPx >= 5 && from !== to) drawArrowHead(context, from, to, y, Math.min(6, rowPx / 2), color);
  if (isDetailed) drawArrowText(surface, event, frame.kindOf(event), from, to, y);
}

function drawArrowHead(
  context: CanvasRenderingContext2D,
  from: number,
  to: number,
  y: number,
  size: number,
  color: string,
): void {
  const back = to > from ? -size : size;
  context.fillStyle = color;
  context.beginPath();
  context.moveTo(to, y);
  context.lineTo(to + back * 1.3, y - size * 0.6);
  context.lineTo(to + back * 1.3, y + size * 0.6);
  context.fill();
}

/** "add · 24 B" or "tag 7 · 24 B", where there is room for it on the arrow. */
function drawArrowText(
  { context, palette }: Surface,
  event: InspectionEvent,
  kind: string | undefined,
  from: number,
  to: number,
  y: number,
): void {
  const room = Math.abs(to - from) - 18;
  const text = event.kind === EventKind.Spawn ? "spawn" : messageText(event, kind);
  const short = event.kind === EventKind.Spawn ? "spawn" : (kind ?? formatBytes(event.value));
  context.font = `10.5px ${SANS}`;
  context.textAlign = "center";
  context.textBaseline = "bottom";
  const shown = room > 82 ? text : room > 36 ? short : "";
  if (shown === "") return;
  const middle = (from + to) / 2;
  context.lineWidth = 3;
  context.strokeStyle = palette.surface;
  context.strokeText(shown, middle, y - 1.5);
  context.fillStyle = palette.muted;
  context.fillText(shown, middle, y - 1.5);
}

/** What is told of a message. @param kind what its author calls it */
export function messageText({ tag, value }: InspectionEvent, kind: string | undefined): string {
  return `${kind ?? `tag ${formatTag(tag)}`} · ${formatBytes(value)}`;
}

/** A torn line across all lifelines: here so many messages are not shown. */
function drawGap(surface: Surface, messages: number, y: number, rowPx: number): void {
  const { context, palette, width } = surface;
  context.strokeStyle = palette.muted;
  context.lineWidth = 1;
  context.setLineDash([2, 4]);
  context.beginPath();
  context.moveTo(GUTTER_PX, y);
  context.lineTo(width, y);
  context.stroke();
  context.setLineDash([]);
  if (rowPx < 13) return;
  const text = gapText(messages);
  context.font = `italic 11px ${SANS}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = palette.surface;
  context.fillRect(GUTTER_PX, y - 8, context.measureText(text).width + 12, 16);
  context.fillStyle = palette.muted;
  context.fillText(text, GUTTER_PX + 6, y);
}

/** What a row says that stands for messages left out. */
export function gapText(messages: number): string {
  return messages === 1 ? "1 message more" : `${formatCount(messages)} messages more`;
}

function drawEnd(
  surface: Surface,
  event: InspectionEvent,
  x: number | undefined,
  y: number,
  rowPx: number,
): void {
  if (x === undefined) return;
  const { context, palette } = surface;
  const isTrap = event.kind === EventKind.Trap;
  const size = Math.min(5, rowPx / 2 + 0.5);
  context.strokeStyle = isTrap ? palette.bad : palette.muted;
  context.lineWidth = isTrap ? 2.2 : 1.6;
  context.beginPath();
  context.moveTo(x - size, y - size);
  context.lineTo(x + size, y + size);
  context.moveTo(x + size, y - size);
  context.lineTo(x - size, y + size);
  context.stroke();
}

function drawTimes(
  surface: Surface,
  { index, history, rowPx }: SequenceFrame,
  y: (row: number) => number,
  first: number,
  end: number,
): void {
  const { context, height, palette } = surface;
  context.fillStyle = palette.surface;
  context.fillRect(0, HEADER_PX, GUTTER_PX - 6, height);
  context.font = `11px ${SANS}`;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillStyle = palette.muted;
  const every = Math.max(1, Math.ceil(20 / rowPx));
  for (let row = Math.ceil(first / every) * every; row < end; row += every) {
    const position = index.position(row);
    context.fillText(formatMoment(history.event(position).timeMs), GUTTER_PX - 12, y(row));
  }
}

function drawHeads(
  surface: Surface,
  frame: SequenceFrame,
  x: (pid: number) => number | undefined,
  step: number,
): void {
  const { context, width, palette } = surface;
  context.fillStyle = palette.raised;
  context.fillRect(0, 0, width, HEADER_PX);
  context.fillStyle = palette.border;
  context.fillRect(0, HEADER_PX - 1, width, 1);
  context.textAlign = "center";
  context.textBaseline = "middle";
  const isNarrow = step < 44;
  let lastRight = Number.NEGATIVE_INFINITY;
  for (const pid of visiblePids(frame, width, step)) {
    const at = x(pid)!;
    if (at < GUTTER_PX) continue;
    const process = frame.model.process(pid);
    const isFocus = pid === frame.focus;
    if (isNarrow && !isFocus && at - lastRight < 26) continue;
    lastRight = at;
    const { text, isName } = process ? nodeLabel(process) : { text: "", isName: false };
    context.font = `${isFocus ? "700" : isName ? "600" : "400"} 12px ${SANS}`;
    context.fillStyle = isFocus ? palette.accent : palette.text;
    context.fillText(isNarrow ? String(pid) : cut(context, text, step - 8), at, isNarrow ? 20 : 13);
    if (isNarrow) continue;
    context.font = `10.5px ${SANS}`;
    context.fillStyle = palette.muted;
    context.fillText(`pid ${pid}`, at, 28);
  }
}

function cut(context: CanvasRenderingContext2D, text: string, room: number): string {
  let shown = text;
  while (shown.length > 2 && context.measureText(shown).width > room) {
    shown = `${shown.slice(0, shown.endsWith("…") ? -2 : -1)}…`;
  }
  return shown;
}
