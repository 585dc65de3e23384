import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, defaultClientConditions } from "vite";

/** Files of a page by name; those under `public/` are served as they are. */
export type PageFiles = Readonly<Record<string, string | Uint8Array>>;

/**
 * Builds a page as an author with Vite would, from files that exist for this one test.
 * @param name  of its folder under e2e/.cache, which is made anew
 * @returns the folder with the built site
 */
export async function buildPage(name: string, files: PageFiles): Promise<string> {
  const root = join(import.meta.dirname, "../.cache", name);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, "public"), { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(root, file), content);
  await build({
    root,
    base: "./",
    configFile: false,
    logLevel: "warn",
    // The runtime from its sources; how its package is built is for specs/package.spec.ts.
    resolve: { conditions: ["@lunatic-web/source", ...defaultClientConditions] },
    build: { target: "es2024", outDir: "dist" },
    worker: { format: "es" },
  });
  return join(root, "dist");
}

/** A page, for `index.html`, that is empty but for its script `main.ts`. */
export function scriptPage(title: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    <script type="module" src="./main.ts"></script>
  </head>
  <body></body>
</html>
`;
}
