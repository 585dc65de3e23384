#!/usr/bin/env node
/**
 * Starts the command line. In a clone of the repository it is built first where its sources have changed, since Node
 * 20 runs no TypeScript; the published package comes built and without sources.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..");
if (existsSync(join(folder, "build.mjs"))) {
  const { buildIfStale } = await import("../build.mjs");
  await buildIfStale();
}
const { main } = await import("../dist/program/main.js");
await main();
