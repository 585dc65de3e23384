#!/usr/bin/env node
/**
 * `npm start`: builds the playground and serves it with the headers that make it cross-origin isolated. What opens
 * is the built site, so what a visitor tries here is what a host would serve.
 * Options by environment: PORT (default 4173; a taken one leads to the next free), BROWSER=none.
 */
import { build, preview } from "vite";

const root = import.meta.dirname;
await build({ root, logLevel: "warn" });
const server = await preview({
  root,
  preview: { port: Number(process.env.PORT) || 4173, strictPort: false, open: canOpenBrowser() },
});
console.log(`Lunatic Web playground: ${server.resolvedUrls?.local[0]}`);
console.log("Press Ctrl+C to stop.");

/** Where no screen is, in a container say, opening a browser would only print an error. */
function canOpenBrowser() {
  const { BROWSER, CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (BROWSER === "none" || CI || !process.stdout.isTTY) return false;
  return process.platform !== "linux" || Boolean(DISPLAY || WAYLAND_DISPLAY);
}
