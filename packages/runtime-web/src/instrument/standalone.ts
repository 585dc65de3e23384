import { createExceptionPassage, type ExceptionPassage } from "./exceptionTag.ts";
import type { InstrumentInfo, InstrumentOptions } from "./info.ts";
import { instrument } from "./instrument.ts";
import {
  CONTROL_BLOCK,
  EXPORT_PREFIX,
  HOST_EXPORT,
  HOST_IMPORT,
  HOST_MODULE,
  PAGE_BYTES,
  TRAP_MESSAGE,
} from "./layout.ts";

/** Where the only process's control block lies; the first page is otherwise unused. */
const CONTROL_BLOCK_ADDRESS = 64;
const CANARY = 0xa5;

/** Options of `instantiateStandalone`. */
export interface StandaloneOptions extends InstrumentOptions {
  /** Fuel given at the start and at every yield. Default 1,000,000. */
  readonly sliceFuel?: number;
  /** Move the region at every growth, instead of only when it has outgrown its place. */
  readonly movesAlways?: boolean;
}

/** An instrumented module instantiated without a scheduler. */
export interface Standalone {
  /** The guest's own exports, without the memory that moved to the arena. Functions are called directly and never suspend. */
  readonly exports: Record<string, unknown>;
  readonly info: InstrumentInfo;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * The guest's memory: a view that is good until the guest runs again. Empty if it has none, or keeps its own
   * (`memory: false`) and does not export it.
   */
  memoryBytes(): Uint8Array<ArrayBuffer>;
  /** Fuel spent since the start. */
  fuelUsed(): number;
  /** How often the guest yielded, and how often its region moved. */
  readonly counts: { yields: number; moves: number };
  /** Arena address of the first byte near the region, but outside, that was written; `undefined` if none was. */
  findDamage(): number | undefined;
}

/**
 * Instruments and instantiates a module as one process in an arena of its own.
 *
 * For tests, fuzzing and benches: it behaves like `new WebAssembly.Instance` on the original. The start function is
 * run; segments out of bounds and traps throw `WebAssembly.RuntimeError` with the engine's usual messages; import
 * objects pass through. A page before and after the region is filled with a pattern, which `findDamage` checks.
 * @throws InstrumentError, and what instantiation throws
 */
export function instantiateStandalone(
  bytes: Uint8Array,
  imports: WebAssembly.Imports = {},
  options: StandaloneOptions = {},
): Standalone {
  const instrumented = instrument(bytes, options);
  return new StandaloneProcess(instrumented.bytes, instrumented.info, imports, options);
}

class StandaloneProcess implements Standalone {
  readonly exports: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  readonly counts = { yields: 0, moves: 0 };
  readonly info: InstrumentInfo;
  readonly bytes: Uint8Array<ArrayBuffer>;

  private readonly arena = new WebAssembly.Memory({ initial: 1 });
  private readonly passage: ExceptionPassage | undefined;
  private readonly sliceFuel: number;
  private readonly movesAlways: boolean;
  private readonly fuel: WebAssembly.Global | undefined;
  private fuelGiven: number;
  private base = 0;
  private pages = 0;
  private capacityPages = 0;

  constructor(
    bytes: Uint8Array<ArrayBuffer>,
    info: InstrumentInfo,
    imports: WebAssembly.Imports,
    options: StandaloneOptions,
  ) {
    this.info = info;
    this.bytes = bytes;
    this.sliceFuel = options.sliceFuel ?? 1_000_000;
    this.fuelGiven = this.sliceFuel;
    this.movesAlways = options.movesAlways ?? false;
    if (info.needsExceptionTag) this.passage = createExceptionPassage();
    if (info.memory !== undefined && (options.memory ?? true) && !this.place(info.memory.initialPages)) {
      throw new RangeError(`cannot allocate an arena for ${info.memory.initialPages} pages`);
    }
    const module = new WebAssembly.Module(bytes);
    const instance = new WebAssembly.Instance(module, {
      ...(this.passage?.wrapImports(imports) ?? imports),
      [HOST_MODULE]: this.hostImports(),
    });
    this.fuel = instance.exports[EXPORT_PREFIX + HOST_EXPORT.fuel] as WebAssembly.Global | undefined;
    this.enter(instance);
    for (const [name, value] of Object.entries(instance.exports)) {
      if (!name.startsWith(EXPORT_PREFIX)) this.exports[name] = this.direct(value);
    }
  }

  memoryBytes(): Uint8Array<ArrayBuffer> {
    const own = Object.values(this.exports).find((value) => value instanceof WebAssembly.Memory);
    if (own !== undefined) return new Uint8Array(own.buffer);
    return new Uint8Array(this.arena.buffer, this.base, this.pages * PAGE_BYTES);
  }

