import { InstrumentError, instantiateStandalone } from "../../index.ts";
import { sameTrap, trapKind } from "../spec/trapKind.ts";

/** Something a module did that can be told from outside. */
interface Observation {
  readonly what: string;
  readonly value: string;
}

/** A running module, original or instrumented. */
interface Subject {
  readonly exports: WebAssembly.Exports;
  /** Address of a byte written outside of the guest's memory. */
  findDamage?(): number | undefined;
  /** The guest's memory now. */
  memory(): Uint8Array;
}

/** How a module is to be driven. */
export interface Plan {
  /** Exported functions to call, in order, with their arguments. */
  readonly calls: readonly { readonly name: string; readonly args: readonly (number | bigint)[] }[];
  /** Sets the call budget before each call: modules of `generateModule` have one. */
  readonly budget?: { readonly global: string; readonly value: number };
  /** Fuel per slice and whether every growth moves the region, for the instrumented module. */
  readonly sliceFuel: number;
  readonly movesAlways: boolean;
  /** Imports of the module, which tell what they were called with; default: those of `generateModule`. */
  readonly imports?: (log: Log) => WebAssembly.Imports;
}

/** Takes down something that a module did. */
export type Log = (what: string, value: string) => void;

/**
 * Runs a module as it is and instrumented, and tells the first difference: results, kind of trap, calls of imports,
 * values of globals, the whole memory after every call, and
 * writes around the region. `undefined` when there is none.
 */
export function firstDifference(bytes: Uint8Array<ArrayBuffer>, plan: Plan): string | undefined {
  const original = observe(plan, (imports) => {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
    const memory = exports.memory as WebAssembly.Memory;
    return { exports, memory: () => new Uint8Array(memory.buffer) };
  });
  const instrumented = observe(plan, (imports) => {
    const { sliceFuel, movesAlways } = plan;
    const instance = instantiateStandalone(bytes, imports, { sliceFuel, movesAlways });
    return {
      exports: instance.exports as WebAssembly.Exports,
      memory: () => instance.memoryBytes(),
      findDamage: () => instance.findDamage(),
    };
  });
  for (let i = 0; i < Math.max(original.length, instrumented.length); i++) {
    const [a, b] = [original[i], instrumented[i]];
    if (a?.what === b?.what && (a?.value === b?.value || bothTraps(a, b))) continue;
    return `${a?.what}: original ${a?.value}, instrumented ${b?.what === a?.what ? "" : `(${b?.what}) `}${b?.value}`;
  }
  return undefined;
}

function bothTraps(a: Observation | undefined, b: Observation | undefined): boolean {
  const prefix = "trap ";
  if (!a?.value.startsWith(prefix) || !b?.value.startsWith(prefix)) return false;
  const kinds = [a, b].map(({ value }) => value.slice(prefix.length)) as [string, string];
  // An atomic access that is both unaligned and outside may trap for either: engines check in different orders.
  return sameTrap(...kinds) || kinds.every((kind) => kind === "alignment" || kind.endsWith("bounds"));
}

function observe(plan: Plan, instantiate: (imports: WebAssembly.Imports) => Subject): Observation[] {
  const seen: Observation[] = [];
  const log: Log = (what, value) => void seen.push({ what, value });
  let subject: Subject;
  try {
    subject = instantiate((plan.imports ?? ownImports)(log));
  } catch (error) {
    log("instantiation", ending(error));
    return seen;
  }
  log("memory after instantiation", digest(subject.memory()));
  plan.calls.forEach(({ name, args }, index) => {
    const call = `call ${index}, ${name}(${args.join(", ")})`;
    const budget = plan.budget && (subject.exports[plan.budget.global] as WebAssembly.Global);
    if (budget && plan.budget) budget.value = plan.budget.value;
    try {
      log(call, text((subject.exports[name] as (...values: unknown[]) => unknown)(...args)));
    } catch (error) {
      log(call, ending(error));
    }
    for (const [key, value] of Object.entries(subject.exports)) {
      if (value instanceof WebAssembly.Global && key !== plan.budget?.global) {
        log(`global ${key} after ${call}`, globalText(value));
      }
    }
    log(`memory after ${call}`, digest(subject.memory()));
    const damage = subject.findDamage?.();
    if (damage !== undefined) log(`a byte outside the memory after ${call}`, `written at ${damage}`);
  });
  return seen;
}

function ownImports(log: Log): WebAssembly.Imports {
  return {
    host: {
      log_i32: (value: number) => log("log_i32", String(value)),
      log_i64: (value: bigint) => {
        log("log_i64", String(value));
        return Number(value & 0xffn);
      },
    },
  };
}

function ending(error: unknown): string {
  if (error instanceof InstrumentError) throw error;
  if (error instanceof WebAssembly.RuntimeError) return `trap ${trapKind(error.message)}`;
  if (error instanceof RangeError) return "stack exhausted";
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function text(value: unknown): string {
  if (Array.isArray(value)) return value.map(text).join(", ");
  // Engines name an exported function by its index, which instrumentation shifts.
  if (typeof value === "function") return "a function";
  return Object.is(value, -0) ? "-0" : String(value);
}

function globalText(global: WebAssembly.Global): string {
  try {
    return text(global.value);
  } catch (error) {
    // A v128 has no value in JavaScript.
    if (error instanceof TypeError) return "v128";
    throw error;
  }
}

/** Size and FNV-1a hash: a difference in any byte shows, and reports stay short. */
function digest(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2);
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ (words[i] ?? 0), 0x01000193);
  return `${bytes.length} bytes, hash ${(hash >>> 0).toString(16)}`;
}
