import { describe, expect } from "vitest";
import { assemble } from "../src/assembleGuest.ts";
import { test } from "../src/fixtures.ts";
import { findGuest, readGuestModule } from "../src/guests.ts";

const hello = findGuest("hello");

test("a visitor drops a .wasm of his own and runs it", async ({ playground }) => {
  await playground.drop("mine.wasm", readGuestModule(hello));
  await playground.until(() => playground.selectedProgram(), "the file is selected").toContain("mine");
  await playground.run();
  await playground.untilStarted();
  await playground.untilOver();
  expect(await playground.output("stdout")).toEqual(hello.expected.stdout.lines);
});

test("a visitor without a mouse chooses the file instead", async ({ playground }) => {
  await playground.chooseFile(findGuest("counter").path);
  await playground
    .until(() => playground.selectedProgram(), "the file is selected")
    .toContain("counter.wasm");
  await playground.run();
  await playground.untilStarted();
  await playground.untilOver();
  expect(await playground.output("stdout")).toEqual(findGuest("counter").expected.stdout.lines);
});

interface Refused {
  readonly what: string;
  readonly bytes: () => Uint8Array | Promise<Uint8Array>;
  /** What the message must tell a person. */
  readonly says: RegExp;
}

const refused: Refused[] = [
  {
    what: "a text file",
    bytes: () => Buffer.from("Dear diary, today"),
    says: /wasm magic number|not a WebAssembly/i,
  },
  { what: "an empty file", bytes: () => new Uint8Array(0), says: /empty|wasm magic number/i },
  {
    what: "the first half of a module",
    bytes: () => firstHalf(),
    says: /only \d+ bytes follow|truncated|complete/i,
  },
  { what: "a module with overwritten code", bytes: () => overwritten(), says: /byte|function/i },
  {
    what: "a module with an unknown import",
    bytes: () => assemble(`(module (import "env" "launch_rocket" (func)) (func (export "_start")))`),
    says: /launch_rocket/,
  },
  {
    what: "a module that imports a host function with the wrong type",
    bytes: () =>
      assemble(`(module (import "lunatic::process" "sleep_ms" (func (param f32))) (func (export "_start")))`),
    says: /sleep_ms/,
  },
];

describe("a visitor drops a file that cannot run", () => {
  test.for(refused.map((one) => [one.what, one] as const))(
    "%s: the page says why and leaves nothing behind",
    async ([, { bytes, says }], { playground }) => {
      // The first run starts the workers that the page keeps.
      await playground.start("hello");
      await playground.untilOver();
      const workers = playground.page.workerCount();
      const programs = await playground.programs();

      await playground.drop("broken.wasm", await bytes());
      await playground.until(() => playground.error(), "the page says what is wrong").toMatch(says);
      const message = await playground.error();
      expect(message, "tells which file").toContain("broken.wasm");
      expect(message, "is written for people").not.toMatch(/\[object |\bat \S+\.[jt]s:\d/);

      expect(await playground.programs()).toEqual(programs);
      expect(await playground.livePids()).toEqual([]);
      await playground.until(() => playground.page.workerCount(), "no worker is left").toBe(workers);

      await playground.start("hello");
      await playground.untilOver();
      expect(await playground.output("stdout")).toEqual(hello.expected.stdout.lines);
      expect(await playground.error(), "the old message is gone").toBe("");
    },
  );
});

function firstHalf(): Uint8Array {
  const bytes = readGuestModule(hello);
  return bytes.subarray(0, bytes.length >> 1);
}

/** Header and sections as they were; a run of opcodes that do not exist in the middle, which is code. */
function overwritten(): Uint8Array {
  const bytes = Uint8Array.from(readGuestModule(hello));
  const middle = bytes.length >> 1;
  return bytes.fill(0xff, middle, middle + 64);
}
