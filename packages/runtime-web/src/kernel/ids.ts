declare const pidBrand: unique symbol;
declare const moduleIdBrand: unique symbol;
declare const environmentIdBrand: unique symbol;

/** Process id: counts from 1 within its environment, never reused. u64 in the ABI; a safe integer here. */
export type Pid = number & { readonly [pidBrand]: true };
/** Id of a compiled module, given by the hub, the same on every executor of a runtime. */
export type ModuleId = number & { readonly [moduleIdBrand]: true };
export type EnvironmentId = number & { readonly [environmentIdBrand]: true };
/** Index of an executor within its runtime, 0 to 253. */
export type ExecutorIndex = number;

/** The "module" of a process whose code runs on the page; the hub's ids count from 1. */
export const PAGE_MODULE = 0 as ModuleId;

/** "No process": what the inspector shows as parent of a root, and the sender of a message from outside. */
export const NO_PID = 0 as Pid;
