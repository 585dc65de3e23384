/**
 * Builds the command line (one file for Node) and the page it runs guests in. `node build.mjs` builds always.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = import.meta.dirname;
const dist = join(folder, "dist");
const STAMP = "stamp";
/** Chooses the sources of the workspace's packages before what they publish. */
const SOURCE_CONDITION = "@lunatic-web/source";

/** What goes into the build. */
const SOURCES = [
  join(folder, "src"),
  join(folder, "page"),
  join(folder, "package.json"),
  join(folder, "build.mjs"),
  join(folder, "..", "runtime-web", "src"),
  join(folder, "..", "runtime-web", "package.json"),
  ...["assembly", "compiler", "trace", "transform", "package.json"].map((name) =>
    join(folder, "..", "sdk", name),
  ),
];

/** Builds unless the last build was of these very sources. */
export async function buildIfStale() {
  const state = sourceState();
  const stamp = join(dist, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === state) return;
  process.stderr.write("lunatic-web: building the command line from its sources, once…\n");
  await buildAll(state);
}

/**
 * Into a folder beside the old build, which is replaced at the end: another command line may be running from it.
 * @param {string} state
 */
async function buildAll(state) {
  const { build, defaultClientConditions, defaultServerConditions } = await import("vite");
  const fresh = join(dist, `building.${process.pid}`);
  try {
    await build({
      root: folder,
      configFile: false,
      logLevel: "error",
      build: {
        ssr: true,
        target: "node20",
        outDir: join(fresh, "program"),
        minify: false,
        rolldownOptions: {
          input: { main: join(folder, "src", "main.ts"), index: join(folder, "src", "index.ts") },
          checks: { pluginTimings: false },
        },
      },
      ssr: {
        noExternal: [/^@lunatic-web\//, /^@jridgewell\//],
        external: ["assemblyscript", "puppeteer-core"],
        resolve: { conditions: [SOURCE_CONDITION, ...defaultServerConditions] },
      },
    });
    await build({
      root: join(folder, "page"),
      base: "./",
      configFile: false,
      logLevel: "error",
      build: {
        target: "es2024",
        outDir: join(fresh, "page"),
        emptyOutDir: true,
        rolldownOptions: { checks: { pluginTimings: false } },
      },
      resolve: { conditions: [SOURCE_CONDITION, ...defaultClientConditions] },
      worker: { format: "es" },
    });
    writeFileSync(join(fresh, STAMP), state);
    replace(fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** @param {string} fresh */
function replace(fresh) {
  const old = join(dist, `old.${process.pid}`);
  mkdirSync(dist, { recursive: true });
  for (const name of ["program", "page", STAMP]) {
    const target = join(dist, name);
    if (existsSync(target)) {
      mkdirSync(old, { recursive: true });
      renameSync(target, join(old, name));
    }
    renameSync(join(fresh, name), target);
  }
  rmSync(old, { recursive: true, force: true });
}

/** Names, sizes and times of all sources: reading them takes some ten milliseconds. */
function sourceState() {
  const hash = createHash("sha256");
  for (const source of SOURCES) addTo(hash, source);
  return hash.digest("hex");
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} path
 */
function addTo(hash, path) {
  const found = statSync(path);
  if (!found.isDirectory()) {
    if (!path.endsWith(".test.ts")) hash.update(`${path} ${found.size} ${found.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll(sourceState());
