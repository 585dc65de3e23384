import { describe, expect, it } from "vitest";
import { EventKind } from "../events.ts";
import { History } from "../history.ts";
import { random, randomBatches } from "../testing/randomRuns.ts";
import { event, spawn } from "../testing/scriptedEvents.ts";
import { BlockKind, ContainerWriter, MAX_BLOCK_BYTES } from "./container.ts";
import { toJsonBytes } from "./fields.ts";
import { HistoryBlockWriter } from "./historyBlock.ts";
import { openRecording } from "./openRecording.ts";
import { RecordingError } from "./recordingError.ts";
import { saveRecording } from "./saveRecording.ts";

const INFO = { program: "app", args: [], savedMs: 0, endedKept: 1_000 };

async function refusal(file: Uint8Array<ArrayBuffer>): Promise<RecordingError> {
  const error = await openRecording(file).then(
    () => new Error("it was opened"),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RecordingError);
  return error as RecordingError;
}

async function savedRun(): Promise<Uint8Array<ArrayBuffer>> {
  const history = new History();
  for (const batch of randomBatches(11, 20)) history.apply(batch);
  history.finish();
  return saveRecording({ info: INFO, history, lines: [{ pid: 1, kind: "stdout", text: "hello" }] });
}

/** A file of such blocks. */
async function fileOf(...blocks: readonly (readonly [kind: number, content: object])[]) {
  const file = new ContainerWriter();
  for (const [kind, content] of blocks) {
    await file.block(kind, content instanceof Uint8Array ? content.slice() : toJsonBytes(content));
  }
  return file.finish();
}

describe("a file that is no recording", () => {
  it.each([
    ["nothing", new Uint8Array(), "the file is empty"],
    ["a module", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), "does not begin as a recording does"],
    ["text", new TextEncoder().encode("hello, I am a text"), "does not begin as a recording does"],
  ])("is refused as foreign: %s", async (_, bytes, finding) => {
    const error = await refusal(bytes);
    expect(error.kind).toBe("foreign");
    expect(error.message).toContain(finding);
  });

  it("is told to be newer if it is of a later version", async () => {
    const file = await savedRun();
    file[8] = 9;
    const error = await refusal(file);
    expect(error.kind).toBe("newer");
    expect(error.message).toContain("version 9");
  });
});

describe("a recording that is cut short", () => {
  it("is refused wherever the cut is", async () => {
    const file = await savedRun();
    for (let length = 8; length < file.length; length++) {
      const { kind, byteOffset } = await refusal(file.slice(0, length));
      expect([kind, byteOffset <= length], `cut at ${length} of ${file.length}`).toEqual(["truncated", true]);
    }
  });
});

describe("a recording that is damaged", () => {
  it.each([1, 2, 3])("is refused with a typed error, or says what it said before (seed %i)", async (seed) => {
    const file = await savedRun();
    const before = await openRecording(file);
    const pick = random(seed);
    for (let round = 0; round < 60; round++) {
      const damaged = file.slice();
      const at = pick(file.length);
      damaged[at]! ^= 1 << pick(8);
      // gzip's head has bits that mean nothing for the content.
      const opened = await openRecording(damaged).catch((error: unknown) => error);
      if (opened instanceof RecordingError) continue;
      expect(opened, `bit of byte ${at}`).not.toBeInstanceOf(Error);
      expect((opened as typeof before).info).toEqual(before.info);
    }
  });

  it("is refused if something follows its end", async () => {
    const file = await savedRun();
    const longer = new Uint8Array(file.length + 1);
    longer.set(file);
    expect(await refusal(longer)).toMatchObject({ kind: "damaged", byteOffset: file.length });
  });

  it("is refused if a block inflates to another length than it says", async () => {
    const file = await fileOf([BlockKind.Info, { ...INFO, program: "x".repeat(1_000_000) }]);
    const view = new DataView(file.buffer);
    view.setUint32(12 + 8, 100, true);
    expect((await refusal(file)).message).toContain("inflates to more than 100 bytes");
    view.setUint32(12 + 8, 2_000_000, true);
    expect((await refusal(file)).message).toContain("instead of 2000000");
    view.setUint32(12 + 8, MAX_BLOCK_BYTES + 1, true);
    expect((await refusal(file)).kind).toBe("tooLarge");
  });
});

