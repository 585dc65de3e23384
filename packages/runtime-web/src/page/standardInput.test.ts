import { expect, test } from "vitest";
import { InputWindow, pumpInput } from "./standardInput.ts";

function collector() {
  const pieces: (string | undefined)[] = [];
  const push = (bytes: Uint8Array | undefined) => {
    pieces.push(bytes && new TextDecoder().decode(bytes));
  };
  return { pieces, push };
}

const NEVER = new Promise<never>(() => {});
const bytes = (text: string) => new TextEncoder().encode(text);

test("a text, bytes and a stream all are passed on and then end", async () => {
  for (const source of ["one", bytes("one"), new Blob(["one"]).stream()]) {
    const { pieces, push } = collector();
    await pumpInput(source, push, NEVER, new InputWindow());
    expect(pieces).toEqual(["one", undefined]);
  }
});

test("a stream is cancelled when the run has ended", async () => {
  const { pieces, push } = collector();
  let isCancelled = false;
  const source = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes("first")),
    cancel: () => {
      isCancelled = true;
    },
  });
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const pumping = pumpInput(source, push, ended, new InputWindow());
  end();
  await pumping;
  expect(isCancelled).toBe(true);
  expect(pieces.at(-1)).toBeUndefined();
});

test("a stream that fails ends the input and is told", async () => {
  const { pieces, push } = collector();
  const source = new ReadableStream<Uint8Array>({
    start: (controller) => controller.error(new Error("the cable is out")),
  });
  await expect(pumpInput(source, push, NEVER, new InputWindow())).rejects.toThrow("the cable is out");
  expect(pieces).toEqual([undefined]);
});

/** A source without end, and how much of it has been asked for. */
function endless(pieceBytes: number) {
  const asked = { pieces: 0 };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        asked.pieces++;
        controller.enqueue(new Uint8Array(pieceBytes));
      },
    },
    { highWaterMark: 0 },
  );
  return { asked, stream };
}

test("of a stream without end no more is read than a window's worth ahead of the processes", async () => {
  const window = new InputWindow();
  const { asked, stream } = endless(1 << 18);
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const pumping = pumpInput(stream, () => {}, ended, window);
  const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
  await settle();
  expect(asked.pieces).toBe(4);
  window.taken(1 << 18);
  await settle();
  expect(asked.pieces).toBe(5);
  end();
  await pumping;
});
