import { describe, expect, inject } from "vitest";
import { findBarriers, findCramped } from "../src/accessibility.ts";
import { assembleGuest } from "../src/assembleGuest.ts";
import { test as base } from "../src/fixtures.ts";
import type { Page } from "../src/page.ts";
import { byTestId, Playground } from "../src/playground.ts";
import { ProgramEditor } from "../src/programEditor.ts";

/** Fingers need so many CSS pixels. */
const TARGET_PIXELS = 40;

/** A playground in a theme, with a program whose four processes wait for ever. */
const test = base.extend("waiting", async ({ page }) => {
  return async (theme: "light" | "dark"): Promise<Playground> => {
    const playground = new Playground(page);
    await playground.open(`${inject("playgroundUrl")}?theme=${theme}`);
    await playground.drop("linkedPair.wasm", await assembleGuest("linkedPair"));
    await playground
      .until(() => playground.selectedProgram(), "the file is selected")
      .toContain("linkedPair");
    await playground.run();
    const facts = () =>
      page.evaluate((selector) => document.querySelector(selector)?.textContent ?? "", byTestId("alive"));
    await playground.until(facts, "all wait").toBe("4 alive");
    return playground;
  };
});

test("what keeps people out is found: a button without a name, a control too small, a page too wide", async ({
  page,
}) => {
  await page.goto(inject("playgroundUrl"));
  await page.evaluate(() => {
    document.body.innerHTML = `<main><button style="width: 30px; height: 50px"></button><div style="width: 5000px">x</div></main>`;
  });
  expect((await findBarriers(page)).join("\n")).toContain("button-name");
  expect(await findCramped(page, TARGET_PIXELS)).toEqual([
    expect.stringContaining("30 × 50"),
    expect.stringContaining("5000 wide"),
  ]);
});

describe.for(["light", "dark"] as const)("in the %s theme no barrier is found by axe", (theme) => {
  test("on the start page, with a program to read, one to edit, and the editor", async ({ page }) => {
    const playground = new Playground(page);
    await playground.open(`${inject("playgroundUrl")}?theme=${theme}`);
    expect(await findBarriers(page)).toEqual([]);
    await playground.choose("ts-night-watch");
    await playground.until(() => isThere(page, "edit"), "its source is there").toBe(true);
    expect(await findBarriers(page)).toEqual([]);
  });

  test("while a program runs, in every picture of it and with a process chosen", async ({
    page,
    waiting,
  }) => {
    await waiting(theme);
    await page.click('[data-testid="process-row"][data-pid="2"]');
    for (const tab of ["tree", "sequence", "outline", "table"]) {
      await page.click(byTestId(`tab-${tab}`));
      expect(await findBarriers(page), tab).toEqual([]);
    }
  });

  test("in a lesson, on a desk and on a phone", async ({ page }) => {
    const playground = new Playground(page);
    await playground.open(`${inject("playgroundUrl")}?theme=${theme}#lesson=processes`);
    await playground.until(() => isThere(page, "goals"), "its text is there").toBe(true);
    expect(await findBarriers(page)).toEqual([]);
    await page.setViewport(390, 780);
    expect(await findBarriers(page)).toEqual([]);
    expect(await findCramped(page, TARGET_PIXELS)).toEqual([]);
  });

  test("in dialogs", async ({ page }) => {
    const playground = new Playground(page);
    await playground.open(`${inject("playgroundUrl")}?theme=${theme}`);
    await playground.choose("ts-night-watch");
    await playground
      .until(() => new ProgramEditor(playground).files(), "the program is there")
      .toEqual(["main.ts", "worker.ts"]);
    for (const opener of ["share", "new-file", "keys"]) {
      await page.click(byTestId(opener));
      await playground
        .until(() => page.evaluate(() => document.querySelector("dialog[open]") !== null), opener)
        .toBe(true);
      expect(await findBarriers(page), opener).toEqual([]);
      await page.press("Escape");
      await playground
        .until(() => page.evaluate(() => document.querySelector("dialog[open]") === null), opener)
        .toBe(true);
    }
  });

  test("on a phone, where nothing sticks out and fingers hit what they aim at", async ({ page, waiting }) => {
    await page.setViewport(390, 780);
    await waiting(theme);
    for (const pane of ["editor", "view", "console"]) {
      await page.click(byTestId(`pane-${pane}`));
      expect(await findBarriers(page), pane).toEqual([]);
      expect(await findCramped(page, TARGET_PIXELS), pane).toEqual([]);
    }
  });

  test("in a frame of another page", async ({ page }) => {
    for (const parts of ["editor", "view", "both"]) {
      await page.goto(`${inject("playgroundUrl")}?theme=${theme}&embed=${parts}#program=ts-hello`);
      await new Playground(page).until(() => isThere(page, "run"), "it is there").toBe(true);
      expect(await findBarriers(page), parts).toEqual([]);
    }
  });
});

test("whoever cannot see the tree reads it: each process with its state and relations, folded and chosen by keys", async ({
  page,
  waiting,
}) => {
  const playground = await waiting("light");
  await page.click(byTestId("tab-outline"));
  await page.evaluate(() => document.querySelector<HTMLElement>('[role="tree"]')!.focus());
  const items = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('[role="treeitem"]')].map((item) => ({
        level: Number(item.getAttribute("aria-level")),
        expanded: item.getAttribute("aria-expanded"),
        selected: item.getAttribute("aria-selected"),
        text: item.textContent ?? "",
      })),
    );
  await playground.until(items, "all processes are read").toHaveLength(4);
  expect(await items()).toMatchObject([
    { level: 1, expanded: "true" },
    { level: 2, expanded: null },
    { level: 2, expanded: "true" },
    { level: 3, expanded: null },
  ]);
  expect((await items()).map(({ text }) => text).join("\n")).toMatch(/linked to/);

  await page.press("ArrowDown");
  await page.press("ArrowDown");
  await playground
    .until(async () => (await items()).map(({ selected }) => selected), "the second is chosen")
    .toEqual(["false", "true", "false", "false"]);
  await page.press("ArrowLeft");
  await page.press("ArrowLeft");
  await playground
    .until(items, "the root is folded")
    .toMatchObject([{ expanded: "false", selected: "true" }]);
});

test("the width of the columns is changed by keys, and is there again at the next visit", async ({
  page,
  playground,
}) => {
  const width = () =>
    page.evaluate(() => Math.round(document.querySelector(".program-column")!.getBoundingClientRect().width));
  const before = await width();
  await page.evaluate(() =>
    document.querySelector<HTMLElement>('[role="separator"][aria-orientation="vertical"]')!.focus(),
  );
  for (let press = 0; press < 5; press++) await page.press("ArrowRight");
  const share = () =>
    page.evaluate(() =>
      document.querySelector<HTMLElement>(".panels")!.style.getPropertyValue("--program-share"),
    );
  await playground.until(share, "all keys have been taken").toBe("38");
  const wide = await width();
  expect(wide).toBeGreaterThan(before + 40);
  await page.goto("about:blank");
  await playground.open();
  await playground.until(width, "it is as it was left").toBe(wide);
});

function isThere(page: Page, testId: string): Promise<boolean> {
  return page.evaluate((selector) => document.querySelector(selector) !== null, byTestId(testId));
}