describe("what a hostile file says", () => {
  it.each<[string, readonly (readonly [number, object])[]]>([
    ["does not begin with what ran", [[BlockKind.Lines, { lines: [] }]]],
    ["what ran is not JSON", [[BlockKind.Info, new TextEncoder().encode("{")]]],
    ["what ran is no object", [[BlockKind.Info, []]]],
    ["program is not a text", [[BlockKind.Info, { ...INFO, program: 5 }]]],
    ["args is not texts", [[BlockKind.Info, { ...INFO, args: [5] }]]],
    ["endedKept is not a whole number", [[BlockKind.Info, { ...INFO, endedKept: -1 }]]],
    [
      "kind is not one of stdout",
      [
        [BlockKind.Info, INFO],
        [BlockKind.Lines, { lines: [{ pid: 1, kind: "x", text: "" }] }],
      ],
    ],
    [
      "pid is not a whole number",
      [
        [BlockKind.Info, INFO],
        [BlockKind.Lines, { lines: [{ pid: 1.5, kind: "stdout", text: "" }] }],
      ],
    ],
    [
      "no entry of kind 9",
      [
        [BlockKind.Info, INFO],
        [BlockKind.History, Uint8Array.of(9, 0, 0, 0)],
      ],
    ],
    [
      "goes beyond its block",
      [
        [BlockKind.Info, INFO],
        [BlockKind.History, Uint8Array.of(2, 0, 0, 0, 9, 0, 0, 0)],
      ],
    ],
    [
      "goes beyond its block",
      [
        [BlockKind.Info, INFO],
        [BlockKind.History, Uint8Array.of(1)],
      ],
    ],
    [
      "processes is not a list",
      [
        [BlockKind.Info, INFO],
        [BlockKind.Start, {}],
      ],
    ],
    [
      "goes on after its end",
      [
        [BlockKind.Info, INFO],
        [BlockKind.History, afterEnd()],
      ],
    ],
  ])("is refused: it %s", async (finding, blocks) => {
    const error = await refusal(await fileOf(...blocks));
    expect(error.kind).toBe("damaged");
    expect(error.message).toContain(finding);
  });

  it.each<[string, object]>([
    ["a time that no clock shows", { timeMs: Number.POSITIVE_INFINITY }],
    ["no time", { timeMs: Number.NaN }],
    ["a pid between two", { pid: 1.5 }],
    ["a pid below 0", { pid: -1 }],
    ["no value", { value: Number.NaN }],
    ["an executor beyond all", { executor: 4_000_000_000 }],
  ])("is refused if an event has %s", async (_, fields) => {
    const block = new HistoryBlockWriter();
    block.batch([{ ...event(EventKind.MessageSent, 1), ...fields }]);
    const error = await refusal(await fileOf([BlockKind.Info, INFO], [BlockKind.History, block.take()]));
    expect(error.kind).toBe("damaged");
  });

  it("may name kinds of events and of blocks that a later version has", async () => {
    const block = new HistoryBlockWriter();
    block.batch([spawn(1), { ...event(EventKind.Wake, 1), kind: 250 as EventKind }]);
    const opened = await openRecording(
      await fileOf([BlockKind.Info, INFO], [77, { anything: true }], [BlockKind.History, block.take()]),
    );
    expect([opened.history.end, opened.history.live.processes.size]).toEqual([2, 1]);
  });

  it("cannot fill the memory with processes", async () => {
    const block = new HistoryBlockWriter();
    for (let pid = 1; pid < 220_000; pid += 8_000) {
      block.batch(Array.from({ length: 8_000 }, (_, index) => spawn(pid + index)));
    }
    const error = await refusal(await fileOf([BlockKind.Info, INFO], [BlockKind.History, block.take()]));
    expect(error.kind).toBe("tooLarge");
  });
});

function afterEnd(): Uint8Array<ArrayBuffer> {
  const block = new HistoryBlockWriter();
  block.step({ position: 0, dropped: 0, snapshot: undefined, isEnd: true });
  block.batch([spawn(1)]);
  return block.take();
}
