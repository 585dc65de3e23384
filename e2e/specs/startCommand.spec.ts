import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect } from "vitest";
import { test } from "../src/fixtures.ts";
import { PATIENCE_MS } from "../src/page.ts";

test("a developer runs npm start and finds the playground, isolated, at the printed address", async ({
  page,
}) => {
  await using server = startCommand();
  const url = await server.url;
  await page.goto(url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect
    .poll(() => page.evaluate(() => document.querySelectorAll("[data-testid=program] option").length), {
      timeout: PATIENCE_MS,
    })
    .toBeGreaterThan(0);
  // The server ends first: what the page still loads would be refused.
  await page.goto("about:blank");
});

/** `npm start` as the README has it, except that no window opens. Disposing of it ends all it started. */
function startCommand() {
  const child = spawn("npm", ["start"], {
    cwd: join(import.meta.dirname, "../.."),
    env: { ...process.env, BROWSER: "none", NO_COLOR: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, since npm does not pass a signal on to what it runs.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const url = new Promise<string>((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer) => {
      output += chunk;
      const found = /http:\/\/localhost:\d+\S*/.exec(output);
      if (found) resolve(found[0]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`npm start ended (${code}) without an address:\n${output}`)));
  });
  return {
    url,
    async [Symbol.asyncDispose]() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
      await exited;
    },
  };
}
