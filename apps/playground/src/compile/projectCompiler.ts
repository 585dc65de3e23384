import type { CompileResult, Compiler } from "@lunatic-web/sdk";
import { isSource } from "../project/path.ts";
import type { Project } from "../project/project.ts";

/**
 * Compiles projects for two who ask: the run, which must get its result, and the check while somebody types, which
 * is worth something only while nothing newer was typed. What was compiled last is not compiled again.
 */
export class ProjectCompiler {
  readonly #load: () => Promise<Compiler>;
  #last: { readonly project: Project; readonly result: Promise<CompileResult> } | undefined;
  /** Ends when the run that is being compiled for has its result. */
  #building: Promise<unknown> | undefined;

  /** @param load called at the first compile: the compiler is megabytes that a visitor who only looks does not need */
  constructor(load: () => Promise<Compiler>) {
    let loaded: Promise<Compiler> | undefined;
    this.#load = () => {
      loaded ??= load();
      loaded.catch(() => {
        loaded = undefined;
      });
      return loaded;
    };
  }

  /**
   * For a run: no check takes its place.
   * @throws what the compiler throws; errors of the program are in the result
   */
  build(project: Project, signal?: AbortSignal): Promise<CompileResult> {
    const result = this.#compile(project, signal);
    const done = result
      .catch(() => {})
      .then(() => {
        if (this.#building === done) this.#building = undefined;
      });
    this.#building = done;
    return result;
  }

  /** @throws CompileSupersededError a newer project came */
  async check(project: Project): Promise<CompileResult> {
    if (this.#last?.project !== project) await this.#building;
    return this.#compile(project);
  }

  /**
   * What a compile adds to the files, for the editor.
   * @returns TypeScript declarations by path, for files to which something is added
   * @throws CompilerRestartedError ask again
   */
  async declarations(project: Project): Promise<ReadonlyMap<string, string>> {
    const compiler = await this.#load();
    return compiler.declarations(sourcesOf(project));
  }

  #compile(project: Project, signal?: AbortSignal): Promise<CompileResult> {
    if (this.#last?.project === project && !signal?.aborted) return this.#last.result;
    const files = sourcesOf(project);
    const result = this.#load().then((compiler) => compiler.compile({ files, entry: project.entry }, signal));
    const entry = { project, result };
    this.#last = entry;
    result.then(
      ({ crashed }) => {
        if (crashed && this.#last === entry) this.#last = undefined;
      },
      () => {
        if (this.#last === entry) this.#last = undefined;
      },
    );
    return result;
  }
}

function sourcesOf(project: Project): Map<string, string> {
  return new Map([...project.files].filter(([path]) => isSource(path)));
}
