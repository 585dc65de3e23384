import { InstrumentError } from "../../index.ts";
import type { Action, Command, Script } from "./corpus.ts";
import { type Engine, resultTypes } from "./engine.ts";
import { callExactly, matches, type ResultValue } from "./exactCall.ts";
import { createSpectest } from "./spectest.ts";
import { sameTrap, trapKind } from "./trapKind.ts";
import { typeOf } from "./values.ts";

/**
 * What became of a command: it held; it did not, for the reason given; the instrumenter refuses the module; or it could not run, because a module it needs was refused before.
 */
export type Outcome =
  | { readonly kind: "held" }
  | { readonly kind: "broken"; readonly reason: string }
  | { readonly kind: "unsupported"; readonly finding: string }
  | { readonly kind: "withoutModule" };

/** Runs a script from its first command to its last and tells of each what became of it. */
export function runScript(
  script: Script,
  modules: readonly Uint8Array<ArrayBuffer>[],
  engine: Engine,
): Outcome[] {
  const run = new ScriptRun(modules, engine);
  return script.commands.map((command) => run.execute(command));
}

const HELD: Outcome = { kind: "held" };

interface LoadedModule {
  readonly exports: WebAssembly.Exports;
  readonly results: ReadonlyMap<string, readonly string[]>;
}

/** How running something ended. */
type Ending =
  | { readonly kind: "returned"; readonly results: readonly ResultValue[] }
  | {
      readonly kind: "trap" | "exhaustion" | "exception" | "link" | "refused" | "other";
      readonly text: string;
    };

class MissingModule extends Error {}

class ScriptRun {
  readonly #modules: readonly Uint8Array<ArrayBuffer>[];
  readonly #engine: Engine;
  /** By the script's names; "" is the latest. An instance that was refused is there as `undefined`. */
  readonly #instances = new Map<string, LoadedModule | undefined>();
  readonly #definitions = new Map<string, number>();
  readonly #registered = new Map<string, Record<string, WebAssembly.ImportValue> | undefined>([
    ["spectest", createSpectest()],
  ]);

  constructor(modules: readonly Uint8Array<ArrayBuffer>[], engine: Engine) {
    this.#modules = modules;
    this.#engine = engine;
  }

  execute(command: Command): Outcome {
    try {
      return this.#execute(command);
    } catch (error) {
      if (error instanceof MissingModule) return { kind: "withoutModule" };
      if (error instanceof InstrumentError) return { kind: "unsupported", finding: error.finding };
      throw error;
    }
  }

  #execute(command: Command): Outcome {
    switch (command.type) {
      case "module":
        return this.#define(command.name, command.module);
      case "module_definition": {
        this.#definitions.set(command.name ?? "", command.module);
        const ending = compiled(this.#engine, this.#bytes(command.module));
        return ending.kind === "returned" ? HELD : broken("a definition", ending);
      }
      case "module_instance": {
        const definition = this.#definitions.get(command.definition ?? "");
        if (definition === undefined)
          throw new Error(`Line ${command.line} instantiates an unknown definition`);
        return this.#define(command.instance, definition);
      }
      case "register": {
        const instance = this.#instances.get(command.name ?? "");
        this.#registered.set(
          command.as,
          instance?.exports as Record<string, WebAssembly.ImportValue> | undefined,
        );
        return instance === undefined ? { kind: "withoutModule" } : HELD;
      }
      case "action": {
        const ending = this.#act(command.action, undefined);
        return ending.kind === "returned" ? HELD : broken("results", ending);
      }
      case "assert_return": {
        const ending = this.#act(command.action, command.expected);
        const held = ending.kind === "returned" && matches(ending.results, command.expected);
        return held ? HELD : broken(command.expected.join(", ") || "nothing", ending);
      }
      case "assert_trap":
        return expectTrap(this.#act(command.action, undefined), command.text);
      case "assert_exhaustion":
        return expectEnding(this.#act(command.action, undefined), "exhaustion");
      case "assert_exception":
        return expectEnding(this.#act(command.action, undefined), "exception");
      case "assert_invalid":
      case "assert_malformed": {
        return this.#mustRefuse(command.module);
      }
      case "assert_unlinkable":
        return expectEnding(this.#instantiate(command.module).ending, "link");
      case "assert_uninstantiable":
        return expectTrap(this.#instantiate(command.module).ending, command.text);
      default:
        return command satisfies never;
    }
  }

  /** Invalid modules may be refused for any reason, also as unsupported. */
  #mustRefuse(module: number): Outcome {
    try {
      return expectEnding(compiled(this.#engine, this.#bytes(module)), "refused");
    } catch (error) {
      if (error instanceof InstrumentError) return HELD;
      throw error;
    }
  }

  /** Instantiates a module and gives it its name; until that has worked the name leads nowhere. */
  #define(name: string | undefined, module: number): Outcome {
    const names = name === undefined ? [""] : ["", name];
    for (const key of names) this.#instances.set(key, undefined);
    const { ending, exports } = this.#instantiate(module);
    if (exports === undefined) return broken("an instance", ending);
    for (const key of names) this.#instances.set(key, { exports, results: resultTypes(this.#bytes(module)) });
    return HELD;
  }

  #instantiate(module: number): { ending: Ending; exports?: WebAssembly.Exports } {
    let exports: WebAssembly.Exports | undefined;
    const ending = ended(() => {
      const bytes = this.#bytes(module);
      this.#engine.compile(bytes);
      exports = this.#engine.instantiate(bytes, this.#imports(bytes));
      return [];
    });
    return exports === undefined ? { ending } : { ending, exports };
  }

  /** What the module imports of what is registered; to need one of a module that was refused ends the command. */
  #imports(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Imports {
    const imports: WebAssembly.Imports = {};
    for (const { module } of WebAssembly.Module.imports(new WebAssembly.Module(bytes))) {
      if (!this.#registered.has(module)) continue;
      const exports = this.#registered.get(module);
      if (exports === undefined) throw new MissingModule();
      imports[module] = exports;
    }
    return imports;
  }

  #act(action: Action, expected: readonly string[] | undefined): Ending {
    const instance = this.#instances.get(action.module ?? "");
    if (instance === undefined) throw new MissingModule();
    const target = instance.exports[action.field];
    if (action.type === "get") {
      const getter = globalGetter(target as WebAssembly.Global, expected?.[0]);
      return ended(() => callExactly(getter, [], expected?.map(typeOf)));
    }
    const results = expected?.map(typeOf) ?? instance.results.get(action.field);
    return ended(() => callExactly(target as () => unknown, action.args ?? [], results));
  }

  #bytes(module: number): Uint8Array<ArrayBuffer> {
    const bytes = this.#modules[module];
    if (bytes === undefined) throw new Error(`The corpus has no module ${module}`);
    return bytes;
  }
}

