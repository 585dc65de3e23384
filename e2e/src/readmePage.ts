import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildPage } from "./buildPage.ts";
import { findGuest } from "./guests.ts";

const repository = join(import.meta.dirname, "../..");

/** The first TypeScript example of README.md, to the letter. */
export function readmeExample(): string {
  const example = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(repository, "README.md"), "utf8"))?.[1];
  if (example === undefined) throw new Error("README.md has no TypeScript example");
  return example;
}

/**
 * Builds a page whose only script is the README's example, as an author with Vite would. What the example logs and
 * its `reason` end up in `<html data-log data-reason>`, the log as JSON.
 * @returns the folder with the built site
 */
export function buildReadmePage(): Promise<string> {
  return buildPage("readme", {
    "public/primes.wasm": readFileSync(findGuest("primes").path),
    "index.html": PAGE,
    "main.ts": `${readmeExample()}\ndocument.documentElement.dataset.reason = reason;\n`,
  });
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>The README's example</title>
    <link rel="icon" href="data:," />
    <script>
      const logged = [];
      console.log = (...values) => {
        logged.push(values);
        document.documentElement.dataset.log = JSON.stringify(logged);
      };
    </script>
    <script type="module" src="./main.ts"></script>
  </head>
  <body></body>
</html>
`;
