import type { RunningEnvironment, RunOptions } from "@lunatic-web/runtime";
import { EventKind } from "@lunatic-web/runtime/inspect";

/** Everything but output, which comes by a way that loses nothing however fast it flows. */
const OBSERVED_KINDS = Object.values(EventKind).filter((kind) => kind !== EventKind.Output);

/** How a run goes, apart from what runs. */
export interface RunSettings extends Pick<RunOptions, "deterministic" | "executors"> {
  /** Called before the first instruction. */
  readonly prepare?: (environment: RunningEnvironment) => Promise<void>;
}

/** What a run was started with, beside its program. */
export interface StartedWith {
  readonly args: readonly string[];
  /** undefined: it is not deterministic. */
  readonly seed: number | undefined;
}

/** What the runtime is told of a run. One that is prepared is known while it is. */
export function launchOptions(
  { prepare, deterministic, executors }: RunSettings,
  adopt: (environment: RunningEnvironment) => void,
): Pick<RunOptions, "inspect" | "deterministic" | "executors" | "prepare"> {
  return {
    inspect: { kinds: OBSERVED_KINDS },
    ...(deterministic && { deterministic }),
    ...(executors !== undefined && { executors }),
    ...(prepare && {
      prepare: async (environment) => {
        adopt(environment);
        await prepare(environment);
      },
    }),
  };
}
