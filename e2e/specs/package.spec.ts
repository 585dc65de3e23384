import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, createServer, parseSync, Visitor } from "vite";
import { afterAll, beforeAll, expect } from "vitest";
import { test } from "../src/fixtures.ts";
import { findGuest } from "../src/guests.ts";
import { type InstalledPackage, installPackage, scriptsIn } from "../src/installedPackage.ts";
import { PATIENCE_MS, type Page } from "../src/page.ts";
import { serveDirectory } from "../src/server.ts";

let installed: InstalledPackage;
beforeAll(() => {
  installed = installPackage();
  installed.write({
    "public/primes.wasm": readFileSync(findGuest("primes").path),
    "index.html": page(`<script type="module" src="./main.ts"></script>`),
    "main.ts": program("@lunatic-web/runtime"),
    "tsconfig.json": TSCONFIG,
  });
});
afterAll(() => installed[Symbol.dispose]());

test("the tarball has the build, its types, a readme and the licences, and no sources", () => {
  const files = installed.files;
  expect(files).toEqual(
    expect.arrayContaining([
      "package.json",
      "README.md",
      "LICENSE-MIT",
      "LICENSE-APACHE",
      "dist/index.js",
      "dist/inspect.js",
      "dist/instrument.js",
      "dist/hub.worker.js",
      "dist/executor.worker.js",
      "dist/types/index.d.ts",
    ]),
  );
  expect(files.filter((path) => /^(src|build|\.cache)\/|test|tsbuildinfo/.test(path))).toEqual([]);
});

test("every export leads to files of the tarball", () => {
  const manifest = join(installed.folder, "node_modules/@lunatic-web/runtime/package.json");
  const { exports } = JSON.parse(readFileSync(manifest, "utf8")) as {
    exports: Record<string, string | { types: string; default: string }>;
  };
  const targets = Object.values(exports).flatMap((each) =>
    typeof each === "string" ? [each] : [each.types, each.default],
  );
  expect(targets.length).toBeGreaterThan(4);
  for (const target of targets) expect(installed.files).toContain(target.slice("./".length));
});

test("what was built imports nothing but itself", () => {
  const dist = join(installed.folder, "node_modules/@lunatic-web/runtime/dist");
  for (const path of scriptsIn(dist)) {
    const foreign = importsOf(path, readFileSync(join(dist, path), "utf8")).filter(
      (each) => !each.startsWith("."),
    );
    expect(foreign, path).toEqual([]);
  }
});

test("a developer's strict TypeScript project finds all types", () => {
  expect(installed.checkTypes()).toBe("");
});

test("an embedding page built by Vite with default options runs a module", async ({ page }) => {
  await build({ root: installed.folder, configFile: false, logLevel: "warn", build: { target: "es2024" } });
  await using server = await serveDirectory(join(installed.folder, "dist"));
  await expectPrimes(page, server.url);
});

test("an embedding page under Vite's development server runs a module", async ({ page }) => {
  const server = await createServer({
    root: installed.folder,
    configFile: false,
    logLevel: "warn",
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
  });
  await server.listen();
  try {
    await expectPrimes(page, server.resolvedUrls!.local[0]!);
  } finally {
    await server.close();
  }
});

test("a page without any build step runs a module", async ({ page: tab }) => {
  const site = installed.plainSite({
    "primes.wasm": readFileSync(findGuest("primes").path),
    "index.html": page(`<script type="module">${program("./runtime/index.js")}</script>`),
  });
  await using server = await serveDirectory(site);
  await expectPrimes(tab, server.url);
});

test("a page with the content security policy of the guide runs a module", async ({ page: tab }) => {
  const site = installed.plainSite({
    "primes.wasm": readFileSync(findGuest("primes").path),
    "main.js": program("./runtime/index.js"),
    "index.html": page(`<script type="module" src="./main.js"></script>`),
  });
  const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src data:";
  await using server = await serveDirectory(site, { headers: { "Content-Security-Policy": policy } });
  await expectPrimes(tab, server.url);
});

/** What a module names in imports of any kind, and in calls of `require`. */
function importsOf(path: string, code: string): string[] {
  const found: string[] = [];
  const add = (source: { type: string; value?: unknown } | null | undefined): void => {
    if (source) found.push(source.type === "Literal" ? String(source.value) : `an expression in ${path}`);
  };
  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
    CallExpression: ({ callee, arguments: [first] }) => {
      if (callee.type === "Identifier" && callee.name === "require") add(first);
    },
  }).visit(parseSync(path, code).program);
  return found;
}

async function expectPrimes(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect
    .poll(() => page.evaluate(() => document.documentElement.dataset.end), { timeout: PATIENCE_MS })
    .toBeDefined();
  expect(await page.evaluate(() => document.documentElement.dataset.end)).toBe("normal");
  expect(await page.evaluate(() => document.documentElement.dataset.output)).toContain(
    "1229 primes below 10000",
  );
}

/** TypeScript and JavaScript at once. It uses the page as a process too. */
function program(runtime: string): string {
  return `
import { createRuntime } from "${runtime}";

const runtime = await createRuntime();
const module = await runtime.compile(fetch("primes.wasm"), { name: "primes" });
let output = "";
const environment = await runtime.run(module, {
  args: ["10000", "4"],
  prepare: async (prepared) => {
    await using page = await prepared.attach({ name: "page" });
    page.send(page.pid, 7n, new TextEncoder().encode("to myself"));
    const message = await page.receive({ tags: [7n] });
    if (message.type === "data") output += new TextDecoder().decode(message.bytes);
  },
  onOutput: ({ text }) => {
    output += text;
  },
});
const { reason, cause } = await environment.exited;
await runtime.close();
document.documentElement.dataset.output = output;
document.documentElement.dataset.end = reason === "normal" ? reason : JSON.stringify(cause);
`;
}

function page(script: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>An app</title>
    <link rel="icon" href="data:," />
  </head>
  <body>${script}</body>
</html>
`;
}

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: "ES2024",
    module: "ESNext",
    moduleResolution: "Bundler",
    lib: ["ES2024", "DOM", "DOM.Iterable", "ESNext.Disposable"],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
  },
  files: ["main.ts"],
});
