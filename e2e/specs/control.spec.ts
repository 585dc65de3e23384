import { expect } from "vitest";
import { test as base } from "../src/fixtures.ts";
import { RunControls } from "../src/runControls.ts";

const test = base.extend("controls", async ({ playground }) => {
  // The size that browsers are used at, not the one that drivers open them with.
  await playground.page.setViewport(1280, 860);
  return new RunControls(playground);
});

test("a visitor steps through a program from its first instruction, slows it down, and lets it go", async ({
  playground,
  controls,
}) => {
  const { page } = playground;
  await playground.choose("ping_pong");
  await page.press("F10");
  await playground
    .until(() => playground.processes(), "the root is there and has not run")
    .toMatchObject([{ pid: 1, state: "unstarted" }]);
  expect(await controls.state()).toMatchObject({ phase: "running", pace: "paused" });
  expect(await playground.lines()).toEqual([]);

  await controls.click("step-slice");
  await playground.until(() => controls.step(), "what the first slice did").toMatch(/^1 .*spawned 2/);
  await playground.until(() => controls.chosen(), "the process that ran is chosen").toBe(1);
  await page.press("F9");
  await playground.until(() => controls.step(), "a message moved").toMatch(/sent \d+ B to|took a message/);
  const clock = await controls.text("clock");
  expect(clock).toMatch(/^\d+\.\d{3} s$/);

  await controls.focus('[data-testid="run-speed"]');
  await page.press("Home");
  await page.press("F8");
  await playground.until(() => controls.state(), "one slice a second").toMatchObject({ pace: "slow" });
  expect((await controls.state()).text).toContain("at 1/1000");
  expect(await controls.step(), "it goes on: the step is over").toBe("");
  await page.press("F8");
  await playground.until(() => controls.state(), "paused again").toMatchObject({ pace: "paused" });
  await page.press("End");
  await controls.click("pause");
  await playground.untilOver();
  expect(await playground.output("stdout")).toContain("game over after 1000 rallies");
});

test("a visitor gets the same run for the same seed, and another for another", async ({
  playground,
  controls,
}) => {
  const { page } = playground;
  await controls.choose("timeAndChance");
  await controls.showMore();
  await controls.click("deterministic");
  const runWith = async (seed: string) => {
    await controls.showMore();
    await page.fill('[data-testid="seed"]', seed);
    await playground.run();
    await playground.untilOver();
    return { output: await playground.output("stdout"), status: (await controls.state()).text };
  };
  const first = await runWith("7");
  expect(first.output[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(first.status).toMatch(/finished.* virtual$/);
  const other = await runWith("8");
  expect(other.output).not.toEqual(first.output);
  expect(await runWith("7")).toEqual(first);
});

test("a visitor kills processes from the table, by keyboard from the tree, and from the inspector", async ({
  playground,
  controls,
}) => {
  const { page } = playground;
  await controls.choose("linkedPair");
  await playground.run();
  await playground.until(() => playground.livePids(), "all wait").toEqual([1, 2, 3, 4]);
  await controls.click("pause");
  await playground.until(() => controls.state(), "paused").toMatchObject({ pace: "paused" });

  await page.click('[data-testid="process-row"][data-pid="4"]');
  await controls.focus('[data-testid="tree"] canvas');
  await page.press("Delete");
  await playground.until(() => playground.livePids(), "its link dies too, also while paused").toEqual([1, 2]);
  await playground.kill(2);
  await playground.until(() => playground.livePids(), "the row's button").toEqual([1]);
  await page.click('[data-testid="process-row"][data-pid="1"]');
  await page.click('[data-testid="details"] button.danger');
  await playground.untilOver();
});

test("a visitor puts messages of his own into a mailbox, also while the program stands still", async ({
  playground,
  controls,
}) => {
  const { page } = playground;
  await controls.choose("printMail");
  await playground.run();
  await playground.untilStarted();
  await page.click('[data-testid="process-row"][data-pid="1"]');
  await controls.click("inject");
  await controls.inject("text", "grüß dich");
  await playground.until(() => controls.text("console"), "as text").toContain("grüß dich");
  await controls.inject("hex", "68 65 78");
  await playground.until(() => controls.text("console"), "as hex").toContain("hex");
  await page.fill('[data-testid="inject-body"]', "6");
  await playground
    .until(() => controls.text("inject-preview"), "what is wrong is said")
    .toContain("one is missing");

  await controls.click("pause");
  await controls.inject("text", "handed over");
  await controls.inject("values", "[118u8, 97u8]");
  await playground.until(() => controls.text("mailbox"), "the second waits").toMatch(/10 B/);
  await controls.click("step-message");
  await playground.until(() => controls.step(), "who takes it").toMatch(/took a message of \d+ visitor/);
  await playground
    .until(() => controls.text("console"), "bincode: eight bytes of length, then the list")
    .toContain("va");
  await controls.click("pause");
  // A message without bytes ends it.
  await controls.inject("hex", " ");
  await playground.untilOver();
});

test("a visitor saves a run, and who opens the file sees the same run", async ({ playground, controls }) => {
  const { page } = playground;
  await playground.start("supervisor");
  await playground.untilOver();
  const end = await playground.processes();
  const lines = await playground.lines();
  const { name, bytes } = await controls.saveRun();
  expect(name).toMatch(/\.lwrec$/);

  await playground.open();
  await playground.drop("cut.lwrec", bytes.slice(0, bytes.length - 20));
  await playground.until(() => playground.error(), "a file that is cut short").toContain("too early");
  await playground.drop(name, bytes);
  await playground.until(() => playground.processes(), "all as at its end").toEqual(end);
  expect(await playground.lines()).toEqual(lines);
  expect((await controls.state()).text).toContain("recording of");
  expect(await playground.error()).toBe("");

  await controls.focus('[data-testid="time-track"]');
  await page.press("Home");
  await playground.until(() => playground.processes(), "its start").toEqual([]);
  await page.press("End");
  await playground.until(() => playground.processes(), "its end").toEqual(end);
  await page.click('[data-testid="process-row"][data-pid="1"]');
  await playground.until(() => controls.text("details"), "its history").toMatch(/History/i);
});
