import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import type { ProjectFile } from "../src/project/projectFile.ts";

/** An entry of an index of programs in TypeScript syntax, as far as the page uses it. */
interface IndexEntry {
  readonly name: string;
  /** Only examples are offered. */
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  /** The file that begins the program, relative to the index; all of its folder is the project. */
  readonly source: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A program that visitors can edit. */
export interface Example extends Omit<IndexEntry, "kind" | "source"> {
  readonly project: ProjectFile;
}

/** @param folder with index.json. A program is called as in it, with "ts-" in front: its namesakes are in Rust */
export function readExamples(folder: string): Example[] {
  const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as readonly IndexEntry[];
  return index
    .filter(({ kind }) => kind === "example")
    .map(({ name, title, description, args, env, source }) => ({
      name: `ts-${name}`,
      title,
      description,
      args,
      env,
      project: readProject(join(folder, dirname(source)), basename(source)),
    }));
}

/** All texts of one folder, so that they are there after one request; the entry comes first. */
export function readProject(folder: string, entry: string): ProjectFile {
  const paths = listFiles(folder).map((path) => relative(folder, path).replaceAll("\\", "/"));
  const ordered = [entry, ...paths.filter((path) => path !== entry).sort()];
  return { entry, files: ordered.map((path) => [path, readFileSync(join(folder, path), "utf8")] as const) };
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}
