import { EXTERNAL, type FunctionType, type GuestModule } from "./binary/module.ts";
import { OP } from "./binary/opcodes/opcode.ts";
import type { AddedTypes } from "./binary/typeTable.ts";
import { isStorable, VALUE_TYPE, type ValueType, valueTypeName } from "./binary/valueType.ts";
import { ByteWriter } from "./binary/writer.ts";
import { InstrumentError } from "./error.ts";
import { EXPORT_PREFIX, HOST_EXPORT, HOST_IMPORT, HOST_MODULE } from "./layout.ts";
import type { AddedFunctions } from "./passes/addedFunctions.ts";
import { canEnter } from "./passes/controlBlock.ts";
import { ABSENT, type HostIndices } from "./passes/hostIndices.ts";
import type { AddedItems } from "./printModule.ts";

const { i32, externref } = VALUE_TYPE;
const MUTABLE = 1;

/** The imports, globals and exports the instrumenter adds, encoded, and where the guest's indices move to. */
export class HostInterface implements HostIndices {
  readonly trap: number = ABSENT;
  readonly grow: number = ABSENT;
  readonly yield: number = ABSENT;
  readonly wait: number = ABSENT;
  readonly exceptionTag: number = ABSENT;
  readonly baseGlobal: number = ABSENT;
  readonly limitGlobal: number = ABSENT;
  readonly fuelGlobal: number = ABSENT;
  readonly pcbGlobal: number = ABSENT;
  readonly imports: AddedItems = { count: 0, content: new ByteWriter() };
  readonly globals: AddedItems = { count: 0, content: new ByteWriter() };
  readonly exports: AddedItems = { count: 0, content: new ByteWriter() };
  readonly addedFunctionImports: number;
  /** Index of the first function behind the guest's own. */
  readonly firstAddedFunction: number;
  /** Imports that follow the blocking protocol: index to wrapper. */
  readonly wrappers = new Map<number, number>();

  private readonly module: GuestModule;
  private readonly types: AddedTypes;
  private readonly functionImports: { readonly index: number; readonly name: string }[] = [];

  constructor(
    module: GuestModule,
    types: AddedTypes,
    passes: { readonly memory: boolean; readonly fuel: boolean },
    hasExceptionTag: boolean,
  ) {
    this.module = module;
    this.types = types;
    if (passes.memory) {
      this.importMemory();
      this.trap = this.importFunction(HOST_IMPORT.trap, [i32], []);
      this.grow = this.importFunction(HOST_IMPORT.grow, [i32], [i32]);
      this.wait = this.importFunction(HOST_IMPORT.wait, [], []);
    }
    if (passes.fuel) this.yield = this.importFunction(HOST_IMPORT.yield, [], [i32]);
    if (hasExceptionTag) this.exceptionTag = this.importTag();
    if (passes.memory || passes.fuel) this.fuelGlobal = this.addGlobal();
    if (passes.memory) {
      this.baseGlobal = this.addGlobal();
      this.limitGlobal = this.addGlobal();
      this.pcbGlobal = this.addGlobal();
    }
    this.addedFunctionImports = this.functionImports.length;
    this.firstAddedFunction = module.functionTypes.length + this.addedFunctionImports;
    this.refuseReservedNames();
  }

  functionIndex(original: number): number {
    return this.wrappers.get(original) ?? this.shiftedFunctionIndex(original);
  }

  /** Where the guest's function itself is, also of a wrapped import. */
  shiftedFunctionIndex(original: number): number {
    return original < this.module.importCounts.functions ? original : original + this.addedFunctionImports;
  }

  tagIndex(original: number): number {
    const isMoved = this.exceptionTag !== ABSENT && original >= this.module.importCounts.tags;
    return isMoved ? original + 1 : original;
  }

  /**
   * Adds a wrapper for every import that may block.
   * @throws InstrumentError if one has a result that does not fit the control block
   */
  wrapBlockingImports(added: AddedFunctions, suspends: (module: string, name: string) => boolean): void {
    let index = -1;
    for (const { module, name, kind, typeIndex } of this.module.imports) {
      if (kind !== EXTERNAL.function) continue;
      index++;
      if (!suspends(module, name)) continue;
      const type = this.module.types[typeIndex] as FunctionType;
      if (type.results.length > 1 || !type.results.every(isStorable)) {
        throw new InstrumentError(
          "unsupported",
          `the blocking import "${module}" "${name}" returns (${type.results.map(valueTypeName).join(", ")})`,
          "a host function that blocks returns at most one number",
          { byteOffset: 0 },
        );
      }
      this.wrappers.set(index, added.blockingImport(index, type));
    }
  }

