/** The contents of the sections, one function each. Their framing and order is `decodeModule.ts`'s business. */
import { type ConstExpressionScope, readConstExpression, readFunctionReference } from "./constExpression.ts";
import {
  type ConstExpression,
  EXTERNAL,
  type FunctionType,
  type GuestData,
  type GuestElements,
  type GuestExport,
  type GuestGlobal,
  type GuestImport,
  type GuestMemory,
  type ImportCounts,
  type Range,
  REFERENCE,
  type References,
  type TableLimits,
} from "./module.ts";
import type { ByteReader } from "./reader.ts";
import { isStorable, VALUE_TYPE, type ValueType, valueTypeName } from "./valueType.ts";

/** Source of the limits: the JavaScript API's "implementation-defined limits". */
const MAX_PARAMS = 1000;
const MAX_PAGES = 65_536;

/** What has been decoded so far. */
export interface DecodedSections {
  types: FunctionType[];
  imports: GuestImport[];
  importCounts: ImportCounts;
  functionTypes: number[];
  tableTypes: ValueType[];
  tableLimits: TableLimits[];
  memory: GuestMemory | undefined;
  globals: GuestGlobal[];
  tagTypes: number[];
  exports: GuestExport[];
  start: number | undefined;
  elements: GuestElements[];
  dataCount: number | undefined;
  data: GuestData[];
  bodies: Range[];
  references: References;
}

export function decodeTypes(reader: ByteReader, module: DecodedSections): void {
  for (let left = reader.count("types"); left > 0; left--) {
    const at = reader.at;
    const form = reader.byte();
    if (form >= 0x4d && form <= 0x5f) {
      reader.unsupported("a type is not a function type", "build the guest without the gc feature", at);
    }
    if (form !== 0x60) reader.malformed(`0x${form.toString(16)} does not begin a type`, at);
    // A type may refer to itself.
    const typeCount = module.types.length + 1;
    const params = readTypes(reader, "parameters", typeCount);
    const results = readTypes(reader, "results", typeCount);
    module.types.push({ params, results });
  }
}

function readTypes(reader: ByteReader, what: string, typeCount: number): ValueType[] {
  const types: ValueType[] = [];
  for (let left = reader.count(what, 1, MAX_PARAMS); left > 0; left--)
    types.push(reader.valueType(typeCount));
  return types;
}

export function decodeImports(reader: ByteReader, module: DecodedSections): void {
  const { importCounts: counts } = module;
  for (let left = reader.count("imports", 4); left > 0; left--) {
    const moduleName = reader.name();
    const name = reader.name();
    const at = reader.at;
    const kind = reader.byte();
    let typeIndex = 0;
    switch (kind) {
      case EXTERNAL.function:
        typeIndex = readTypeIndex(reader, module.types);
        module.functionTypes.push(typeIndex);
        counts.functions++;
        break;
      case EXTERNAL.table:
        module.tableTypes.push(readTableType(reader, module).type);
        counts.tables++;
        break;
      case EXTERNAL.memory:
        reader.unsupported(
          `the memory is imported (from "${moduleName}" "${name}")`,
          "link the guest without --import-memory, so that it defines its own",
          at,
        );
        break;
      case EXTERNAL.global:
        module.globals.push({ ...readGlobalType(reader, module), init: undefined });
        counts.globals++;
        break;
      case EXTERNAL.tag:
        typeIndex = readTagType(reader, module.types);
        module.tagTypes.push(typeIndex);
        counts.tags++;
        break;
      default:
        reader.malformed(`0x${kind.toString(16)} is no kind of import`, at);
    }
    module.imports.push({ module: moduleName, name, kind, typeIndex });
  }
}

export function decodeFunctions(reader: ByteReader, module: DecodedSections): void {
  for (let left = reader.count("functions"); left > 0; left--) {
    module.functionTypes.push(readTypeIndex(reader, module.types));
  }
}

export function decodeTables(reader: ByteReader, module: DecodedSections): void {
  for (let left = reader.count("tables", 3); left > 0; left--) {
    if (reader.bytes[reader.at] === 0x40) {
      reader.byte();
      const at = reader.at;
      if (reader.byte() !== 0) reader.malformed("a table with an initial value begins with 0x40 0x00", at);
      const { type, limits } = readTableType(reader, module);
      readConstExpression(reader, type, scopeOf(module));
      module.tableTypes.push(type);
      module.tableLimits.push(limits);
    } else {
      const { type, limits } = readTableType(reader, module);
      module.tableTypes.push(type);
      module.tableLimits.push(limits);
    }
  }
}

