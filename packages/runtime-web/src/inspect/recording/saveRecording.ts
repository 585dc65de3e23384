import type { HistorySegment, Step } from "../historySegment.ts";
import type { InspectionEvent } from "../inspectionEvent.ts";
import { BlockKind, ContainerWriter } from "./container.ts";
import { toJsonBytes } from "./fields.ts";
import { HistoryBlockWriter, MAX_BATCH_RECORDS } from "./historyBlock.ts";
import type { Recording } from "./recording.ts";
import { encodeStart } from "./startBlock.ts";

/** A block is packed when it has come to this: large enough to pack well, small enough not to be felt. */
const BLOCK_BYTES = 2 ** 20;
const LINES_PER_BLOCK = 4_096;

/**
 * Writes a run into a file: what its history remembers, lines of its console, what it was. A run that goes on meanwhile is
 * saved as it is at the call.
 * @example
 * const history = new History();
 * for await (const batch of environment.inspect()) history.apply(batch);
 * history.finish();
 * const info = { program: "app", args: [], savedMs: Date.now() };
 * const file = await saveRecording({ info, history, lines: [] });
 * console.log((await openRecording(file)).history.live.counters.spawned);
 */
export async function saveRecording({ info, history, lines }: Recording): Promise<Uint8Array<ArrayBuffer>> {
  // All that may change is looked at before the first wait.
  const stretches = history.segments.map(stretchOf);
  const [first] = history.segments;
  const isCut = first !== undefined && first.first > 0;
  const start = isCut && toJsonBytes(encodeStart(startOf(first), history.activity));
  const shownLines = [...lines];
  const { endedKept } = history.live;

  const file = new ContainerWriter();
  await file.block(BlockKind.Info, toJsonBytes({ ...info, endedKept }));
  if (start) await file.block(BlockKind.Start, start);
  const block = new HistoryBlockWriter();
  for (const stretch of stretches) {
    for (const entry of entriesOf(stretch)) {
      if ("isEnd" in entry) block.step(entry);
      else block.batch(entry);
      if (block.length >= BLOCK_BYTES) await file.block(BlockKind.History, block.take());
    }
  }
  if (block.length > 0) await file.block(BlockKind.History, block.take());
  for (let at = 0; at < shownLines.length; at += LINES_PER_BLOCK) {
    const some = shownLines
      .slice(at, at + LINES_PER_BLOCK)
      .map(({ pid, kind, text, timeMs }) => ({ pid, kind, text, timeMs }));
    await file.block(BlockKind.Lines, toJsonBytes({ lines: some }));
  }
  return file.finish();
}

function startOf(segment: HistorySegment) {
  return { frame: segment.frame, position: segment.first };
}

/** A segment as it is now. */
interface Stretch {
  readonly segment: HistorySegment;
  readonly end: number;
  readonly steps: readonly Step[];
}

function stretchOf(segment: HistorySegment): Stretch {
  return { segment, end: segment.end, steps: [...segment.steps] };
}

/** Events in the order of the history, in batches of one executor each, with the steps between them. */
function* entriesOf({ segment, end, steps }: Stretch): Generator<readonly InspectionEvent[] | Step> {
  let at = segment.first;
  for (const step of [...steps, undefined]) {
    const until = Math.min(step?.position ?? end, end);
    let batch: InspectionEvent[] = [];
    for (; at < until; at++) {
      const event = segment.eventAt(at);
      const isFull = batch.length === MAX_BATCH_RECORDS;
      if (isFull || (batch[0] && batch[0].executor !== event.executor)) {
        yield batch;
        batch = [];
      }
      batch.push(event);
    }
    if (batch.length > 0) yield batch;
    if (step) yield step;
  }
}
