import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { expect } from "vitest";
import { test as base } from "../src/fixtures.ts";
import { Playground } from "../src/playground.ts";
import { ProgramEditor } from "../src/programEditor.ts";

const HELLO = readExample("hello");
const COUNTER = readExample("counter");

const test = base.extend("editor", async ({ playground }) => new ProgramEditor(playground));

test("what opens first is a system that fails and recovers: it runs without a compiler, and a failure leads to its line", async ({
  playground,
  editor,
}) => {
  await playground.until(() => playground.selectedProgram(), "it is chosen").toBe("ts-kitchen");
  await playground.run();
  await playground.until(() => playground.traps(), "a cook has burned himself").not.toEqual([]);
  await playground
    .until(() => editor.problems(), "the line is told")
    .toContainEqual(expect.objectContaining({ severity: "trap", file: "kitchen.ts" }));
  await playground
    .until(async () => (await playground.livePids()).length, "a supervisor, cooks and waiters")
    .toBeGreaterThan(7);
  await playground
    .until(async () => (await playground.processes()).length, "another cook has taken the place of the dead")
    .toBeGreaterThan(9);
  const loaded = () =>
    playground.page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  expect((await loaded()).filter((name) => /compiler\.worker/.test(name))).toEqual([]);
  await playground.stop();
  await playground.untilOver();
});

test("a visitor edits a program and runs it by keyboard: what he typed is in the output, and there after a reload", async ({
  playground,
  editor,
}) => {
  await playground.choose("ts-hello");
  await editor.open();
  await editor.typeAt(...behind('(greet, "lunatic'), "s of the web");
  await playground.page.press("Control+Enter");
  await playground.untilOver();
  expect(await playground.output("stdout")).toContain("hello lunatics of the web from process 2");

  await editor.untilSaved();
  const address = await playground.page.evaluate(() => location.href);
  await playground.page.goto("about:blank");
  await playground.open(address);
  await playground.until(() => editor.text(), "the edit is there again").toContain("lunatics");
});

test("an error is a problem and a squiggle, nothing runs while it is there, and it goes when mended", async ({
  playground,
  editor,
}) => {
  await playground.choose("ts-hello");
  await editor.open();
  const [line, column] = behind("export function main(mailbox: Mailbox<Unit>): void {");
  await editor.typeAt(line, column, " nobody;");
  await playground
    .until(() => editor.problems(), "the error is among the problems")
    .toMatchObject([{ severity: "error", file: "main.ts", line, text: expect.stringContaining("nobody") }]);
  await playground.until(() => editor.hasSquiggle(), "the place is underlined").toBe(true);

  await playground.run();
  await playground.until(() => playground.error(), "the run is refused").toContain("nobody");
  expect(await playground.lines()).toEqual([]);

  await playground.page.click('[data-testid="problem"]');
  await editor.typeAt(line, column, "//");
  await playground.until(() => editor.problems(), "no problem is left").toEqual([]);
  await playground.run();
  await playground.untilOver();
  expect(await playground.output("stdout")).toContain("hello lunatic from process 2");
});

test("a link that a visitor shares shows his project to others, who run it themselves", async ({
  browser,
  playground,
  editor,
}) => {
  await playground.choose("ts-night-watch");
  await editor.open();
  await editor.typeAt(1, 1, "/* changed */ ");
  await playground.until(() => editor.text(), "the edit is there").toContain("/* changed */");
  const link = await editor.share();

  await using page = await browser.openPage();
  const other = new Playground(page);
  await other.open(link);
  const seen = new ProgramEditor(other);
  await other.until(() => seen.files(), "the project is there").toEqual(["main.ts", "worker.ts"]);
  expect(await seen.text()).toContain("/* changed */");
  expect(await other.lines(), "nothing runs by itself").toEqual([]);
  await other.run();
  await other
    .until(async () => (await other.output("stdout")).join("\n"), "the workers work")
    .toMatch(/post \d: step 1/);
  expect(page.errors).toEqual([]);
});

test("a visitor opens a project from a zip and runs it; a zip that leads out of its folder is refused", async ({
  playground,
  editor,
}) => {
  const { page } = playground;
  const folder = mkdtempSync(join(tmpdir(), "lunatic-web-zip-"));
  const bring = async (name: string, files: Record<string, string>) => {
    const path = join(folder, name);
    writeFileSync(
      path,
      zipSync(Object.fromEntries(Object.entries(files).map(([at, text]) => [at, strToU8(text)]))),
    );
    await page.chooseFile('[data-testid="open-files"]', path);
  };
  try {
    const main =
      'import { print } from "lunatic";\nimport { word } from "./word";\n\nexport function main(): void {\n  print(word());\n}\n';
    await bring("project.zip", {
      "main.ts": main,
      "word.ts": 'export function word(): string {\n  return "zipped";\n}\n',
    });
    await playground.until(() => editor.files(), "both files are open").toEqual(["main.ts", "word.ts"]);
    await playground.run();
    await playground.untilOver();
    expect(await playground.output("stdout")).toEqual(["zipped"]);

    await bring("hostile.zip", { "main.ts": main, "../word.ts": "" });
    await playground.until(() => playground.error(), "it is refused").toContain('cannot contain "." or ".."');
    expect(await editor.files(), "the project that was open stays").toEqual(["main.ts", "word.ts"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what the compiler makes of a process class is known to the editor: it is offered, also while the text is broken, and leads to the handlers", async ({
  playground,
  editor,
}) => {
  await playground.choose("ts-counter");
  await editor.open();
  await editor.untilChecked();
  expect(await editor.problems()).toEqual([]);
  expect(await editor.hasSquiggle()).toBe(false);

  // These are no words of the text, which an editor that knows no members would offer; and few enough to be in sight.
  const members = expect.arrayContaining(["withDelay", "withTimeout"]);
  await editor.typeAt(...behind("  counter.add(1);", COUNTER), " if (counter.with");
  await playground
    .until(() => editor.suggestions(), "the messages and requests of the class are offered")
    .toEqual(members);
  await editor.untilChecked();
  expect(await editor.problems(), "the text is broken").not.toEqual([]);
  await playground.until(() => editor.suggestions(), "they are offered still").toEqual(members);

  await playground.page.press("Escape");
  await editor.typeAt(...behind("  counter.a", COUNTER), "");
  // Once: at the definition the same key leads to its uses.
  await playground.page.press("F12");
  await playground
    .until(() => editor.caretLine(), "the definition of a message is its handler")
    .toBe(behind("\n  add(", COUNTER)[0]);
});

function readExample(name: string): string {
  return readFileSync(join(import.meta.dirname, "../../guests/as/examples", name, "main.ts"), "utf8");
}

/** The line and column at the end of a text that occurs in an example, ts-hello unless told otherwise. */
function behind(text: string, example = HELLO): [line: number, column: number] {
  const at = example.indexOf(text);
  if (at === -1) throw new Error(`The example has no ${text} any more: this spec edits there`);
  const before = example.slice(0, at + text.length).split("\n");
  return [before.length, before.at(-1)!.length + 1];
}
