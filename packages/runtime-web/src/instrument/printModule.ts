import { BRANCH_HINT_SECTION, type BranchHintWriter } from "./binary/branchHints.ts";
import {
  EXTERNAL,
  type GuestModule,
  REFERENCE,
  SECTION,
  type Section,
  type TableLimits,
} from "./binary/module.ts";
import { type NameMapping, writeAddedNames, writeNames } from "./binary/nameSection.ts";
import { ByteWriter } from "./binary/writer.ts";
import type { HostIndices } from "./passes/hostIndices.ts";
import { countWidthOf } from "./rewriteCode.ts";

/** Items to append to a section, already encoded. */
export interface AddedItems {
  count: number;
  readonly content: ByteWriter;
}

/** What changes between the guest and the output. */
export interface ModuleChanges {
  readonly names: NameMapping;
  /** Output index to write where the guest refers to a function or tag. */
  readonly references: Pick<HostIndices, "functionIndex" | "tagIndex">;
  readonly types: AddedItems;
  readonly imports: AddedItems;
  readonly functions: AddedItems;
  readonly globals: AddedItems;
  readonly exports: AddedItems;
  /** Bodies of all functions, the added ones included, and their number. */
  readonly code: AddedItems;
  readonly hints: BranchHintWriter;
  /** Memory, its export and the start section go; active data segments become passive; tables get a bound. */
  readonly movesMemory: boolean;
}

/** The printed module and where its first function body (its length field) stands. */
export interface PrintedModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly codeStart: number;
}

/**
 * The most elements that a table may grow to (host ABI ch. 9); one that begins larger stays as it is. An element takes the
 * engine 8 to 24 bytes, which no limit of a config counts.
 */
const MAX_TABLE_ELEMENTS = 99_999;

/** Flag of limits with a maximum. */
const HAS_MAXIMUM = 0x01;

/** Sections in the order the format prescribes. */
const ORDER: readonly number[] = [
  SECTION.type,
  SECTION.import,
  SECTION.function,
  SECTION.table,
  SECTION.memory,
  SECTION.tag,
  SECTION.global,
  SECTION.export,
  SECTION.start,
  SECTION.element,
  SECTION.dataCount,
  SECTION.code,
  SECTION.data,
];

/**
 * Prints the module: the guest's sections in their order, with items appended, indices written anew where they
 * changed, and everything else copied. Padded numbers keep their width, so that a module without changes comes out
 * byte for byte as it went in.
 */
export function printModule(module: GuestModule, changes: ModuleChanges): PrintedModule {
  return new ModulePrinter(module, changes).print();
}

class ModulePrinter {
  private readonly out: ByteWriter;
  private readonly module: GuestModule;
  private readonly changes: ModuleChanges;
  private codeStart = 0;
  private nextReference = 0;
  private hasNames = false;
  private printed = -1;
  private readonly present: ReadonlySet<number>;

  constructor(module: GuestModule, changes: ModuleChanges) {
    this.module = module;
    this.changes = changes;
    this.present = new Set(module.sections.map(({ id }) => id));
    this.out = new ByteWriter(module.bytes.length + changes.code.content.length + 1024);
  }

  print(): PrintedModule {
    const { module, out, changes } = this;
    out.copy(module.bytes, 0, 8);
    for (const section of module.sections) {
      if (section.id === SECTION.custom) {
        this.printCustom(section);
      } else {
        const position = ORDER.indexOf(section.id);
        this.printMissing(position);
        this.printed = position;
        this.printSection(section.id, section);
      }
    }
    this.printMissing(ORDER.length);
    if (!this.hasNames && changes.names.added.length > 0) {
      const content = new ByteWriter();
      content.name("name");
      writeAddedNames(changes.names, content);
      out.section(SECTION.custom, content);
    }
    return { bytes: out.toBytes(), codeStart: this.codeStart };
  }

  /** Sections the guest does not have and the output needs, up to a position in the order. */
  private printMissing(position: number): void {
    for (let missing = this.printed + 1; missing < position; missing++) {
      const id = ORDER[missing] as number;
      if (!this.present.has(id)) this.printSection(id, undefined);
    }
    this.printed = Math.max(this.printed, position - 1);
  }

  private printSection(id: number, section: Section | undefined): void {
    const { changes, module } = this;
    switch (id) {
      case SECTION.type:
        this.printItems(id, section, changes.types);
        break;
      case SECTION.import:
        this.printItems(id, section, changes.imports);
        break;
      case SECTION.function:
        this.printItems(id, section, changes.functions);
        break;
      case SECTION.global:
        this.printItems(id, section, changes.globals);
        break;
      case SECTION.export:
        this.printExports(section);
        break;
      case SECTION.table:
        if (section !== undefined && changes.movesMemory) this.printTables(section);
        else if (section !== undefined) this.copySection(section);
        break;
      case SECTION.memory:
      case SECTION.start:
        if (section !== undefined && !changes.movesMemory) this.copySection(section);
        break;
      case SECTION.dataCount:
        if (section !== undefined) this.copySection(section);
        else if (changes.movesMemory && module.data.length > 0) this.printDataCount();
        break;
      case SECTION.code:
        this.printCode(section);
        break;
      case SECTION.data:
        if (section !== undefined) this.printData(section);
        break;
      default:
        if (section !== undefined) this.copySection(section);
    }
  }

