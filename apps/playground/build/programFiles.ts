import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";
import type { CatalogEntry } from "../src/programs/catalog.ts";
import type { ModuleBuilder } from "./prebuiltModules.ts";
import { readExamples } from "./projectPrograms.ts";
import { hashedAddress, type SiteContent, type SiteFiles, servedFiles } from "./servedFiles.ts";

/** An entry of the guests' own index, as far as the page uses it. */
interface GuestEntry {
  readonly name: string;
  readonly kind: "example" | "load";
  readonly title: string;
  readonly description: string;
  /** Relative to the guests' folder, as `wasm`. */
  readonly source: string;
  readonly wasm: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Serves programs as static files under programs/: index.json, a source and a module per prebuilt guest, and the files
 * of each example to edit.
 * Their addresses carry a hash of the content, so that a browser's cache never pairs an old module with a new source.
 * @param guests the folder with prebuilt/index.json
 * @param examples folders with an index.json of programs to edit
 * @param builder  makes their modules, when they are wanted
 */
export function programFiles(guests: string, examples: readonly string[], builder: ModuleBuilder): Plugin {
  return servedFiles("lunatic-program-files", "programs/", () => readPrograms(guests, examples, builder));
}

function readPrograms(guests: string, examples: readonly string[], builder: ModuleBuilder): SiteFiles {
  const index = JSON.parse(
    readFileSync(join(guests, "prebuilt/index.json"), "utf8"),
  ) as readonly GuestEntry[];
  const files = new Map<string, SiteContent>();
  const add = (name: string, content: string | Buffer) => {
    files.set(`programs/${name}`, content);
    return hashedAddress(`programs/${name}`, content);
  };
  const addGuest = (path: string) => add(basename(path), readFileSync(join(guests, path)));
  const addMade = (name: string, of: string, make: () => Promise<string | Buffer>) => {
    files.set(`programs/${name}`, make);
    return hashedAddress(`programs/${name}`, of);
  };
  const projects = examples.flatMap(readExamples).map(({ project, ...entry }): CatalogEntry => {
    const { name } = entry;
    const key = builder.keyOf(project);
    return {
      ...entry,
      kind: "project",
      project: add(`${name}.json`, JSON.stringify(project)),
      wasm: addMade(`${name}.wasm`, key, async () => (await builder.build(name, project)).wasm),
      sourceMap: addMade(`${name}.wasm.map`, key, async () => (await builder.build(name, project)).sourceMap),
    };
  });
  const prebuilt = index.map(
    ({ name, kind, title, description, args, env, source, wasm }): CatalogEntry => ({
      name,
      kind,
      title,
      description,
      args,
      env,
      source: addGuest(source),
      wasm: addGuest(wasm),
    }),
  );
  files.set("programs/index.json", JSON.stringify([...projects, ...prebuilt]));
  return files;
}
