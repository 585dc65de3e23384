import { execFileSync } from "node:child_process";
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
  const server = await serveDirectory(join(repository, "apps/playground/dist"));
  project.provide("playgroundUrl", server.url);
  return async () => {
    await server[Symbol.asyncDispose]();
  };
}
