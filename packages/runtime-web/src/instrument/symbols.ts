/** What names and numbers of an instrumented module mean in the guest's own terms. */
import { readNameMap } from "./binary/nameSection.ts";
import type { InstrumentInfo } from "./info.ts";

const decodedNames = new WeakMap<Uint8Array, Map<number, string>>();

/**
 * The guest's function index for an index in the instrumented module, as engines print it.
 * @returns `undefined` for functions the instrumenter added
 */
export function originalFunctionIndex(
  info: Pick<InstrumentInfo, "functions">,
  newIndex: number,
): number | undefined {
  const { imported, addedImports, defined } = info.functions;
  if (newIndex < imported) return newIndex;
  const original = newIndex - addedImports;
  return original >= imported && original < imported + defined ? original : undefined;
}

/** The name that the guest's name section gives the function (the guest's own index), if it gives one. */
export function functionName(
  info: Pick<InstrumentInfo, "functionNames">,
  functionIndex: number,
): string | undefined {
  const { functionNames } = info;
  if (functionNames === undefined) return undefined;
  let names = decodedNames.get(functionNames);
  if (names === undefined) {
    names = readNameMap(functionNames);
    decodedNames.set(functionNames, names);
  }
  return names.get(functionIndex);
}

/**
 * The function that table 0 holds at `slot` when the module has just been instantiated.
 * @returns the guest's function index; `undefined` if no segment with a constant offset puts one there
 */
export function tableFunctionIndex(info: Pick<InstrumentInfo, "elements">, slot: number): number | undefined {
  // Later segments overwrite earlier ones.
  for (const { tableOffset, functions } of info.elements.toReversed()) {
    const index = functions[slot - tableOffset];
    if (index !== undefined) return index < 0 ? undefined : index;
  }
  return undefined;
}
