/**
 * A guest module as far as the instrumenter reads it: every index space with its types, and byte ranges into the
 * input for everything that is copied. Function bodies and data are ranges only.
 */
import type { ValueType } from "./valueType.ts";

/** Section ids in the order the format prescribes; custom sections (0) may stand anywhere. */
export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

/** Kinds of imports and exports, as the format numbers them. */
export const EXTERNAL = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

/** `bytes[start..end)` of the input. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A section: its id byte lies at `headerStart`, its content is the range. */
export interface Section extends Range {
  readonly id: number;
  readonly headerStart: number;
  /** How many bytes its length field takes. */
  readonly sizeWidth: number;
  /** Of a custom section; its payload begins at `payloadStart`. */
  readonly name: string | undefined;
  readonly payloadStart: number;
}

/** A function type. */
export interface FunctionType {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** A constant expression, its range including the final `end`. */
export interface ConstExpression extends Range {
  /** Its value when it is a lone `i32.const`. */
  readonly i32: number | undefined;
  /** The function when it is a lone `ref.func`. */
  readonly functionIndex: number | undefined;
}

export interface GuestImport {
  readonly module: string;
  readonly name: string;
  readonly kind: number;
  /** Of a function or tag. */
  readonly typeIndex: number;
}

export interface GuestGlobal {
  readonly type: ValueType;
  readonly mutable: boolean;
  /** `undefined` for an imported one. */
  readonly init: ConstExpression | undefined;
}

export interface GuestExport extends Range {
  readonly name: string;
  readonly kind: number;
  readonly index: number;
}

export interface GuestElements {
  readonly mode: "active" | "passive" | "declarative";
  readonly table: number;
  readonly offset: ConstExpression | undefined;
  /** Function indices, -1 for anything but a plain reference to a function. */
  readonly functions: Int32Array;
}

export interface GuestData extends Range {
  /** `undefined` for a passive segment. */
  readonly offset: ConstExpression | undefined;
  /** Where the segment's byte length stands; its bytes run to `end`. */
  readonly lengthStart: number;
  readonly byteLength: number;
}

/** The limits of a table that is not imported; the range is theirs. */
export interface TableLimits extends Range {
  readonly minimum: number;
  readonly maximum: number | undefined;
}

export interface GuestMemory {
  readonly initialPages: number;
  readonly maximumPages: number | undefined;
}

/** Which index space a reference is of, for those that change. */
export const REFERENCE = { function: 0, tag: 1 } as const;

/**
 * Places outside function bodies that name a function or tag, ascending by offset: what has to be written anew when
 * indices shift. Flat, because element segments may hold hundreds of thousands.
 */
export class References {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly kinds: number[] = [];
  readonly indices: number[] = [];

  add(kind: number, start: number, end: number, index: number): void {
    this.starts.push(start);
    this.ends.push(end);
    this.kinds.push(kind);
    this.indices.push(index);
  }
}

/** Counts of imports by index space; the module's own items follow them. */
export interface ImportCounts {
  functions: number;
  tables: number;
  globals: number;
  tags: number;
}

export interface GuestModule {
  readonly bytes: Uint8Array;
  readonly sections: readonly Section[];
  readonly types: readonly FunctionType[];
  readonly imports: readonly GuestImport[];
  readonly importCounts: Readonly<ImportCounts>;
  /** Type index per function, imports first. */
  readonly functionTypes: readonly number[];
  readonly tableCount: number;
  /** Of the tables that are not imported, ascending. */
  readonly tableLimits: readonly TableLimits[];
  readonly memory: GuestMemory | undefined;
  /** Imports first. */
  readonly globals: readonly GuestGlobal[];
  /** Type index per tag, imports first. */
  readonly tagTypes: readonly number[];
  readonly exports: readonly GuestExport[];
  readonly start: number | undefined;
  readonly elements: readonly GuestElements[];
  readonly dataCount: number | undefined;
  readonly data: readonly GuestData[];
  /** Function bodies without their length field, in order. */
  readonly bodies: readonly Range[];
  readonly references: References;
}
