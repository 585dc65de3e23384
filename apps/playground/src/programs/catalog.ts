import type { LunaticModule } from "@lunatic-web/runtime";
import { createProject, type Project } from "../project/project.ts";
import type { OwnProject } from "../project/projectStore.ts";

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
  readonly compiled?: LunaticModule;
  /** What a visitor can edit; undefined: a module only. */
  readonly loadProject?: () => Promise<Project>;
  /** The project is the visitor's own: it lives in his browser, not on the page's server. */
  readonly own?: OwnProject;
  /** It came by a link that holds the whole project: the value of its `project`. */
  readonly sharedAs?: string;
}

/** `project`: an example that visitors can edit. */
export type ProgramGroup = "project" | "example" | "load" | "own";

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
  readonly project?: string;
  /** Missing: it is compiled in the page. */
  readonly wasm?: string;
}

/** What lies at `CatalogEntry.project`. */
export interface ProjectFile {
  readonly entry: string;
  readonly files: readonly (readonly [string, string])[];
}

/** The page's files are not where they should be: a fault of its server, not of the visitor. */
export class CatalogError extends Error {
  override readonly name = "CatalogError";
  readonly url: string;

  constructor(url: string, found: string) {
    super(`Cannot read ${url}: ${found}; serve the whole dist folder of the playground`);
    this.url = url;
  }
}

/** @throws CatalogError when the list cannot be read */
export async function loadCatalog(): Promise<Program[]> {
  const response = await fetchFile("programs/index.json");
  const entries = (await response.json()) as readonly CatalogEntry[];
  return entries.map(({ name, kind, title, description, args, env, source, project, wasm }) => ({
    name,
    group: kind,
    title,
    description,
    args,
    env,
    loadSource: source === undefined ? undefined : async () => (await fetchFile(source)).text(),
    fetchModule: wasm === undefined ? undefined : () => fetchFile(wasm),
    ...(project === undefined ? {} : { loadProject: () => loadProject(project) }),
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

async function fetchFile(url: string): Promise<Response> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new CatalogError(url, error instanceof Error ? error.message : String(error));
  });
  if (!response.ok)
    throw new CatalogError(url, `the server answered ${response.status} ${response.statusText}`.trim());
  return response;
}
