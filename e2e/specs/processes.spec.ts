import { expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test } from "../src/fixtures.ts";
import type { Playground } from "../src/playground.ts";

test("a visitor's page stays responsive and a clock ticks beside an endless loop, which can be killed", async ({
  playground,
}) => {
  await runDropped(playground, "clockBesideLoop");
  await playground.until(() => playground.livePids(), "clock and loop are there").toEqual([1, 2]);

  const early = await latestTick(playground);
  await expectFrames(playground);
  await playground.until(() => latestTick(playground), "ticks beside the loop").toBeGreaterThan(early + 3);
  expect(await playground.livePids()).toEqual([1, 2]);

  await playground.kill(2);
  await playground
    .until(async () => (await playground.processes())[1], "the loop has ended")
    .toMatchObject({ pid: 2, state: "ended", cause: expect.stringContaining("killed") });
  const late = await latestTick(playground);
  await playground.until(() => latestTick(playground), "ticks after the kill").toBeGreaterThan(late + 3);
  expect(await playground.livePids()).toEqual([1]);
});

test("a trap kills what is linked and nothing else, and its stack has the guest's function names", async ({
  playground,
}) => {
  await runDropped(playground, "trapBesideBystander");
  await playground
    .until(() => playground.processes(), "the trap has run its course")
    .toMatchObject([
      { pid: 1, parent: 0, state: "parked" },
      { pid: 2, parent: 1, state: "parked" },
      { pid: 3, parent: 1, state: "ended", cause: expect.stringContaining("trapped") },
      { pid: 4, parent: 3, state: "ended", cause: expect.stringContaining("linked process 3") },
    ]);
  const traps = await playground.traps();
  expect(traps).toHaveLength(1);
  expect(traps[0]).toMatch(/burn_down[\s\S]*fuse/);
});

test("a visitor kills a process: what is linked to it goes along and nothing else", async ({
  playground,
}) => {
  await runDropped(playground, "linkedPair");
  await playground.until(() => playground.livePids(), "all wait").toEqual([1, 2, 3, 4]);
  await playground.kill(4);
  await playground
    .until(() => playground.processes(), "the pair is gone")
    .toMatchObject([
      { pid: 1, state: "parked" },
      { pid: 2, state: "parked" },
      { pid: 3, state: "ended", cause: expect.stringContaining("linked process 4") },
      { pid: 4, state: "ended", cause: expect.stringContaining("killed") },
    ]);
});

test("a visitor stops a run: every process ends, and the page runs the next program", async ({
  playground,
}) => {
  await runDropped(playground, "clockBesideLoop");
  await playground.until(() => playground.livePids(), "clock and loop are there").toEqual([1, 2]);
  await playground.stop();
  await playground.until(() => playground.livePids(), "nothing lives").toEqual([]);

  await playground.start("hello");
  await playground.untilOver();
  expect(await playground.output("stdout")).toContain("hello from process 1");
});

async function runDropped(playground: Playground, guest: string): Promise<void> {
  await playground.drop(`${guest}.wasm`, await assembleGuest(guest));
  await playground.until(() => playground.selectedProgram(), "the file is selected").toContain(guest);
  await playground.run();
  await playground.untilStarted();
}

/** The number of the last line of clockBesideLoop; 0 before the first. */
async function latestTick(playground: Playground): Promise<number> {
  const last = (await playground.output("stdout")).at(-1);
  return Number(last?.replace("tick ", "") ?? 0);
}

/** Ends when the page has drawn ten times, which a blocked page never does. */
function expectFrames({ page }: Playground): Promise<void> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 10; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
}
