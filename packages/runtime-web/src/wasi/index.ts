export type { Finish, WasiBinding } from "./binding.ts";
export { createWasiContext, type WasiClock, type WasiContext, type WasiContextOptions } from "./context.ts";
export type { Stdio } from "./descriptors/stdio.ts";
export { WASI_BLOCKING, WASI_MODULE, wasiFunctions } from "./functions/index.ts";
export { ProcExit } from "./procExit.ts";
