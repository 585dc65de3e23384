import { EXTERNAL, type FunctionType, type GuestModule } from "./binary/module.ts";
import { functionNameSubsection } from "./binary/nameSection.ts";
import { isStorable, valueTypeName } from "./binary/valueType.ts";
import type { ElementInfo, ExportInfo, ImportInfo, MemoryInfo } from "./info.ts";
import { canEnter } from "./passes/controlBlock.ts";

const IMPORT_KINDS = { 0: "function", 1: "table", 3: "global", 4: "tag" } as const;

/** The parts of `InstrumentInfo` that describe the guest alone. */
export function describeImports(
  module: GuestModule,
  suspends: (module: string, name: string) => boolean,
): ImportInfo[] {
  return module.imports.map(({ module: from, name, kind, typeIndex }) => {
    const hasType = kind === EXTERNAL.function || kind === EXTERNAL.tag;
    const type = hasType ? module.types[typeIndex] : undefined;
    return {
      module: from,
      name,
      kind: IMPORT_KINDS[kind as keyof typeof IMPORT_KINDS],
      params: (type?.params ?? []).map(valueTypeName),
      results: (type?.results ?? []).map(valueTypeName),
      suspends: kind === EXTERNAL.function && suspends(from, name),
    };
  });
}

export function describeExports(module: GuestModule): ExportInfo[] {
  const exports: ExportInfo[] = [];
  for (const { name, kind, index } of module.exports) {
    if (kind !== EXTERNAL.function) continue;
    const type = module.types[module.functionTypes[index] as number] as FunctionType;
    exports.push({
      name,
      functionIndex: index,
      params: type.params.map(valueTypeName),
      results: type.results.map(valueTypeName),
      hasEntry: canEnter(type),
    });
  }
  return exports;
}

export function describeMemory(module: GuestModule): MemoryInfo | undefined {
  const { memory } = module;
  if (memory === undefined) return undefined;
  const exported = module.exports.find(({ kind }) => kind === EXTERNAL.memory);
  return { ...memory, exportName: exported?.name };
}

export function describeElements(module: GuestModule): ElementInfo[] {
  const elements: ElementInfo[] = [];
  for (const { mode, table, offset, functions } of module.elements) {
    if (mode !== "active" || table !== 0 || offset?.i32 === undefined) continue;
    elements.push({ tableOffset: offset.i32 >>> 0, functions });
  }
  return elements;
}

/** The content of the guest's function name subsection. */
export function describeFunctionNames(module: GuestModule): Uint8Array<ArrayBuffer> | undefined {
  const section = module.sections.find(({ name }) => name === "name");
  return section === undefined ? undefined : functionNameSubsection(module.bytes, section);
}

/**
 * Why processes of the module cannot share an instance, apart from its instructions: something of the instance
 * that the control block does not hold could differ between them.
 */
export function sharingObstacle(module: GuestModule): string | undefined {
  if (module.importCounts.tables > 0) return "a table is imported";
  if (module.exports.some(({ kind }) => kind === EXTERNAL.table)) return "a table is exported";
  for (const [index, { mutable, type, init }] of module.globals.entries()) {
    if (!mutable) continue;
    if (init === undefined) return `the mutable global ${index} is imported`;
    if (!isStorable(type)) return `the mutable global ${index} holds a ${valueTypeName(type)}`;
  }
  return undefined;
}
