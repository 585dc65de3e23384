/**
 * The few platform objects that the platform-free folders may use, declared by hand so that those folders
 * compile without DOM and Node types (the compiler then enforces the layering, see docs/architecture.md).
 */
declare namespace WebAssembly {
  type ImportExportKind = "function" | "global" | "memory" | "table" | "tag";
  type ImportValue = object | number | bigint;
  type Imports = Record<string, Record<string, ImportValue>>;
  type Exports = Record<string, unknown>;
  interface ModuleImportDescriptor {
    module: string;
    name: string;
    kind: ImportExportKind;
  }
  interface ModuleExportDescriptor {
    name: string;
    kind: ImportExportKind;
  }
  class Module {
    constructor(bytes: ArrayBufferView | ArrayBuffer);
    static imports(module: Module): ModuleImportDescriptor[];
    static exports(module: Module): ModuleExportDescriptor[];
    static customSections(module: Module, name: string): ArrayBuffer[];
  }
  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Exports;
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Table {
    constructor(descriptor: { element: "anyfunc" | "externref"; initial: number; maximum?: number });
    readonly length: number;
    get(index: number): unknown;
    set(index: number, value: unknown): void;
    grow(delta: number): number;
  }
  class Global {
    constructor(descriptor: { value: string; mutable?: boolean }, value?: number | bigint);
    value: number | bigint;
  }
  class Tag {
    private constructor();
  }
  /** The tag under which JavaScript exceptions travel through wasm frames. */
  const JSTag: Tag | undefined;
  class RuntimeError extends Error {}
  class CompileError extends Error {}
  class LinkError extends Error {}
  /** JSPI (JavaScript Promise Integration): an import that suspends the calling stack. */
  class Suspending {
    constructor(fn: (...args: never[]) => unknown);
  }
  /** JSPI: turns an export into a function that runs on a stack of its own and returns a promise. */
  function promising(fn: unknown): (...args: (number | bigint)[]) => Promise<unknown>;
  function validate(bytes: ArrayBufferView | ArrayBuffer): boolean;
  function compile(bytes: ArrayBufferView | ArrayBuffer): Promise<Module>;
}

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, into: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string;
}

/** What CompressionStream and DecompressionStream are used for: bytes in, bytes out. */
interface ByteTransform {
  readonly readable: {
    getReader(): {
      read(): Promise<{ done: boolean; value?: Uint8Array<ArrayBuffer> | undefined }>;
      cancel(reason?: unknown): Promise<void>;
    };
  };
  readonly writable: {
    getWriter(): { write(bytes: Uint8Array<ArrayBuffer>): Promise<void>; close(): Promise<void> };
  };
}

declare class CompressionStream implements ByteTransform {
  constructor(format: "gzip");
  readonly readable: ByteTransform["readable"];
  readonly writable: ByteTransform["writable"];
}

declare class DecompressionStream implements ByteTransform {
  constructor(format: "gzip");
  readonly readable: ByteTransform["readable"];
  readonly writable: ByteTransform["writable"];
}
