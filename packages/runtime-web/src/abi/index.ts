/**
 * Which imports of a module the runtime has.
 * @module @lunatic-web/runtime/abi
 */

export type { FunctionType } from "./linkError.ts";
export { LinkError } from "./linkError.ts";
export type { ModuleImport } from "./linkImports.ts";
export { checkImports } from "./linkImports.ts";
