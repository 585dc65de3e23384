/**
 * The WebAssembly test suite as `buildCorpus.mjs` wrote it. Commands keep the names the suite's tools gave them;
 * values are texts, see `values.ts`.
 */
export interface Corpus {
  /** The crate and version the scripts come from. */
  readonly source: string;
  readonly licence: string;
  /** Binary modules in base64; commands name them by index. */
  readonly modules: readonly string[];
  readonly scripts: readonly Script[];
}

/** One .wast file, named `<proposal or core>/<file>`. */
export interface Script {
  readonly name: string;
  readonly commands: readonly Command[];
}

/** A function call or the reading of a global export. */
export interface Action {
  readonly type: "invoke" | "get";
  readonly field: string;
  /** The script's own name of an instance; the latest when absent. */
  readonly module?: string;
  readonly args?: readonly string[];
}

/** A line of a script. `line` is the one in the .wast file. */
export type Command = { readonly line: number } & (
  | { readonly type: "module" | "module_definition"; readonly module: number; readonly name?: string }
  | { readonly type: "module_instance"; readonly instance?: string; readonly definition?: string }
  | { readonly type: "register"; readonly as: string; readonly name?: string }
  | { readonly type: "action" | "assert_exception"; readonly action: Action }
  | { readonly type: "assert_return"; readonly action: Action; readonly expected: readonly string[] }
  | { readonly type: "assert_trap" | "assert_exhaustion"; readonly action: Action; readonly text: string }
  | {
      readonly type: "assert_invalid" | "assert_malformed" | "assert_unlinkable" | "assert_uninstantiable";
      readonly module: number;
      readonly text: string;
    }
);
