import { beforeAll, describe, expect } from "vitest";
import { test } from "../src/fixtures.ts";
import { PATIENCE_MS } from "../src/page.ts";
import { buildReadmePage } from "../src/readmePage.ts";
import { serveDirectory } from "../src/server.ts";

let site: string;
beforeAll(async () => {
  site = await buildReadmePage();
});

describe("an embedding page runs the README's example as it stands", () => {
  test.for([
    ["with the isolation headers", true],
    ["without special headers", false],
  ] as const)("%s", async ([_what, isolated], { page }) => {
    await using server = await serveDirectory(site, { isolated });
    await page.goto(server.url);
    await expect.poll(() => page.evaluate(readDataset, "reason"), { timeout: PATIENCE_MS }).toBe("normal");

    const logged: [pid: number, stream: string, text: string][] = JSON.parse(
      (await page.evaluate(readDataset, "log")) ?? "[]",
    );
    expect(logged.every(([pid, stream]) => pid === 1 && stream === "stdout")).toBe(true);
    expect(logged.map(([, , text]) => text).join("")).toContain("1229 primes below 10000");
    await expect
      .poll(() => page.workerCount(), { timeout: PATIENCE_MS, message: "close() leaves no worker" })
      .toBe(0);
  });
});

function readDataset(key: string): string | undefined {
  return document.documentElement.dataset[key];
}
