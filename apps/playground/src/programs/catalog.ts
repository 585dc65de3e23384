import type { LunaticModule } from "@lunatic-web/runtime";

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
}

export type ProgramGroup = "example" | "load" | "own";

/** An entry of programs/index.json, which the build makes of the guests' own index (build/programFiles.ts). */
export interface CatalogEntry {
  readonly name: string;
  readonly kind: "example" | "load";
  readonly title: string;
  readonly description: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Addresses relative to the page. */
  readonly source: string;
  readonly wasm: string;
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
  return entries.map((entry) => ({
    name: entry.name,
    group: entry.kind,
    title: entry.title,
    description: entry.description,
    args: entry.args,
    env: entry.env,
    loadSource: async () => (await fetchFile(entry.source)).text(),
    fetchModule: () => fetchFile(entry.wasm),
  }));
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
  if (!response.ok) throw new CatalogError(url, `the server answered ${response.status}`);
  return response;
}
