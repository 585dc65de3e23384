import type { EntryParam } from "../entryParams.ts";
import { demangle } from "./rustSymbol.ts";
import { isScriptName, processClassOf, shortScriptName } from "./scriptName.ts";
import { shortRustName } from "./shortName.ts";

/** What a process is in the terms of its guest's library. Host ABI ch. 13. */
export type ProcessKind =
  /** The root, entered by `_start`. */
  | "main"
  /** Runs one function or closure. */
  | "function"
  /** lunatic-rs's AbstractProcess. */
  | "abstractProcess"
  | "supervisor"
  /** A function that talks to its parent by a protocol. */
  | "protocol"
  /** A protocol of one step: it sends its result to the parent and ends. */
  | "task"
  | "test"
  /** Spawned by the name of an export. */
  | "other";

export interface ProcessDescription {
  readonly kind: ProcessKind;
  /** Short, for people: `main`, `grow`, `Counter`. */
  readonly name: string;
  /** The Rust path of the function or type, if the module has names. */
  readonly path: string | undefined;
}

/** What naming needs to know of a module. */
export interface ModuleNames {
  /** Symbol of the function in a slot of table 0, as the name section has it; undefined if there is none. */
  functionName(tableIndex: number): string | undefined;
  /** All symbols of the name section. Asked once for a module that has AbstractProcesses. */
  allFunctionNames(): Iterable<string>;
}

const SPAWN_BY_INDEX = /^_lunatic_spawn_by_index_/;
const AS_LUNATIC_BOOTSTRAP = /^__lunatic_process_bootstrap/;
const TEST = /^#lunatic_test_(?:#ignore_)?(?:#panic_(?:\\#|[^#])*#)?(.*)$/s;
/** lunatic-rs makes a wrapper in this module for a process that talks by a protocol. */
const PROTOCOL_WRAPPER = /^lunatic::protocol::/;
/** State in which a task's protocol ends; legacy mangling does not show it. */
const TASK_STATE = "lunatic::protocol::TaskEnd";
const LIFECYCLE_ENTRY = /^lunatic::ap::lifecycles::entry(?:::<(.*)>)?$/s;
/** Only the start-up code of a supervisor handles this type; it tells a supervisor from another AbstractProcess. */
const SUPERVISOR_STATE = /\blunatic::supervisor::SupervisorConfig<([^<>]*(?:<[^<>]*>)?[^<>]*)>/;

/**
 * Kind and name of a process, from how it was spawned. What a module without names cannot tell is left out: its
 * functions are called by their table index.
 */
export function describeProcess(
  entry: string,
  params: readonly EntryParam[],
  names: ModuleNames,
): ProcessDescription {
  if (entry === "_start") return { kind: "main", name: "main", path: undefined };
  const test = TEST.exec(entry);
  if (test !== null) return { kind: "test", name: test[1]!, path: undefined };
  if (SPAWN_BY_INDEX.test(entry)) return describeSpawnByIndex(params, names);
  if (AS_LUNATIC_BOOTSTRAP.test(entry)) return describeFunction("function", indexAt(params, 0), names);
  return { kind: "other", name: entry, path: undefined };
}

/** params: table indexes of lunatic-rs's wrapper and of the author's function (host ABI ch. 12.3). */
function describeSpawnByIndex(params: readonly EntryParam[], names: ModuleNames): ProcessDescription {
  const wrapper = pathAt(indexAt(params, 0), names) ?? "";
  const target = indexAt(params, 1);
  const script = processClassOf(pathAt(target, names) ?? "");
  if (script !== undefined) return { kind: "abstractProcess", name: script, path: script };
  const lifecycle = LIFECYCLE_ENTRY.exec(pathAt(target, names) ?? "");
  if (lifecycle === null) {
    if (!PROTOCOL_WRAPPER.test(wrapper)) return describeFunction("function", target, names);
    return describeFunction(wrapper.includes(TASK_STATE) ? "task" : "protocol", target, names);
  }
  const type = lifecycle[1];
  // Legacy mangling has no generic arguments.
  if (type === undefined) return { kind: "abstractProcess", name: "AbstractProcess", path: undefined };
  const kind = supervisorTypes(names).has(type) ? "supervisor" : "abstractProcess";
  return { kind, name: shortRustName(type), path: type };
}

function describeFunction(
  kind: ProcessKind,
  tableIndex: number | undefined,
  names: ModuleNames,
): ProcessDescription {
  const path = pathAt(tableIndex, names);
  if (path !== undefined) {
    return { kind, name: isScriptName(path) ? shortScriptName(path) : shortRustName(path), path };
  }
  return { kind, name: tableIndex === undefined ? "function" : `function ${tableIndex}`, path };
}

function pathAt(tableIndex: number | undefined, names: ModuleNames): string | undefined {
  const symbol = tableIndex === undefined ? undefined : names.functionName(tableIndex);
  return symbol === undefined ? undefined : demangle(symbol);
}

/** A table index; wasm passes it as a signed i32. */
function indexAt(params: readonly EntryParam[], position: number): number | undefined {
  const param = params[position];
  return param?.type === "i32" ? param.value >>> 0 : undefined;
}

const supervisorTypesOf = new WeakMap<ModuleNames, ReadonlySet<string>>();

function supervisorTypes(names: ModuleNames): ReadonlySet<string> {
  let types = supervisorTypesOf.get(names);
  if (types === undefined) {
    const found = new Set<string>();
    for (const symbol of names.allFunctionNames()) {
      // Demangling a whole module is slow; few symbols contain the word.
      if (!symbol.includes("SupervisorConfig")) continue;
      const type = SUPERVISOR_STATE.exec(demangle(symbol))?.[1];
      if (type !== undefined) found.add(type);
    }
    types = found;
    supervisorTypesOf.set(names, types);
  }
  return types;
}
