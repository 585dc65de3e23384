import { basename } from "node:path";
import { describe, expect } from "vitest";
import { test } from "../src/fixtures.ts";
import { type Expected, type Guest, guests, type Lines, readGuestModule } from "../src/guests.ts";
import type { Playground, ProcessRow } from "../src/playground.ts";

/** How the page words the end of a root process. */
const ROOT_CAUSE = { returned: /returned|proc_exit\(0\)/, trapped: /trapped/, never: /killed/ };

describe("a visitor runs a prebuilt program and sees its output and its history of processes", () => {
  test.for(guests.map((guest) => [guest.name, guest] as const))("%s", async ([, guest], { playground }) => {
    const { expected } = guest;
    await choose(playground, guest);
    await playground.run();
    await playground.untilStarted();
    if (expected.exit === "never") {
      await expectOutput(playground, expected.stdout);
      await playground.kill(1);
    }
    await playground.untilOver();

    await expectOutput(playground, expected.stdout);
    const stderr = (await playground.output("stderr")).join("\n");
    for (const text of expected.stderr?.lines ?? []) expect(stderr).toContain(text);
    expectHistory(await playground.processes(), expected);
    if (expected.exit === "trapped") expect(await playground.traps()).not.toEqual([]);
  });
});

async function choose(playground: Playground, guest: Guest): Promise<void> {
  if (guest.isOffered) return playground.choose(guest.name);
  await playground.drop(basename(guest.path), readGuestModule(guest));
  await playground.until(() => playground.selectedProgram(), "the file is selected").toContain(guest.name);
  await playground.setArguments(guest.args.join(" "));
}

/** Exact lines are all there are; others stand in their order with anything between them. */
async function expectOutput(playground: Playground, { match, lines }: Lines): Promise<void> {
  const read = () => playground.output("stdout");
  const picked = async () => pickInOrder(await read(), lines);
  await playground.until(match === "exact" ? read : picked, "stdout").toEqual(lines);
}

/** As many of the wanted lines as stand among `lines` in their order. */
function pickInOrder(lines: readonly string[], wanted: readonly string[]): string[] {
  const picked: string[] = [];
  for (const line of lines) {
    if (line === wanted[picked.length]) picked.push(line);
  }
  return picked;
}

/** Every pid from 1 on has a row, each with a parent that was there before it and a reason for its end. */
function expectHistory(rows: ProcessRow[], { processes, processesAtLeast, exit }: Expected): void {
  if (processes !== undefined) expect(rows).toHaveLength(processes);
  if (processesAtLeast !== undefined) expect(rows.length).toBeGreaterThanOrEqual(processesAtLeast);
  expect(rows.map((row) => row.pid)).toEqual(rows.map((_, index) => index + 1));
  expect(rows[0]).toMatchObject({ parent: 0, cause: expect.stringMatching(ROOT_CAUSE[exit]) });
  for (const row of rows) {
    expect(row.parent).toBeLessThan(row.pid);
    expect(row).toMatchObject({ state: "ended", cause: expect.stringMatching(/./) });
  }
}