export function decodeMemories(reader: ByteReader, module: DecodedSections): void {
  const start = reader.at;
  const count = reader.count("memories", 2);
  if (count > 1) {
    reader.unsupported(
      `there are ${count} memories`,
      "build the guest without the multi-memory feature",
      start,
    );
  }
  if (count === 0) return;
  const at = reader.at;
  const limits = readLimits(reader, MAX_PAGES, "memory pages");
  if (limits.isShared) {
    reader.unsupported(
      "the memory is shared",
      "build the guest without threads (no atomics, no --shared-memory)",
      at,
    );
  }
  module.memory = { initialPages: limits.minimum, maximumPages: limits.maximum };
}

export function decodeGlobals(reader: ByteReader, module: DecodedSections): void {
  for (let left = reader.count("globals", 3); left > 0; left--) {
    const type = readGlobalType(reader, module);
    module.globals.push({ ...type, init: readConstExpression(reader, type.type, scopeOf(module)) });
  }
}

export function decodeTags(reader: ByteReader, module: DecodedSections): void {
  for (let left = reader.count("tags", 2); left > 0; left--) {
    module.tagTypes.push(readTagType(reader, module.types));
  }
}

export function decodeExports(reader: ByteReader, module: DecodedSections): void {
  const names = new Set<string>();
  const spaces: readonly [what: string, size: number][] = [
    ["function", module.functionTypes.length],
    ["table", module.tableTypes.length],
    ["memory", module.memory === undefined ? 0 : 1],
    ["global", module.globals.length],
    ["tag", module.tagTypes.length],
  ];
  for (let left = reader.count("exports", 3); left > 0; left--) {
    const start = reader.at;
    const name = reader.name();
    if (names.has(name)) reader.invalid(`the name "${name}" is exported twice`, start);
    names.add(name);
    const at = reader.at;
    const kind = reader.byte();
    const space = spaces[kind];
    if (space === undefined) reader.malformed(`0x${kind.toString(16)} is no kind of export`, at);
    const indexStart = reader.at;
    const index = reader.u32();
    const [what, size] = space;
    if (index >= size) {
      reader.invalid(`"${name}" exports ${what} ${index}, there are ${size}`, indexStart);
    }
    if (kind === EXTERNAL.function) module.references.add(REFERENCE.function, indexStart, reader.at, index);
    if (kind === EXTERNAL.tag) module.references.add(REFERENCE.tag, indexStart, reader.at, index);
    module.exports.push({ name, kind, index, start, end: reader.at });
  }
}

export function decodeStart(reader: ByteReader, module: DecodedSections): void {
  const at = reader.at;
  const index = readFunctionReference(reader, scopeOf(module));
  const type = module.types[module.functionTypes[index] as number] as FunctionType;
  if (type.params.length > 0 || type.results.length > 0) {
    reader.invalid(`the start function ${index} has parameters or results`, at);
  }
  module.start = index;
}

export function decodeElements(reader: ByteReader, module: DecodedSections): void {
  for (let left = reader.count("element segments", 2); left > 0; left--) {
    const at = reader.at;
    const flags = reader.u32();
    if (flags > 7) reader.malformed(`${flags} is no kind of element segment`, at);
    const isActive = (flags & 1) === 0;
    const hasExpressions = (flags & 4) !== 0;
    const table = isActive && (flags & 2) !== 0 ? reader.u32() : 0;
    let type: ValueType = VALUE_TYPE.funcref;
    let offset: ConstExpression | undefined;
    if (isActive) {
      if (table >= module.tableTypes.length) reader.invalid(`table ${table} does not exist`, at);
      offset = readConstExpression(reader, VALUE_TYPE.i32, scopeOf(module));
    }
    if ((flags & 3) !== 0) {
      if (hasExpressions) type = reader.valueType(module.types.length);
      else if (reader.byte() !== 0)
        reader.malformed("an element kind is not 0x00 (functions)", reader.at - 1);
    }
    const mode = isActive ? "active" : (flags & 2) !== 0 ? "declarative" : "passive";
    module.elements.push({ mode, table, offset, functions: readItems(reader, module, hasExpressions, type) });
  }
}

function readItems(
  reader: ByteReader,
  module: DecodedSections,
  hasExpressions: boolean,
  type: ValueType,
): Int32Array {
  const functions = new Int32Array(reader.count("elements"));
  const scope = scopeOf(module);
  for (let n = 0; n < functions.length; n++) {
    functions[n] = hasExpressions
      ? (readConstExpression(reader, type, scope).functionIndex ?? -1)
      : readFunctionReference(reader, scope);
  }
  return functions;
}

