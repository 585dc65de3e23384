import { expect } from "vitest";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test } from "../src/fixtures.ts";
import { byTestId, type Playground } from "../src/playground.ts";

const INPUT = `${byTestId("console-input")} input`;

test("a visitor types what a program reads, line by line, takes a line up again, and ends the input", async ({
  playground,
}) => {
  await runDropped(playground, "copyInput.wasm", await assembleGuest("copyInput"));
  await playground.until(() => isReading(playground), "the program waits for input").toBe("true");
  for (const line of ["first", "second"]) {
    await playground.page.fill(INPUT, line);
    await playground.page.press("Enter");
    await playground.until(() => playground.output("stdout"), "the line comes back").toContain(line);
  }
  await playground.page.press("ArrowUp");
  await playground.page.press("ArrowUp");
  await playground.page.press("Enter");
  await playground
    .until(() => playground.output("stdout"), "the older line is sent again")
    .toEqual(["first", "second", "first"]);
  await playground.page.press("Control+d");
  await playground.untilOver();
  expect(await isReading(playground), "nobody reads any more").toBeUndefined();
  expect((await playground.processes())[0]?.cause).toContain("7");
});

test("a program that prints for ever freezes nothing: lines are dropped and counted, and it can be stopped", async ({
  playground,
}) => {
  await runDropped(playground, "printForEver.wasm", await assembleGuest("printForEver"));
  await playground
    .until(() => textOf(playground, "console-dropped"), "older lines are dropped")
    .toMatch(/^[\d,]{5,} lines dropped$/);
  // Whoever looks at the console sees some lines, and the document holds hardly more than those.
  expect((await playground.lines()).length).toBeLessThan(500);
  await playground.page.evaluate(frames, 10);
  await playground.stop();
  await playground.untilOver();
});

test("a visitor filters the console, copies it without colours, and clears it", async ({ playground }) => {
  await playground.start("catch_panic");
  await playground.untilOver();
  const all = await playground.lines();
  await playground.page.evaluate(interceptClipboard);
  await playground.page.click(byTestId("console-copy"));
  await playground
    .until(() => copied(playground), "all is copied")
    .toBe(`${all.map(({ text }) => text).join("\n")}\n`);
  const [wanted] = all.filter(({ stream }) => stream === "stdout");
  await playground.page.fill(byTestId("console-text"), wanted!.text.toUpperCase());
  await playground
    .until(() => playground.lines(), "only lines with the text are left")
    .toEqual(all.filter(({ text }) => text.includes(wanted!.text)));
  await playground.page.press("Control+a");
  await playground.page.press("Backspace");
  await playground.page.select(byTestId("console-filter"), "chosen");
  await playground.page.click(`${byTestId("console-line")} .writer:not(:disabled)`);
  const { pid } = all.find((line) => line.pid !== 0)!;
  await playground
    .until(() => textOf(playground, "details"), "the line's process is shown")
    .toContain(`${pid}`);
  await playground
    .until(() => playground.lines(), "the console follows the choice")
    .toEqual(all.filter((line) => line.pid === pid));
  await playground.page.click(byTestId("console-clear"));
  await playground.until(() => playground.lines(), "nothing is left").toEqual([]);
});

const WAITING = `import { Mailbox, panic, print, sleep, spawn } from "lunatic";

@message
class Job {
  constructor(public name: string, public sizes: i32[]) {}
}

@process
class Divider {
  @request divide(a: i32, b: i32): i32 {
    if (b == 0) panic("cannot divide by zero");
    return a / b;
  }
}

function worker(first: Job, mailbox: Mailbox<Job>): void {
  print("begun with " + first.name);
  sleep(1_000_000_000);
}

export function main(mailbox: Mailbox<Job>): void {
  const busy = spawn(worker, new Job("a house", [3]));
  busy.send(new Job("a lake", [1, 2]));
  Divider.start().divide(1, 0);
}
`;

test("a visitor of a program in TypeScript syntax sees where a process waits and what waits for it, and goes from a trap to its line", async ({
  playground,
}) => {
  // Where the table is a few lines high, its rows hide behind its head.
  await playground.page.setViewport(1440, 900);
  await playground.drop("main.ts", new TextEncoder().encode(WAITING));
  await playground.until(() => textOf(playground, "editor"), "the program is opened").toContain("a lake");
  await playground.run();
  await playground.until(() => playground.traps(), "the divider has trapped").toHaveLength(1);
  expect((await playground.traps())[0]).toMatch(/Divider trapped: cannot divide by zero main\.ts:11:17/);

  await playground.page.click(`${byTestId("process-row")}[data-pid="2"]`);
  await playground
    .until(() => textOf(playground, "waiting-stack"), "the process waits in the function of its author")
    .toMatch(/worker main\.ts:18:3/);
  await playground.until(() => textOf(playground, "details"), "and what for").toContain("sleeping");
  await playground
    .until(() => textOf(playground, "mailbox"), "a message that waits is told by its fields")
    .toContain('Job { name: "a lake", sizes: [1, 2] }');

  await playground.page.click(`${byTestId("trap")} ${byTestId("place-link")}`);
  await playground.until(() => caretLine(playground), "the editor is at the line of the trap").toBe(11);
});

async function runDropped(playground: Playground, name: string, bytes: Uint8Array): Promise<void> {
  await playground.drop(name, bytes);
  await playground.until(() => playground.selectedProgram(), "the file is chosen").toContain(name);
  await playground.run();
  await playground.untilStarted();
}

function isReading({ page }: Playground): Promise<string | undefined> {
  return page.evaluate(
    (selector) => document.querySelector<HTMLElement>(selector)?.dataset.reading,
    byTestId("console-input"),
  );
}

function textOf({ page }: Playground, testId: string): Promise<string> {
  return page.evaluate((selector) => document.querySelector(selector)?.textContent ?? "", byTestId(testId));
}

/** Of the editor; undefined while it has none. */
function caretLine({ page }: Playground): Promise<number | undefined> {
  return page.evaluate(
    (selector) => Number(document.querySelector(selector)?.textContent) || undefined,
    `${byTestId("editor")} .active-line-number`,
  );
}

// The functions below run in the page and see nothing of this module.

/** The real clipboard is not every headless browser's to give. */
function interceptClipboard(): void {
  navigator.clipboard.writeText = async (text) => {
    document.body.dataset.copied = text;
  };
}

function copied({ page }: Playground): Promise<string> {
  return page.evaluate(() => document.body.dataset.copied ?? "");
}

async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}
