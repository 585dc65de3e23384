import type { Diagnostic } from "@lunatic-web/sdk";
import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Project } from "../project/project.ts";
import { explainError, type PlainError } from "../run/plainError.ts";
import type { ProjectCompiler } from "./projectCompiler.ts";

/** What the compiler says of a project while it is being edited. */
export interface Checker {
  /** Of the newest project that was compiled; those of an older text stay until it is. */
  readonly diagnostics: ReadonlySignal<readonly Diagnostic[]>;
  /**
   * What the compiler adds to the files, for the editor's language service. While the program does not parse, what the
   * last one that did had: what is being typed tears a class apart, and its members should be offered nevertheless.
   */
  readonly declarations: ReadonlySignal<ReadonlyMap<string, string>>;
  /** Whether the project has changed since, or is being compiled. */
  readonly isStale: ReadonlySignal<boolean>;
  /** Why there is no result, which is no fault of the program: the compiler could not be loaded, say. */
  readonly failure: ReadonlySignal<PlainError | undefined>;
  stop(): void;
}

/**
 * @param isWanted from when on it compiles: before, a visitor only reads, and needs no compiler
 * @param delayMs without a change before it compiles
 */
export function createChecker(
  compiler: ProjectCompiler,
  project: ReadonlySignal<Project>,
  isWanted: ReadonlySignal<boolean>,
  delayMs = 350,
): Checker {
  const diagnostics = signal<readonly Diagnostic[]>([]);
  const declarations = signal<ReadonlyMap<string, string>>(new Map());
  const isStale = signal(true);
  const failure = signal<PlainError | undefined>(undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function check(checked: Project): Promise<void> {
    try {
      const result = await compiler.check(checked);
      if (project.peek() !== checked) return;
      batch(() => {
        diagnostics.value = result.diagnostics;
        failure.value = undefined;
        isStale.value = false;
      });
      await declare(checked, result.diagnostics.some(isSyntaxError));
    } catch (thrown) {
      if (isNamed(thrown, "CompileSupersededError") || project.peek() !== checked) return;
      batch(() => {
        failure.value = explainError(thrown);
        isStale.value = false;
      });
    }
  }

  async function declare(checked: Project, isBroken: boolean): Promise<void> {
    const found = await declarationsOf(checked);
    if (project.peek() !== checked) return;
    declarations.value = isBroken ? new Map([...found, ...declarations.peek()]) : found;
  }

  /** Its thread may be ended meanwhile, because of another compile that goes on and on. */
  async function declarationsOf(checked: Project): Promise<ReadonlyMap<string, string>> {
    try {
      return await compiler.declarations(checked);
    } catch (thrown) {
      if (!isNamed(thrown, "CompilerRestartedError")) throw thrown;
      return compiler.declarations(checked);
    }
  }

  const stopWatching = effect(() => {
    const changed = project.value;
    isStale.value = true;
    clearTimeout(timer);
    if (!isWanted.value) return;
    timer = setTimeout(() => void check(changed), delayMs);
  });

  return {
    diagnostics,
    declarations,
    isStale,
    failure,
    stop() {
      stopWatching();
      clearTimeout(timer);
    },
  };
}

/** AssemblyScript numbers the messages of its parser as TypeScript does: from 1000 to 1999. */
function isSyntaxError({ severity, code }: Diagnostic): boolean {
  return severity === "error" && code >= 1000 && code < 2000;
}

/** By name: the class itself would bring the compiler's client into what every visitor downloads. */
function isNamed(thrown: unknown, name: string): boolean {
  return thrown instanceof Error && thrown.name === name;
}
