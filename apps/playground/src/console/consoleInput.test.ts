import { expect, it } from "vitest";
import { ConsoleInput, HistoryWalk } from "./consoleInput.ts";

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).text();
}

it("lines reach the run with their breaks, and its end after what stands in the field", async () => {
  const input = new ConsoleInput();
  const stream = input.open();
  expect(input.hasEnded.value).toBe(false);
  input.send("grüße");
  input.send("");
  input.end("rest");
  expect(await textOf(stream)).toBe("grüße\n\nrest");
  expect(input.hasEnded.value).toBe(true);
});

it("nothing is sent to a run that has ended", async () => {
  const input = new ConsoleInput();
  input.send("nobody reads this");
  const stream = input.open();
  await stream.cancel();
  expect(input.hasEnded.value).toBe(true);
  input.send("nor this");
  input.end();
  expect(input.history).toEqual([]);
});

it("the end of an earlier run does not end the input of the next", async () => {
  const input = new ConsoleInput();
  const first = input.open();
  const second = input.open();
  await first.cancel();
  expect(input.hasEnded.value).toBe(false);
  input.send("still here");
  input.end();
  expect(await textOf(second)).toBe("still here\n");
});

it("a line sent twice in a row is remembered once, and an empty one not at all", () => {
  const input = new ConsoleInput();
  input.open();
  for (const line of ["a", "a", "", "b"]) input.send(line);
  expect(input.history).toEqual(["a", "b"]);
});

it("arrows walk through what was sent and back to what was being typed", () => {
  const history = ["first", "second"];
  const walk = new HistoryWalk();
  expect(walk.newer(history)).toBeUndefined();
  expect(walk.older(history, "typ")).toBe("second");
  expect(walk.older(history, "second")).toBe("first");
  expect(walk.older(history, "first")).toBeUndefined();
  expect(walk.newer(history)).toBe("second");
  expect(walk.newer(history)).toBe("typ");
  walk.older(history, "again");
  walk.restart();
  expect(walk.older(history, "other")).toBe("second");
});
