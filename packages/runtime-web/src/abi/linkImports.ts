import type { HostBinding } from "./binding.ts";
import { asLunaticFunctions, lunaticFunctions } from "./functions/index.ts";
import { guardAllocation, guardBlocking, guardPlain } from "./guard.ts";
import { unknownImportRemedy } from "./importRemedy.ts";
import { type FunctionType, formatType, LinkError } from "./linkError.ts";
import { MessageStage } from "./messageStage.ts";
import { alternativeSignature, hostSignature, mayBlock, WASI_PREVIEW1 } from "./signatures/index.ts";
import {
  type HostFunction,
  type HostFunctions,
  type HostSignature,
  parameterTypes,
  resultTypes,
} from "./signatures/signature.ts";

/** An import of a module, as the instrumenter lists it. Types in text form: `i32`, `i64`, … */
export interface ModuleImport extends FunctionType {
  readonly module: string;
  readonly name: string;
  readonly kind: string;
}

export interface LinkedImports {
  /** The import object, without the instrumenter's own `lunatic_web`. It fits every instance of the module. */
  readonly imports: Record<string, Record<string, (...values: never[]) => unknown>>;
}

/**
 * The host functions that a module imports, for all its processes on one executor.
 *
 * What they throw into the guest: GuestTrap (the ABI's trap), ProcessStopped and WASI's ProcExit (control flow), and
 * HostFault for everything else. A function that has parked its caller has called `binding.parked()` and returns 0.
 * @param wasi the functions of wasi_snapshot_preview1, made for the same executor
 * @throws LinkError an import that is no function, that no host function has, or that has other types. A function
 *   whose feature is missing links; it fails when called.
 */
export function linkImports(
  moduleImports: readonly ModuleImport[],
  binding: HostBinding,
  wasi: HostFunctions,
): LinkedImports {
  const stage = new MessageStage();
  const namespaces: Readonly<Record<string, HostFunctions>> = {
    ...lunaticFunctions(binding, stage),
    [WASI_PREVIEW1]: wasi,
  };
  let asLunatic: Readonly<Record<string, HostFunctions>> | undefined;
  const imports: LinkedImports["imports"] = {};
  const canAllocate = moduleImports.some(({ module }) => module === "lunatic::sqlite");
  for (const match of matchImports(moduleImports)) {
    const { module, name } = match.wanted;
    let implementations = namespaces;
    if (match.isAlternative) {
      asLunatic ??= asLunaticFunctions(binding, stage);
      implementations = asLunatic;
    }
    const implementation = implementations[module]?.[name];
    if (implementation === undefined) throw unimplemented(match.wanted, match.signature);
    imports[module] ??= {};
    imports[module][name] = guard(binding, match.wanted, implementation, canAllocate);
  }
  return { imports };
}

/**
 * Whether every import of a module will link, without linking it.
 * @throws LinkError as linkImports does
 */
export function checkImports(moduleImports: readonly ModuleImport[]): void {
  matchImports(moduleImports);
}

interface Match {
  readonly wanted: ModuleImport;
  readonly signature: HostSignature;
  /** The import has the type that as-lunatic declares. */
  readonly isAlternative: boolean;
}

/** @throws LinkError */
function matchImports(moduleImports: readonly ModuleImport[]): Iterable<Match> {
  const matches = new Map<string, Match>();
  for (const wanted of moduleImports) {
    const match = matchImport(wanted);
    const label = importLabel(wanted);
    const earlier = matches.get(label);
    // An import object has one function per name, so a name cannot mean both.
    if (earlier !== undefined && earlier.isAlternative !== match.isAlternative) {
      throw wrongType(wanted, match.signature);
    }
    matches.set(label, match);
  }
  return matches.values();
}

/**
 * Called as they are: the functions that every message calls guard themselves and tell the executor when they park, and
 * proc_exit throws nothing but control flow, which is not this folder's to know.
 */
const UNGUARDED: ReadonlySet<string> = new Set([
  "lunatic::message::create_data",
  "lunatic::message::write_data",
  "lunatic::message::send",
  "lunatic::message::receive",
  "lunatic::message::read_data",
  "lunatic::message::get_tag",
  `${WASI_PREVIEW1}::proc_exit`,
]);

/** @param canAllocate the module has imports that call its allocator */
function guard(
  binding: HostBinding,
  wanted: ModuleImport,
  implementation: HostFunction,
  canAllocate: boolean,
): HostFunction {
  const label = importLabel(wanted);
  const waits = mayBlock(wanted.module, wanted.name);
  if (UNGUARDED.has(label)) {
    return waits && canAllocate ? guardAllocation(binding, label, implementation) : implementation;
  }
  if (!waits) return guardPlain(binding, label, implementation);
  return guardBlocking(binding, label, implementation, placeholder(wanted.results[0]));
}

/** As in traces: `lunatic::message::send`. */
function importLabel({ module, name }: ModuleImport): string {
  return `${module}::${name}`;
}

/** What a parked call returns: a value that converts to the result's type and that nobody reads. */
function placeholder(resultType: string | undefined): number | bigint | undefined {
  if (resultType === undefined) return undefined;
  return resultType === "i64" ? 0n : 0;
}

/** The host function an import asks for. @throws LinkError there is none of that name, or it has another type */
function matchImport(wanted: ModuleImport): Match {
  const { module, name } = wanted;
  const signature = hostSignature(module, name);
  if (wanted.kind !== "function" || signature === undefined) throw unknownImport(wanted);
  if (hasType(wanted, signature)) return { wanted, signature, isAlternative: false };
  const alternative = alternativeSignature(module, name);
  if (alternative === undefined || !hasType(wanted, alternative)) throw wrongType(wanted, signature);
  return { wanted, signature, isAlternative: true };
}

function hasType(wanted: FunctionType, signature: HostSignature): boolean {
  return (
    sameTypes(wanted.params, parameterTypes(signature)) && sameTypes(wanted.results, resultTypes(signature))
  );
}

function sameTypes(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((type, index) => type === b[index]);
}

function unknownImport(wanted: ModuleImport): LinkError {
  const { module, name: importName } = wanted;
  const isFunction = wanted.kind === "function";
  return new LinkError({
    module,
    importName,
    problem: isFunction
      ? "no host function has this name"
      : `the module imports a ${wanted.kind}, but a host of lunatic provides functions only`,
    found: isFunction ? { params: wanted.params, results: wanted.results } : undefined,
    remedy: unknownImportRemedy(module, importName),
  });
}

function wrongType(wanted: ModuleImport, signature: HostSignature): LinkError {
  const expected = { params: parameterTypes(signature), results: resultTypes(signature) };
  const found = { params: wanted.params, results: wanted.results };
  const described = formatType({ params: signature.params, results: expected.results });
  return new LinkError({
    module: wanted.module,
    importName: wanted.name,
    problem: `the module imports it as ${formatType(found)}, the host has ${described}`,
    expected,
    found,
    remedy: "build the guest with a lunatic crate from 0.12 to 0.14",
  });
}

/** The tables list it, but whoever made `functions` left it out: a mistake of the embedding, told as such. */
function unimplemented(wanted: ModuleImport, signature: HostSignature): LinkError {
  return new LinkError({
    module: wanted.module,
    importName: wanted.name,
    problem: "the host knows this function but was built without it",
    expected: { params: parameterTypes(signature), results: resultTypes(signature) },
    found: { params: wanted.params, results: wanted.results },
    remedy: "report this to Lunatic Web",
  });
}