export function decodeDataCount(reader: ByteReader, module: DecodedSections): void {
  module.dataCount = reader.u32();
}

export function decodeBodies(reader: ByteReader, module: DecodedSections): void {
  for (let left = reader.count("function bodies", 2); left > 0; left--) {
    const size = reader.count("bytes of a function body");
    module.bodies.push({ start: reader.at, end: reader.at + size });
    reader.skip(size);
  }
}

export function decodeData(reader: ByteReader, module: DecodedSections): void {
  for (let left = reader.count("data segments", 2); left > 0; left--) {
    const start = reader.at;
    const flags = reader.u32();
    if (flags > 2) reader.malformed(`${flags} is no kind of data segment`, start);
    let offset: ConstExpression | undefined;
    if (flags !== 1) {
      if (flags === 2 && reader.u32() !== 0)
        reader.invalid("a data segment is for a memory other than 0", start);
      if (module.memory === undefined)
        reader.invalid("a data segment is for a memory that does not exist", start);
      offset = readConstExpression(reader, VALUE_TYPE.i32, scopeOf(module));
    }
    const lengthStart = reader.at;
    const byteLength = reader.count("bytes of data");
    reader.skip(byteLength);
    module.data.push({ start, end: reader.at, offset, lengthStart, byteLength });
  }
}

function scopeOf(module: DecodedSections): ConstExpressionScope {
  return {
    typeCount: module.types.length,
    functionCount: module.functionTypes.length,
    globals: module.globals,
    references: module.references,
  };
}

function readTypeIndex(reader: ByteReader, types: readonly FunctionType[]): number {
  const at = reader.at;
  const index = reader.u32();
  if (index >= types.length) reader.invalid(`type ${index} does not exist, there are ${types.length}`, at);
  return index;
}

function readTagType(reader: ByteReader, types: readonly FunctionType[]): number {
  const at = reader.at;
  if (reader.byte() !== 0) reader.malformed("a tag's attribute is not 0x00 (exception)", at);
  return readTypeIndex(reader, types);
}

function readGlobalType(
  reader: ByteReader,
  module: DecodedSections,
): { readonly type: ValueType; readonly mutable: boolean } {
  const type = reader.valueType(module.types.length);
  const at = reader.at;
  const mutability = reader.byte();
  if (mutability > 1) reader.malformed(`0x${mutability.toString(16)} is no mutability`, at);
  return { type, mutable: mutability === 1 };
}

function readTableType(
  reader: ByteReader,
  module: DecodedSections,
): { readonly type: ValueType; readonly limits: TableLimits } {
  const at = reader.at;
  const type = reader.valueType(module.types.length);
  if (isStorable(type)) {
    reader.malformed(`a table of ${valueTypeName(type)}`, at);
  }
  const start = reader.at;
  const { minimum, maximum, isShared } = readLimits(reader, 0xffff_ffff, "table entries");
  if (isShared) reader.malformed("a table is shared", at);
  return { type, limits: { start, end: reader.at, minimum, maximum } };
}

interface Limits {
  readonly minimum: number;
  readonly maximum: number | undefined;
  readonly isShared: boolean;
}

function readLimits(reader: ByteReader, limit: number, what: string): Limits {
  const at = reader.at;
  const flags = reader.byte();
  if (flags >= 8 && flags < 16) {
    const finding = `0x${flags.toString(16)} are no limits we know: a memory has pages of its own size`;
    reader.unsupported(finding, "build the guest without custom page sizes", at);
  }
  if (flags > 7) reader.malformed(`0x${flags.toString(16)} are no limits`, at);
  if ((flags & 4) !== 0) {
    reader.unsupported(
      "a memory or table has 64-bit addresses",
      "build the guest without the memory64 feature",
      at,
    );
  }
  const minimum = reader.u32();
  const maximum = (flags & 1) !== 0 ? reader.u32() : undefined;
  if (minimum > limit || (maximum ?? 0) > limit) {
    reader.invalid(`${Math.max(minimum, maximum ?? 0)} ${what} are declared, ${limit} is the most`, at);
  }
  if (maximum !== undefined && maximum < minimum) {
    reader.invalid(`the maximum of ${maximum} ${what} is below the minimum of ${minimum}`, at);
  }
  return { minimum, maximum, isShared: (flags & 2) !== 0 };
}