  fuelUsed(): number {
    return this.fuelGiven - Number(this.fuel?.value ?? this.fuelGiven);
  }

  findDamage(): number | undefined {
    if (this.capacityPages === 0) return undefined;
    const limit = this.base + this.pages * PAGE_BYTES;
    for (const start of [this.base - PAGE_BYTES, limit]) {
      const canary = new Uint8Array(this.arena.buffer, start, PAGE_BYTES);
      const at = canary.findIndex((byte) => byte !== CANARY);
      if (at >= 0) return start + at;
    }
    return undefined;
  }

  private hostImports(): Record<string, WebAssembly.ImportValue> {
    const host: Record<string, WebAssembly.ImportValue> = {
      [HOST_IMPORT.memory]: this.arena,
      [HOST_IMPORT.trap]: (kind: number): never => this.trap(kind),
      [HOST_IMPORT.grow]: (delta: number): number => this.grow(delta >>> 0),
      [HOST_IMPORT.yield]: (): number => this.refuel(),
      [HOST_IMPORT.wait]: (): never => {
        throw new Error("a standalone instance cannot wait: nothing would resume it");
      },
    };
    // TypeScript's DOM library does not count tags among the values a module can import.
    const tag = this.passage?.tag as unknown as WebAssembly.ImportValue | undefined;
    if (tag !== undefined) host[HOST_IMPORT.exceptionTag] = tag;
    return host;
  }

  /** Makes the process, makes it the running one and runs the start function. */
  private enter(instance: WebAssembly.Instance): void {
    const added = (name: string): ((...args: number[]) => void) | undefined =>
      this.direct(instance.exports[EXPORT_PREFIX + name]) as ((...args: number[]) => void) | undefined;
    const limit = this.pages * PAGE_BYTES;
    added(HOST_EXPORT.init)?.(CONTROL_BLOCK_ADDRESS, this.base, limit, this.sliceFuel);
    if (this.fuel !== undefined) this.fuel.value = this.sliceFuel;
    if (this.info.hasStart) added(HOST_EXPORT.start)?.(CONTROL_BLOCK_ADDRESS);
    else added(HOST_EXPORT.load)?.(CONTROL_BLOCK_ADDRESS);
  }

  /** The export itself, unless the stand-in for `JSTag` has to be taken off what it throws. */
  private direct(value: unknown): unknown {
    return typeof value === "function" && this.passage !== undefined ? this.passage.wrapExport(value) : value;
  }

  private trap(kind: number): never {
    const error = new WebAssembly.RuntimeError(TRAP_MESSAGE[kind]);
    throw this.passage === undefined ? error : this.passage.wrap(error);
  }

  private refuel(): number {
    this.counts.yields++;
    this.fuelGiven += this.sliceFuel - Number(this.fuel?.value ?? 0);
    return this.sliceFuel;
  }

  private grow(deltaPages: number): number {
    const before = this.pages;
    const after = before + deltaPages;
    if (after > (this.info.memory?.maximumPages ?? 65_536)) return -1;
    if (deltaPages > 0 && (this.movesAlways || after > this.capacityPages)) {
      const old = this.base;
      if (!this.place(after)) return -1;
      const arena = new Uint8Array(this.arena.buffer);
      arena.copyWithin(this.base, old, old + before * PAGE_BYTES);
      this.counts.moves++;
    } else if (deltaPages > 0) {
      this.setPages(after);
    }
    const words = new DataView(this.arena.buffer, CONTROL_BLOCK_ADDRESS);
    words.setUint32(CONTROL_BLOCK.base, this.base, true);
    words.setUint32(CONTROL_BLOCK.limit, this.pages * PAGE_BYTES, true);
    return before;
  }

  /** Takes a fresh place at the arena's end, with room to grow. */
  private place(pages: number): boolean {
    const capacity = this.movesAlways ? pages : Math.max(16, pages * 2);
    const end = this.arena.buffer.byteLength;
    try {
      this.arena.grow(capacity + 2);
    } catch {
      // The engine has no more memory for us: memory.grow then returns -1.
      return false;
    }
    this.base = end + PAGE_BYTES;
    this.capacityPages = capacity;
    this.pages = 0;
    new Uint8Array(this.arena.buffer, end, PAGE_BYTES).fill(CANARY);
    this.setPages(pages);
    return true;
  }

  /** Moves the canary behind the last page. What lies behind it was never written, so it is zero. */
  private setPages(pages: number): void {
    const arena = new Uint8Array(this.arena.buffer);
    const before = this.base + this.pages * PAGE_BYTES;
    const limit = this.base + pages * PAGE_BYTES;
    arena.fill(0, before, before + PAGE_BYTES);
    arena.fill(CANARY, limit, limit + PAGE_BYTES);
    this.pages = pages;
  }
}
