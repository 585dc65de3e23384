import { expect, it } from "vitest";
import { ConsoleBuffer } from "./consoleBuffer.ts";
import { filterLines, NO_FILTER, plainText } from "./consoleFilter.ts";

const buffer = new ConsoleBuffer();
buffer.write(1, "stdout", "Started\n");
buffer.write(2, "stdout", "\u001b[32mgre\u001b[1men\u001b[0m\n");
buffer.write(2, "stderr", "oops\n");
buffer.notice(1, "trapped: unreachable");
const { lines } = buffer;

const shown = (filter: Partial<typeof NO_FILTER>) =>
  filterLines(lines, { ...NO_FILTER, ...filter }).map(plainText);

it("without a filter the list is the buffer's own", () => {
  expect(filterLines(lines, NO_FILTER)).toBe(lines);
});

it("lines are chosen by process, by stream, and by their text as it is read, in whichever case", () => {
  expect(shown({ pid: 2 })).toEqual(["green", "oops"]);
  expect(shown({ errorsOnly: true })).toEqual(["oops", "trapped: unreachable"]);
  expect(shown({ text: "START" })).toEqual(["Started"]);
  expect(shown({ text: "green" })).toEqual(["green"]);
  expect(shown({ text: "[32m" })).toEqual([]);
  expect(shown({ pid: 2, errorsOnly: true, text: "green" })).toEqual([]);
});