  private copySection(section: Section): void {
    const content = new ByteWriter(section.end - section.start + 16);
    this.copyMapped(section.start, section.end, content);
    this.out.section(section.id, content, section.sizeWidth);
  }

  private printItems(id: number, section: Section | undefined, added: AddedItems): void {
    if (section === undefined && added.count === 0) return;
    const { module } = this;
    const size = section === undefined ? 0 : section.end - section.start;
    const content = new ByteWriter(size + added.content.length + 16);
    const countWidth = countWidthOf(module.bytes, section);
    content.paddedU32(this.itemCount(section) + added.count, countWidth);
    if (section !== undefined) this.copyMapped(section.start + countWidth, section.end, content);
    content.append(added.content);
    this.out.section(id, content, section?.sizeWidth);
  }

  private printTables(section: Section): void {
    const content = new ByteWriter(section.end - section.start + 16);
    let at = section.start;
    for (const limits of this.module.tableLimits) {
      this.copyMapped(at, limits.start, content);
      this.printTableLimits(limits, content);
      at = limits.end;
    }
    this.copyMapped(at, section.end, content);
    this.out.section(SECTION.table, content, section.sizeWidth);
  }

  private printTableLimits({ start, end, minimum, maximum }: TableLimits, out: ByteWriter): void {
    const most = Math.max(minimum, MAX_TABLE_ELEMENTS);
    if (maximum !== undefined && maximum <= most) {
      out.copy(this.module.bytes, start, end);
      return;
    }
    out.byte(HAS_MAXIMUM);
    out.u32(minimum);
    out.u32(most);
  }

  private printExports(section: Section | undefined): void {
    const { module, changes } = this;
    const isDropped = (kind: number): boolean => changes.movesMemory && kind === EXTERNAL.memory;
    const kept = module.exports.filter(({ kind }) => !isDropped(kind));
    const count = kept.length + changes.exports.count;
    if (section === undefined && count === 0) return;
    const content = new ByteWriter();
    content.paddedU32(count, countWidthOf(module.bytes, section));
    for (const { start, end } of kept) this.copyMapped(start, end, content);
    content.append(changes.exports.content);
    this.out.section(SECTION.export, content, section?.sizeWidth);
  }

  private printDataCount(): void {
    const content = new ByteWriter();
    content.u32(this.module.data.length);
    this.out.section(SECTION.dataCount, content);
  }

  private printCode(section: Section | undefined): void {
    const { changes, module, out } = this;
    if (!changes.hints.isEmpty) {
      const hints = new ByteWriter();
      changes.hints.write(hints);
      out.section(SECTION.custom, hints);
    }
    if (section === undefined && changes.code.count === 0) return;
    const content = new ByteWriter(changes.code.content.length + 16);
    content.paddedU32(changes.code.count, countWidthOf(module.bytes, section));
    content.append(changes.code.content);
    out.section(SECTION.code, content, section?.sizeWidth);
    this.codeStart = out.length - changes.code.content.length;
  }

  private printData(section: Section): void {
    const { module, changes } = this;
    const { bytes } = module;
    const content = new ByteWriter(section.end - section.start + 16);
    const countWidth = countWidthOf(bytes, section);
    content.paddedU32(module.data.length, countWidth);
    for (const { start, end, offset, lengthStart } of module.data) {
      if (changes.movesMemory && offset !== undefined) {
        content.byte(PASSIVE);
        content.copy(bytes, lengthStart, end);
      } else {
        this.copyMapped(start, end, content);
      }
    }
    this.out.section(section.id, content, section.sizeWidth);
  }

  private printCustom(section: Section): void {
    const { module, changes, out } = this;
    if (section.name === BRANCH_HINT_SECTION && !changes.hints.isEmpty) return;
    if (section.name === "name") {
      this.printMissing(ORDER.length);
      this.hasNames = true;
      const content = new ByteWriter(section.end - section.start + 256);
      content.copy(module.bytes, section.start, section.payloadStart);
      if (writeNames(module.bytes, section, changes.names, content)) {
        out.section(SECTION.custom, content, section.sizeWidth);
        return;
      }
    }
    out.copy(module.bytes, section.headerStart, section.end);
  }

  /** Copies a range of the input, writing the functions and tags it names with their new indices. */
  private copyMapped(start: number, end: number, out: ByteWriter): void {
    const { references, bytes } = this.module;
    const { references: mapping } = this.changes;
    let at = start;
    let next = this.nextReference;
    while (next < references.starts.length && (references.starts[next] as number) < end) {
      const referenceStart = references.starts[next] as number;
      const referenceEnd = references.ends[next] as number;
      if (referenceStart >= start) {
        const index = references.indices[next] as number;
        const isFunction = references.kinds[next] === REFERENCE.function;
        out.copy(bytes, at, referenceStart);
        out.paddedU32(
          isFunction ? mapping.functionIndex(index) : mapping.tagIndex(index),
          referenceEnd - referenceStart,
        );
        at = referenceEnd;
      }
      next++;
    }
    this.nextReference = next;
    out.copy(bytes, at, end);
  }

  private itemCount(section: Section | undefined): number {
    const { module } = this;
    switch (section?.id) {
      case SECTION.type:
        return module.types.length;
      case SECTION.import:
        return module.imports.length;
      case SECTION.function:
        return module.functionTypes.length - module.importCounts.functions;
      case SECTION.global:
        return module.globals.length - module.importCounts.globals;
      default:
        return 0;
    }
  }
}

/** Flag of a passive data segment. */
const PASSIVE = 0x01;
