export { InstrumentError } from "./instrument/index.ts";
export type { ExitCause } from "./kernel/exit.ts";
export { ExitCode } from "./kernel/exit.ts";
export { createRuntime } from "./page/createRuntime.ts";
export { ImportError, RunError, UnsupportedBrowserError } from "./page/errors.ts";
export type {
  Capabilities,
  ExitReport,
  InspectOptions,
  LunaticModule,
  Output,
  RunningEnvironment,
  RunOptions,
  Runtime,
  RuntimeOptions,
} from "./page/types.ts";
