import type { Diagnostic } from "@lunatic-web/sdk";
import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Project } from "../project/project.ts";
import { explainError, type PlainError } from "../run/plainError.ts";
import type { ProjectCompiler } from "./projectCompiler.ts";

/** What the compiler says of a project while it is being edited. */
export interface Checker {
  /** Of the newest project that was compiled; those of an older text stay until it is. */
  readonly diagnostics: ReadonlySignal<readonly Diagnostic[]>;
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
    } catch (thrown) {
      if (isSuperseded(thrown) || project.peek() !== checked) return;
      batch(() => {
        failure.value = explainError(thrown);
        isStale.value = false;
      });
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
    isStale,
    failure,
    stop() {
      stopWatching();
      clearTimeout(timer);
    },
  };
}

/** By name: the class itself would bring the compiler's client into what every visitor downloads. */
function isSuperseded(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === "CompileSupersededError";
}
