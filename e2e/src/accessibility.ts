import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "./page.ts";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with the page as it is, of what keeps people from using it: one line each. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate((script) => new Function(script)(), source);
  return page.evaluate(runAxe);
}

/** What of the page's controls is too small for a finger, and what sticks out at the side; one line each. */
export function findCramped(page: Page, leastPixels: number): Promise<string[]> {
  return page.evaluate(measureControls, leastPixels);
}

// The functions below run in the page and see nothing of this module.

async function runAxe(): Promise<string[]> {
  const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
  const { violations } = await axe.run({ resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
    );
}

function measureControls(leastPixels: number): string[] {
  const found: string[] = [];
  const describe = (element: Element) =>
    `${element.localName}.${element.className} "${element.getAttribute("aria-label") ?? element.textContent}"`;
  for (const control of document.querySelectorAll("button, select, input, summary, [role=tab]")) {
    // A control that is seen through its label is as large as that.
    const area = control.matches("input[type=checkbox], input[type=file]")
      ? control.closest("label")!
      : control;
    const { width, height, right } = area.getBoundingClientRect();
    if (!control.checkVisibility({ visibilityProperty: true }) || width === 0) continue;
    // Links in a line of text are as high as the line.
    const isInText = control.matches(".link, .console *, .process-table *, .monaco-editor *, .file-tabs *");
    if (!isInText && Math.min(width, height) < leastPixels - 0.5) {
      found.push(`${describe(control)} is ${width.toFixed(0)} × ${height.toFixed(0)}`);
    }
    if (!isInText && right > innerWidth + 0.5) found.push(`${describe(control)} sticks out`);
  }
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} wide`);
  return found;
}
