import { describe, expect, test } from "vitest";
import type { EventSink } from "../inspect/events.ts";
import type { OutputChunk } from "../protocol/hubExecutor.ts";
import { Output } from "./output.ts";

function createOutput(encoding: "utf-8" | "binary") {
  const posted: OutputChunk[] = [];
  let sequence = 0;
  const output = new Output(
    encoding,
    { next: () => ++sequence },
    () => 0,
    (chunks) => void posted.push(...chunks),
  );
  const text = () => {
    output.flush();
    return posted.map((chunk) => chunk.text).join("");
  };
  return { output, text };
}

/** "é" in UTF-8, a byte that is in no character, and all values. */
const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe("utf-8", () => {
  test("puts a character together that is split over two writes", () => {
    const { output, text } = createOutput("utf-8");
    output.write(1, 1, Uint8Array.of(0xc3), undefined);
    output.write(1, 1, Uint8Array.of(0xa9), undefined);
    expect(text()).toBe("é");
  });

  test("tells of a character that never came to its end", () => {
    const { output, text } = createOutput("utf-8");
    output.write(1, 1, Uint8Array.of(0x61, 0xc3), undefined);
    output.end(1);
    expect(text()).toBe("a\ufffd");
  });
});

describe("binary", () => {
  test("hands out every byte as one unit", () => {
    const { output, text } = createOutput("binary");
    output.write(1, 1, EVERY_BYTE, undefined);
    output.write(1, 1, Uint8Array.of(0xc3), undefined);
    output.end(1);
    expect(Buffer.from(text(), "latin1")).toEqual(Buffer.concat([EVERY_BYTE, Buffer.of(0xc3)]));
  });

  test("takes writes larger than a call has arguments", () => {
    const { output, text } = createOutput("binary");
    const large = new Uint8Array(3_000_001).fill(0x80, 1);
    output.write(1, 1, large, undefined);
    expect(Buffer.from(text(), "latin1").equals(large)).toBe(true);
  });

  test("leaves text to those who observe", () => {
    const { output, text } = createOutput("binary");
    const seen: string[] = [];
    const sink = { emit: (...event: unknown[]) => void seen.push(String(event.at(-1))) } as EventSink;
    output.write(1, 1, Uint8Array.of(0xc3, 0xa9), sink);
    expect(seen).toEqual(["é"]);
    expect(text()).toBe("Ã©");
  });
});