  /** Adds everything the host calls. */
  addExports(added: AddedFunctions): void {
    this.exportFunction(HOST_EXPORT.init, added.initProcess());
    this.exportFunction(HOST_EXPORT.save, added.save());
    this.exportFunction(HOST_EXPORT.load, added.load());
    this.exportItem(HOST_EXPORT.fuel, EXTERNAL.global, this.fuelGlobal);
    this.exportItem(HOST_EXPORT.pcb, EXTERNAL.global, this.pcbGlobal);
    if (this.module.start !== undefined) {
      const type = { params: [], results: [] };
      this.exportFunction(HOST_EXPORT.start, added.entry(HOST_EXPORT.start, this.module.start, type));
    }
    for (const { name, kind, index } of this.module.exports) {
      if (kind !== EXTERNAL.function) continue;
      const type = this.module.types[this.module.functionTypes[index] as number] as FunctionType;
      const entry = HOST_EXPORT.entryPrefix + name;
      if (canEnter(type)) this.exportFunction(entry, added.entry(entry, index, type));
    }
  }

  /** Adds the counter alone, for modules that keep their memory. */
  addFuelExport(): void {
    if (this.fuelGlobal !== ABSENT) this.exportItem(HOST_EXPORT.fuel, EXTERNAL.global, this.fuelGlobal);
  }

  /** Names of the added imports and functions, ascending by index. */
  addedNames(added: AddedFunctions): { readonly index: number; readonly name: string }[] {
    const functions = added.functions.map(({ name }, n) => ({ index: this.firstAddedFunction + n, name }));
    return [...this.functionImports, ...functions];
  }

  private importMemory(): void {
    const { content } = this.imports;
    content.name(HOST_MODULE);
    content.name(HOST_IMPORT.memory);
    // No maximum, at least 0 pages: links to every unshared memory.
    content.raw(EXTERNAL.memory, 0, 0);
    this.imports.count++;
  }

  private importFunction(name: string, params: readonly ValueType[], results: readonly ValueType[]): number {
    const { content } = this.imports;
    content.name(HOST_MODULE);
    content.name(name);
    content.byte(EXTERNAL.function);
    content.u32(this.types.index(params, results));
    this.imports.count++;
    const index = this.module.importCounts.functions + this.functionImports.length;
    this.functionImports.push({ index, name: EXPORT_PREFIX + name });
    return index;
  }

  private importTag(): number {
    const { content } = this.imports;
    content.name(HOST_MODULE);
    content.name(HOST_IMPORT.exceptionTag);
    content.raw(EXTERNAL.tag, 0);
    content.u32(this.types.index([externref], []));
    this.imports.count++;
    return this.module.importCounts.tags;
  }

  private addGlobal(): number {
    this.globals.content.raw(i32, MUTABLE, OP.i32Const, 0, OP.end);
    return this.module.globals.length + this.globals.count++;
  }

  private exportFunction(name: string, index: number): void {
    this.exportItem(name, EXTERNAL.function, index);
  }

  private exportItem(name: string, kind: number, index: number): void {
    const { content } = this.exports;
    content.name(EXPORT_PREFIX + name);
    content.byte(kind);
    content.u32(index);
    this.exports.count++;
  }

  /** A guest that could import from us would hold the arena and the switch between processes. */
  private refuseReservedNames(): void {
    const advice = `rename it: "${HOST_MODULE}" is reserved`;
    for (const { module, name } of this.module.imports) {
      if (module !== HOST_MODULE) continue;
      throw new InstrumentError("invalid", `the guest imports "${name}" from "${module}"`, advice, {
        byteOffset: 0,
      });
    }
    for (const { name, start } of this.module.exports) {
      if (!name.startsWith(EXPORT_PREFIX)) continue;
      throw new InstrumentError("invalid", `the guest exports "${name}"`, advice, { byteOffset: start });
    }
  }
}
