import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of this package: the code runs from its sources in tests, and else from the one file in `dist`. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "bin", "lunatic-web.mjs"))) folder = dirname(folder);
  return folder;
}

/** What Node runs to start this command line. */
export function programPath(): string {
  return join(packageFolder(), "bin", "lunatic-web.mjs");
}

/** Folder with the built page. */
export function pageFolder(): string {
  return join(packageFolder(), "dist", "page");
}