/** An exported global as a wasm function, so that its bits are read as exactly as a function's results. */
function globalGetter(global: WebAssembly.Global, expected: string | undefined): () => unknown {
  const type = expected === undefined ? "" : typeOf(expected);
  const code = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b }[type];
  if (code === undefined) return () => global.value;
  for (const mutable of [0, 1]) {
    const bytes = new Uint8Array([
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      ...[1, 5, 1, 0x60, 0, 1, code],
      ...[2, 8, 1, 1, 0x67, 1, 0x67, 3, code, mutable],
      ...[3, 2, 1, 0],
      ...[7, 5, 1, 1, 0x66, 0, 0],
      ...[10, 6, 1, 4, 0, 0x23, 0, 0x0b],
    ]);
    try {
      const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { g: { g: global } });
      return instance.exports.f as () => unknown;
    } catch (error) {
      if (!(error instanceof WebAssembly.LinkError) || mutable === 1) throw error;
    }
  }
  throw new Error(`No global of type ${type} is exported`);
}

function compiled(engine: Engine, bytes: Uint8Array<ArrayBuffer>): Ending {
  return ended(() => {
    engine.compile(bytes);
    return [];
  });
}

function ended(run: () => readonly ResultValue[]): Ending {
  try {
    return { kind: "returned", results: run() };
  } catch (error) {
    if (error instanceof MissingModule || error instanceof InstrumentError) throw error;
    const text = String(error);
    // Engines report an exhausted stack as a RangeError (V8) or an InternalError (SpiderMonkey).
    if (error instanceof RangeError || /too much recursion/.test(text)) return { kind: "exhaustion", text };
    if (error instanceof WebAssembly.RuntimeError) return { kind: "trap", text };
    // A missing import module is a TypeError by the JavaScript API.
    if (error instanceof WebAssembly.LinkError || (error instanceof TypeError && /import/i.test(text))) {
      return { kind: "link", text };
    }
    if (error instanceof WebAssembly.CompileError) return { kind: "refused", text };
    if (/\[object WebAssembly.Exception\]|WebAssembly.Exception/.test(text))
      return { kind: "exception", text };
    return { kind: "other", text };
  }
}

function expectEnding(ending: Ending, kind: Ending["kind"]): Outcome {
  return ending.kind === kind ? HELD : broken(kind, ending);
}

function expectTrap(ending: Ending, text: string): Outcome {
  const held = ending.kind === "trap" && sameTrap(trapKind(ending.text), trapKind(text));
  return held ? HELD : broken(`trap "${text}"`, ending);
}

function broken(expected: string, ending: Ending): Outcome {
  const found =
    ending.kind === "returned"
      ? `returned ${ending.results.map((r) => ("bits" in r ? `0x${r.bits.toString(16)}` : String(r.reference))).join(", ")}`
      : `${ending.kind}: ${ending.text}`;
  return { kind: "broken", reason: `expected ${expected}, found ${found}` };
}
