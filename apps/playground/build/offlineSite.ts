import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Plugin, ResolvedConfig, Rolldown } from "vite";
import type { SiteFile, SiteFiles } from "../src/offline/worker/siteFiles.ts";
import { bundleClassicScript } from "./classicScript.ts";

/** Not of the page: what a browser asks for by itself, and what is for developers. */
const LEFT_OUT = /(\.map|^sw\.js)$/;
/** Besides the page's first scripts and styles: the workers that run processes, and what the page asks for at once. */
const CORE =
  /^(index\.html|(programs|lessons)\/index\.json|icon.*|manifest\.webmanifest|assets\/(hub|executor)\.worker-.*)$/;

/**
 * Writes sw.js, a service worker that knows every file of the built site.
 * @param entry  of the service worker
 */
export function offlineSite(entry: string): Plugin {
  let config: ResolvedConfig;
  return {
    name: "lunatic-offline-site",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    async writeBundle(_, bundle) {
      const folder = join(config.root, relative(config.root, config.build.outDir));
      const files = listSite(folder, firstFiles(bundle));
      const code = await bundleClassicScript(entry, { define: { SITE_FILES: JSON.stringify(files) } });
      writeFileSync(join(folder, "sw.js"), code);
    },
  };
}

/** Chunks that the page imports at once, with their styles. */
function firstFiles(bundle: Rolldown.OutputBundle): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = Object.values(bundle).flatMap((output) =>
    output.type === "chunk" && output.isEntry ? [output.fileName] : [],
  );
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const output = bundle[name];
    if (found.has(name) || output?.type !== "chunk") continue;
    found.add(name);
    for (const style of output.viteMetadata?.importedCss ?? []) found.add(style);
    pending.push(...output.imports);
  }
  return found;
}

function listSite(folder: string, first: ReadonlySet<string>): SiteFiles {
  const paths = listFiles(folder)
    .map((path) => relative(folder, path).replaceAll("\\", "/"))
    .filter((path) => !LEFT_OUT.test(path));
  const sizes = new Map(paths.map((path) => [path, statSync(join(folder, path)).size]));
  // Small files first: a visitor who leaves early has most programs.
  const ordered = paths.sort((a, b) => sizes.get(a)! - sizes.get(b)! || (a < b ? -1 : 1));
  const hashed = ordered.map((path): SiteFile => [path, sha256(readFileSync(join(folder, path)))]);
  const isCore = ([path]: SiteFile) => first.has(path) || CORE.test(path);
  return {
    version: sha256(JSON.stringify(hashed)).slice(0, 12),
    core: hashed.filter(isCore),
    rest: hashed.filter((file) => !isCore(file)),
  };
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
