import { expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test } from "../src/fixtures.ts";
import type { Playground } from "../src/playground.ts";

test("a visitor goes back to the start of a run, forward by single events, and to its end again", async ({
  playground,
}) => {
  await playground.start("hello");
  await playground.untilOver();
  const end = await playground.processes();

  await press(playground, "time-track", "Home");
  await playground.until(() => playground.processes(), "nothing has been spawned yet").toEqual([]);
  for (let step = 0; step < 20 && (await playground.processes()).length === 0; step++) {
    await press(playground, "time-track", ".");
  }
  await playground
    .until(() => playground.processes(), "the root is there and has not run")
    .toMatchObject([{ pid: 1, state: "unstarted" }]);

  await press(playground, "time-track", "End");
  await playground.until(() => playground.processes(), "all as at the end").toEqual(end);
});

test("a visitor walks the tree by keyboard, and all parts show the process he is at", async ({
  playground,
}) => {
  await runDropped(playground, "linkedPair");
  await playground.until(() => playground.livePids(), "all wait").toEqual([1, 2, 3, 4]);
  const selected = () =>
    playground.page.evaluate(() =>
      Number(document.querySelector<HTMLElement>('[aria-selected="true"][data-pid]')?.dataset.pid),
    );
  // From the root to its children, whichever way the tree grows, and back.
  await press(playground, "tree", "ArrowRight");
  await playground.until(selected, "the root is chosen first").toBe(1);
  await playground.until(() => textOf(playground, "details"), "the inspector tells of it").toMatch(/^1 main/);
  await press(playground, "tree", "Escape");
  await playground.until(() => textOf(playground, "details"), "nothing is chosen").toBe("");
});

test("a visitor sees the messages that wait in a mailbox, with tag, size and text", async ({
  playground,
}) => {
  await runDropped(playground, "waitingMail");
  await playground.page.click('[data-testid="process-row"][data-pid="1"]');
  const mailbox = () => textOf(playground, "mailbox");
  await playground.until(mailbox, "the text").toContain("hello mailbox");
  const text = await mailbox();
  expect(text).toContain("waits for tag 99");
  expect(text).toContain("tag 7");
  expect(text).toMatch(/no tag\s*300 B/);
});

test("a visitor sees spawns, messages and ends in order in the sequence", async ({ playground }) => {
  await playground.start("ping_pong");
  await playground.untilOver();
  await playground.page.click('[data-testid="tab-sequence"]');
  await playground.until(() => sequenceRows(playground), "a thousand rallies").toBeGreaterThan(1_000);
  await press(playground, "sequence", "Home");
  await playground.until(() => textOf(playground, "sequence"), "the first row").toMatch(/ 1 .*starts/);
  await press(playground, "sequence", "End");
  await playground.until(() => textOf(playground, "sequence"), "the last row").toContain("ends");
});

test("of a flood of messages a visitor sees a sample, is told so, and has exact figures", async ({
  playground,
}) => {
  await playground.choose("ping_pong");
  await playground.setArguments("20000");
  await playground.run();
  await playground.untilOver();
  await playground.page.click('[data-testid="tab-sequence"]');
  await playground
    .until(() => textOf(playground, "sequence"), "says which part it shows")
    .toMatch(/rows, showing 1 in \d+ messages/);
  await playground
    .until(() => textOf(playground, "message-count"), "both sides got all of theirs")
    .toMatch(/40(\.0)?k messages/i);
});

async function runDropped(playground: Playground, guest: string): Promise<void> {
  await playground.drop(`${guest}.wasm`, await assembleGuest(guest));
  await playground.until(() => playground.selectedProgram(), "the file is selected").toContain(guest);
  await playground.run();
  await playground.untilStarted();
}

/** Presses a key in the part with this test id: on what in it takes keys. */
function press({ page }: Playground, testId: string, key: string): Promise<void> {
  return page.evaluate(
    (id, pressed) => {
      const part = document.querySelector(`[data-testid="${id}"]`);
      const target = part?.querySelector("canvas[tabindex]") ?? part;
      if (!target) throw new Error(`Nothing has the test id ${id}`);
      target.dispatchEvent(new KeyboardEvent("keydown", { key: pressed, bubbles: true, cancelable: true }));
    },
    testId,
    key,
  );
}

function textOf({ page }: Playground, testId: string): Promise<string> {
  return page.evaluate((id) => document.querySelector(`[data-testid="${id}"]`)?.textContent ?? "", testId);
}

function sequenceRows({ page }: Playground): Promise<number> {
  return page.evaluate(() =>
    Number(document.querySelector<HTMLElement>('[data-testid="sequence"]')?.dataset.rows),
  );
}
