import type { LunaticModule } from "@lunatic-web/runtime";
import type { LessonPart } from "../lessons/content/lesson.ts";
import { createProject, type Project } from "../project/project.ts";
import type { ProjectFile } from "../project/projectFile.ts";
import type { OwnProject } from "../project/projectStore.ts";
import { fetchFile } from "./fetchFile.ts";

/** A program a visitor can run. */
export interface Program {
  /** Unique on the page; what a link names. */
  readonly name: string;
  readonly group: ProgramGroup;
  readonly title: string;
  readonly description: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Rust source to read beside it; undefined for a visitor's own file. */
  readonly loadSource: (() => Promise<string>) | undefined;
  /** The module's bytes, from the network; undefined for a visitor's own file, which is compiled already. */
  readonly fetchModule: (() => Promise<Response>) | undefined;
  /** From that module to the project's lines, as JSON: wanted when it traps. */
  readonly fetchSourceMap?: () => Promise<string>;
  readonly compiled?: LunaticModule;
  /** What a visitor can edit; undefined: a module only. */
  readonly loadProject?: () => Promise<Project>;
  /** The project is the visitor's own: it lives in his browser, not on the page's server. */
  readonly own?: OwnProject;
  /** It came by a link that holds the whole project: the value of its `project`. */
  readonly sharedAs?: string;
  /** It belongs to a lesson, which the page shows beside it. */
  readonly lesson?: LessonPart;
  /** Name of the program that the list shows in its place. */
  readonly listedAs?: string;
  /** A second module, whose `_start` runs beside the first one in the same environment. */
  readonly partner?: Partner;
}

export interface Partner {
  readonly name: string;
  readonly args: readonly string[];
  readonly fetchModule: () => Promise<Response>;
}

/** `project`: an example that visitors can edit. */
export type ProgramGroup = "project" | "example" | "load" | "lesson" | "own";

/** An entry of programs/index.json, which the build makes of the guests' own index (build/programFiles.ts). */
export interface CatalogEntry {
  readonly name: string;
  readonly kind: "example" | "load" | "project";
  readonly title: string;
  readonly description: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Addresses relative to the page. A program has a project to edit or a source to read. */
  readonly source?: string;
  /** A ProjectFile. */
  readonly project?: string;
  /** Missing: it is compiled in the page. */
  readonly wasm?: string;
  /** Of a module that was made of the project. */
  readonly sourceMap?: string;
}

/** @throws CatalogError when the list cannot be read */
export async function loadCatalog(): Promise<Program[]> {
  const response = await fetchFile("programs/index.json");
  const entries = (await response.json()) as readonly CatalogEntry[];
  return entries.map(({ name, kind, title, description, args, env, source, project, wasm, sourceMap }) => ({
    name,
    group: kind,
    title,
    description,
    args,
    env,
    loadSource: source === undefined ? undefined : async () => (await fetchFile(source)).text(),
    fetchModule: wasm === undefined ? undefined : () => fetchFile(wasm),
    ...(project === undefined ? {} : { loadProject: () => loadProject(project) }),
    ...(sourceMap === undefined ? {} : { fetchSourceMap: async () => (await fetchFile(sourceMap)).text() }),
  }));
}

async function loadProject(url: string): Promise<Project> {
  const { files, entry } = (await (await fetchFile(url)).json()) as ProjectFile;
  return createProject(files, entry);
}

/** The program made of a file that the visitor brought. */
export function ownProgram(compiled: LunaticModule): Program {
  return {
    // A file may be called as a program of the page is.
    name: `own:${compiled.name}`,
    group: "own",
    title: compiled.name,
    description: "Your own module. It stays in this tab and is sent nowhere.",
    args: [],
    env: {},
    loadSource: undefined,
    fetchModule: undefined,
    compiled,
  };
}
