import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { test as base } from "../src/fixtures.ts";
import { LessonPage } from "../src/lessonPage.ts";
import { Playground } from "../src/playground.ts";
import { ProgramEditor } from "../src/programEditor.ts";

const FOLDER = join(import.meta.dirname, "../../apps/playground/lessons");
const LESSONS = readdirSync(FOLDER)
  .sort()
  .map((folder) => folder.replace(/^\d\d-/, ""));

/** One tab for all lessons: the compiler is loaded once, as it is for a visitor who takes the whole tour. */
const touring = base.extend("tour", { scope: "file" }, async ({ browser }, { onCleanup }) => {
  const page = await browser.openPage();
  onCleanup(() => page[Symbol.asyncDispose]());
  const playground = new Playground(page);
  await playground.open();
  return { page, playground, lessons: await wideLessonPage(playground) };
});

describe("the program that a lesson begins with shows something and leaves goals open, the solution reaches all", () => {
  touring.for(LESSONS)("%s", async (lesson, { tour: { page, playground, lessons } }) => {
    await lessons.open(lesson);
    await lessons.runForAWhile();
    expect(await playground.error()).toBe("");
    expect((await playground.processes()).length + (await playground.lines()).length).toBeGreaterThan(1);
    expect(await lessons.isComplete(), "the exercise is done by doing nothing").toBe(false);

    await lessons.showSolution();
    await lessons.runUntilComplete();
    expect(await playground.error()).toBe("");
    await lessons.hideSolution();
    expect(await lessons.isComplete(), "running the solution is not doing the exercise").toBe(false);
    expect(page.errors).toEqual([]);
  });
});

const test = base.extend("lessons", ({ playground }) => wideLessonPage(playground));

test("a visitor edits a lesson's program and runs it: the goal is ticked and told while it runs, and both are there after a reload", async ({
  playground,
  lessons,
}) => {
  const editor = new ProgramEditor(playground);
  await lessons.openFromMenu("processes");
  expect(await lessons.reached()).toEqual([]);
  await editor.open();
  // Of 1200 milliseconds it makes 21200: the process that main starts gets to its end.
  await editor.typeAt(...placeBehind('spawnFunction(count, "Ada");\n  sleep('), "2");
  await editor.untilSaved();
  await playground.page.press("Control+Enter");
  await playground.until(() => lessons.reached(), "the goal is ticked while it runs").toEqual(["to-the-end"]);
  expect(await lessons.announcement()).toContain("1 to go");

  const address = await playground.page.evaluate(() => location.href);
  await playground.page.goto("about:blank");
  await playground.open(address);
  await lessons.untilOpen("processes");
  await playground.until(() => lessons.reached(), "the tick is there again").toEqual(["to-the-end"]);
  await playground.until(() => editor.text(), "and so is the edit").toContain("sleep(21200)");
  expect(await lessons.doneInMenu(), "one goal is open").toEqual([]);

  await lessons.showSolution();
  await playground.until(() => editor.text(), "the solution is in its place").toContain("Grace");
  await lessons.hideSolution();
  await playground.until(() => editor.text(), "the edit is back").toContain("sleep(21200)");
  await lessons.startAgain();
  await playground.until(() => lessons.reached(), "nothing is ticked").toEqual([]);
  await playground.until(() => editor.text(), "nothing is edited").toContain("sleep(1200)");
});

test("a visitor whose program reaches all goals has a tick in the menu and goes on to the next lesson", async ({
  playground,
  lessons,
}) => {
  const editor = new ProgramEditor(playground);
  await lessons.openFromMenu("processes");
  await editor.open();
  const more = ' spawnFunction(count, "b"); spawnFunction(count, "c"); sleep(2000);';
  await editor.typeAt(...placeBehind('spawnFunction(count, "Ada");'), more);
  await playground.page.press("Control+Enter");
  await playground.until(() => lessons.isComplete(), "all goals are reached").toBe(true);
  expect(await lessons.doneInMenu()).toEqual(["processes"]);
  await lessons.goOn();
  await lessons.untilOpen("messages");
  expect(await lessons.reached()).toEqual([]);
});

/** So wide that text, program and processes are seen at once; browsers begin with different sizes. */
async function wideLessonPage(playground: Playground): Promise<LessonPage> {
  await playground.page.setViewport(1440, 900);
  return new LessonPage(playground);
}

/** The line and column behind a text that stands once in the program that lesson 1 begins with. */
function placeBehind(text: string): [line: number, column: number] {
  const before = readFileSync(join(FOLDER, "01-processes/start/main.ts"), "utf8").split(text);
  if (before.length !== 2)
    throw new Error(`${text} stands ${before.length - 1} times in the lesson: edit this spec`);
  const lines = (before[0]! + text).split("\n");
  return [lines.length, lines.at(-1)!.length + 1];
}
