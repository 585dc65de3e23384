import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { serveDirectory } from "./server.ts";

const repository = join(import.meta.dirname, "../..");

/** Builds the playground as a user would and serves it to every spec of the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  execFileSync("npm", ["run", "build", "--workspace", "@lunatic-web/playground"], {
    cwd: repository,
    stdio: ["ignore", "ignore", "inherit"],
  });
  // A copy, since a build by others (npm start, in one spec) empties the original for a moment.
  const site = join(repository, "e2e/.cache/playground");
  rmSync(site, { recursive: true, force: true });
  cpSync(join(repository, "apps/playground/dist"), site, { recursive: true });
  const server = await serveDirectory(site);
  project.provide("playgroundUrl", server.url);
  return async () => {
    await server[Symbol.asyncDispose]();
  };
}
