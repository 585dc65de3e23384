import { describe, expect, it } from "vitest";
import { PLAIN } from "./ansi.ts";
import { ConsoleBuffer } from "./consoleBuffer.ts";

function texts(buffer: ConsoleBuffer): string[] {
  return buffer.lines.map((line) => line.text);
}

describe("lines", () => {
  it("text that comes in pieces becomes one line", () => {
    const buffer = new ConsoleBuffer();
    for (const piece of ["he", "l", "lo\nwor", "ld"]) buffer.write(1, "stdout", piece);
    expect(texts(buffer)).toEqual(["hello", "world"]);
  });

  it("empty lines are kept", () => {
    const buffer = new ConsoleBuffer();
    buffer.write(1, "stdout", "a\n\n\nb\n");
    expect(texts(buffer)).toEqual(["a", "", "", "b"]);
  });

  it("an unfinished line is seen at once and keeps its id when it grows", () => {
    const buffer = new ConsoleBuffer();
    buffer.write(1, "stdout", "prom", 20);
    const id = buffer.lines[0]?.id;
    buffer.write(1, "stdout", "pt> ", 30);
    const line = { id, pid: 1, kind: "stdout", text: "prompt> ", style: PLAIN };
    expect(buffer.lines, "and the time at which it began").toEqual([{ ...line, timeMs: 20 }]);
  });

  it("processes and streams never mix within a line", () => {
    const buffer = new ConsoleBuffer();
    buffer.write(1, "stdout", "one ");
    buffer.write(2, "stdout", "two ");
    buffer.write(1, "stderr", "error ");
    buffer.write(1, "stdout", "more\n");
    buffer.write(2, "stdout", "more\n");
    expect(buffer.lines.map(({ pid, kind, text }) => [pid, kind, text])).toEqual([
      [1, "stdout", "one more"],
      [2, "stdout", "two more"],
      [1, "stderr", "error "],
    ]);
  });

  it("a line break of two characters is one, also when it comes in two pieces", () => {
    const buffer = new ConsoleBuffer();
    buffer.write(1, "stdout", "a\r\nb\r");
    buffer.write(1, "stdout", "\nc");
    expect(texts(buffer)).toEqual(["a", "b", "c"]);
  });

  it("a carriage return lets the next text write over the line", () => {
    const buffer = new ConsoleBuffer();
    buffer.write(1, "stdout", "10 %\r20 %\r");
    expect(texts(buffer)).toEqual(["20 %"]);
    buffer.write(1, "stdout", "100 %\n");
    expect(texts(buffer)).toEqual(["100 %"]);
  });

  it("a colour left on colours the next line of the same stream only", () => {
    const buffer = new ConsoleBuffer();
    buffer.write(1, "stdout", "\u001b[31mred\n");
    buffer.write(1, "stdout", "still red\n");
    buffer.write(2, "stdout", "plain\n");
    expect(buffer.lines.map((line) => line.style.foreground)).toEqual([undefined, 1, undefined]);
  });

  it("a notice of several lines is several lines of its own kind", () => {
    const buffer = new ConsoleBuffer();
    buffer.notice(3, "trapped\nat main");
    expect(buffer.lines.map(({ pid, kind, text }) => [pid, kind, text])).toEqual([
      [3, "notice", "trapped"],
      [3, "notice", "at main"],
    ]);
  });
});

describe("bounds", () => {
  it("the latest 10,000 lines are kept and the lost ones counted", () => {
    const buffer = new ConsoleBuffer();
    for (let i = 0; i < 25_000; i++) buffer.write(1, "stdout", `line ${i}\n`);
    expect(buffer.lines).toHaveLength(10_000);
    expect(buffer.lines[0]?.text).toBe("line 15000");
    expect(buffer.lines.at(-1)?.text).toBe("line 24999");
    expect(buffer.droppedLines).toBe(15_000);
  });

  it("a giant chunk without a line break is cut into lines of 8,000 characters", () => {
    const buffer = new ConsoleBuffer();
    buffer.write(1, "stdout", "x".repeat(20_000));
    expect(buffer.lines.map((line) => line.text.length)).toEqual([8_000, 8_000, 4_000]);
    buffer.write(1, "stdout", "y\n");
    expect(buffer.lines.at(-1)?.text).toMatch(/^x{4000}y$/);
  });

  it("no more than 4,000,000 characters are kept", () => {
    const buffer = new ConsoleBuffer();
    for (let i = 0; i < 1_200; i++) buffer.write(1, "stdout", `${"x".repeat(7_999)}\n`);
    const characters = buffer.lines.reduce((sum, line) => sum + line.text.length, 0);
    expect(characters).toBeLessThanOrEqual(4_000_000);
    expect(buffer.lines.length + buffer.droppedLines).toBe(1_200);
  });

  it("an open line that fell out of the buffer goes on at its end", () => {
    const buffer = new ConsoleBuffer();
    buffer.write(1, "stdout", "begun");
    for (let i = 0; i < 10_000; i++) buffer.write(2, "stdout", "flood\n");
    expect(buffer.lines[0]?.text).toBe("flood");
    buffer.write(1, "stdout", " and ended\n");
    expect(buffer.lines.at(-1)).toMatchObject({ pid: 1, text: "begun and ended" });
  });

  it("after clear nothing is left, and no id is given twice", () => {
    const buffer = new ConsoleBuffer();
    buffer.write(1, "stdout", "\u001b[31mopen");
    const id = buffer.lines[0]!.id;
    buffer.clear();
    expect(buffer.lines).toEqual([]);
    buffer.write(1, "stdout", "new");
    expect(buffer.lines[0]).toMatchObject({ text: "new", style: PLAIN });
    expect(buffer.lines[0]!.id).toBeGreaterThan(id);
    expect(buffer.droppedLines).toBe(0);
  });
});
