import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import type { CompileRequest, CompileResult } from "@lunatic-web/sdk";
import { defaultServerConditions, runnerImport } from "vite";
import { isSource } from "../src/project/path.ts";
import type { ProjectFile } from "../src/project/projectFile.ts";

/** A project as the compiler in the page makes it, so that who only looks needs no compiler. */
export interface PrebuiltModule {
  readonly wasm: Buffer;
  readonly sourceMap: string;
}

interface Compiling {
  compile(request: CompileRequest): CompileResult;
}

/** Compiles projects of the page while it is built, each content once: what was compiled lies in a folder by its hash. */
export class ModuleBuilder {
  readonly #sdk: string;
  readonly #cache: string;
  #compiler: Promise<Compiling> | undefined;

  /**
   * @param sdk   the folder of the framework and its compiler, in sources
   * @param cache folder for what was compiled; made when it is missing
   */
  constructor(sdk: string, cache: string) {
    this.#sdk = sdk;
    this.#cache = cache;
  }

  /** @throws Error the project does not compile */
  async build(name: string, { files, entry }: ProjectFile): Promise<PrebuiltModule> {
    const path = join(this.#cache, this.keyOf({ files, entry }));
    try {
      return { wasm: readFileSync(`${path}.wasm`), sourceMap: readFileSync(`${path}.map`, "utf8") };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    this.#compiler ??= loadCompiler(join(this.#sdk, "compiler/compile.ts"));
    const sources = new Map(files.filter(([file]) => isSource(file)));
    const { wasm, sourceMap, diagnostics } = (await this.#compiler).compile({ files: sources, entry });
    if (wasm === undefined || sourceMap === undefined) {
      const [first] = diagnostics;
      throw new Error(`The example ${name} does not compile: ${first?.message ?? "no reason is known"}`);
    }
    mkdirSync(this.#cache, { recursive: true });
    writeFileSync(`${path}.map`, sourceMap);
    // Last: where it is, the map is too.
    writeFileSync(`${path}.wasm`, wasm);
    return { wasm: Buffer.from(wasm), sourceMap };
  }

  /** Other for another project, and for another framework or compiler. */
  keyOf({ files, entry }: ProjectFile): string {
    const hash = createHash("sha256").update(JSON.stringify([entry, files, assemblyScriptVersion()]));
    for (const folder of ["assembly", "compiler", "transform"]) {
      for (const path of listFiles(join(this.#sdk, folder))) {
        hash.update(relative(this.#sdk, path).replaceAll("\\", "/")).update(readFileSync(path));
      }
    }
    return hash.digest("hex").slice(0, 32);
  }
}

function assemblyScriptVersion(): string {
  const require = createRequire(import.meta.url);
  return (require("assemblyscript/package.json") as { version: string }).version;
}

/** From its sources, as all of the workspace is used. */
async function loadCompiler(path: string): Promise<Compiling> {
  const { module } = await runnerImport<Compiling>(path, {
    configFile: false,
    logLevel: "warn",
    environments: {
      inline: { resolve: { conditions: ["@lunatic-web/source", ...defaultServerConditions] } },
    },
  });
  return module;
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "testing" && !name.endsWith(".test.ts"))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? listFiles(path) : [path];
    })
    .sort();
}
