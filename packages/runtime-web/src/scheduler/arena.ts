import { EXTENT_UNIT, type Extent, ExtentAllocator } from "./extents.ts";
import { cleanerModule } from "./modules/modules.ts";

const WASM_PAGE = 65536;
/** The largest memory32 an engine gives, less one page: 4 GiB - 64 KiB, so that every address fits a u32. */
const MAX_ARENA_BYTES = 65535 * WASM_PAGE;
/** The first page is no one's: a host bug that writes at address 0 harms no process. */
const FIRST_BYTE = WASM_PAGE;
/** A grown memory is a new ArrayBuffer for JavaScript; growing in steps keeps that rare. */
const GROW_STEP_BYTES = 8 * 1024 * 1024;
/**
 * Regions of one module have one size, so without this their hot words would all fall into the same cache sets:
 * bases are staggered within 4 KiB by a step that visits many of the 64-byte lines (about 20% at 10,000 processes).
 */
const STAGGER_STEP = 832;
const STAGGER_MASK = 4032;
/** Control blocks are handed out from pieces of this many bytes. */
const CONTROL_SLAB_BYTES = WASM_PAGE;

/** The memory of one process inside an arena. `base` is the address of its byte 0; `capacityBytes` it can grow to in place. */
export interface Region {
  readonly extent: Extent;
  readonly base: number;
  readonly capacityBytes: number;
}

/**
 * One WebAssembly.Memory that holds the regions and control blocks of many processes.
 * A tab may own only 125 memories in Chromium, 999 in Firefox, so processes share them (bench/, "live processes").
 */
export class Arena {
  readonly memory: WebAssembly.Memory;
  /** Views of the whole arena; replaced when it grows, so never keep them across a call that may allocate. */
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView<ArrayBuffer>;
  /** For control blocks: faster than a DataView while the engine has not optimised its user. */
  words: Int32Array<ArrayBuffer>;
  readonly #extents: ExtentAllocator;
  readonly #clean: (from: number, to: number) => void;
  readonly #freeControlBlocks = new Map<number, number[]>();
  #stagger = 0;

  constructor() {
    this.memory = new WebAssembly.Memory({
      initial: GROW_STEP_BYTES / WASM_PAGE,
      maximum: MAX_ARENA_BYTES / WASM_PAGE,
    });
    this.bytes = new Uint8Array(this.memory.buffer);
    this.view = new DataView(this.memory.buffer);
    this.words = new Int32Array(this.memory.buffer);
    this.#extents = new ExtentAllocator(FIRST_BYTE, MAX_ARENA_BYTES);
    const { exports } = new WebAssembly.Instance(cleanerModule(), { arena: { memory: this.memory } });
    this.#clean = exports.clean as (from: number, to: number) => void;
  }

  /** Bytes the engine has given to this arena. */
  get sizeBytes(): number {
    return this.bytes.byteLength;
  }

  /** Of regions and control blocks, and what has been set apart for more of these. */
  get usedBytes(): number {
    return this.#extents.usedBytes;
  }

  /** Of ended regions that are still to be cleaned. */
  get dirtyBytes(): number {
    return this.#extents.dirtyBytes;
  }

  /** A region whose every byte is zero, or undefined when the arena has no room for it. */
  tryTakeRegion(capacityBytes: number): Region | undefined {
    const extent = this.#tryTakeExtent(capacityBytes + EXTENT_UNIT);
    if (extent === undefined) return undefined;
    this.#stagger = (this.#stagger + STAGGER_STEP) & STAGGER_MASK;
    return { extent, base: extent.start + this.#stagger, capacityBytes };
  }

  releaseRegion(region: Region): void {
    this.#extents.release(region.extent);
  }

  /**
   * Moves the first `usedBytes` of a region into a larger one and frees the old. Pointers of the guest stay valid:
   * they count from the base. undefined when there is no room: the old region is untouched.
   */
  tryMoveRegion(region: Region, usedBytes: number, capacityBytes: number): Region | undefined {
    const moved = this.tryTakeRegion(capacityBytes);
    if (moved === undefined) return undefined;
    this.bytes.copyWithin(moved.base, region.base, region.base + usedBytes);
    this.releaseRegion(region);
    return moved;
  }

  /** Address of a control block of `bytes` (a multiple of 64), outside every region, zeroed; undefined when full. */
  tryTakeControlBlock(bytes: number): number | undefined {
    let free = this.#freeControlBlocks.get(bytes);
    if (free === undefined) {
      free = [];
      this.#freeControlBlocks.set(bytes, free);
    }
    const reused = free.pop();
    if (reused !== undefined) {
      this.bytes.fill(0, reused, reused + bytes);
      return reused;
    }
    const slab = this.#tryTakeExtent(Math.max(CONTROL_SLAB_BYTES, bytes));
    if (slab === undefined) return undefined;
    for (let at = slab.start + slab.size - (slab.size % bytes) - bytes; at > slab.start; at -= bytes)
      free.push(at);
    return slab.start;
  }

  releaseControlBlock(address: number, bytes: number): void {
    this.#freeControlBlocks.get(bytes)!.push(address);
  }

  /** Cleans one ended region ahead of need. False when there is none. Called while the executor is idle. */
  cleanOne(): boolean {
    const extent = this.#extents.takeDirty();
    if (extent === undefined) return false;
    this.#clean(extent.start, extent.start + extent.size);
    this.#extents.releaseClean(extent);
    return true;
  }

  /** Zeroed, and inside the memory. */
  #tryTakeExtent(bytes: number): Extent | undefined {
    const extent = this.#extents.take(bytes);
    if (extent === undefined) return undefined;
    if (!this.#reach(extent.start + extent.size)) {
      this.#extents.release(extent);
      return undefined;
    }
    if (!extent.isClean) this.#clean(extent.start, extent.start + extent.size);
    return extent;
  }

  /** Makes the memory reach to `end`. False when the engine refuses. */
  #reach(end: number): boolean {
    if (end <= this.bytes.byteLength) return true;
    const missing = end - this.bytes.byteLength;
    const step = Math.max(missing, GROW_STEP_BYTES, Math.floor(this.bytes.byteLength / 2));
    const room = MAX_ARENA_BYTES - this.bytes.byteLength;
    for (const wanted of [Math.min(step, room), missing]) {
      try {
        this.memory.grow(Math.ceil(wanted / WASM_PAGE));
      } catch (error) {
        if (error instanceof RangeError) continue;
        throw error;
      }
      this.bytes = new Uint8Array(this.memory.buffer);
      this.view = new DataView(this.memory.buffer);
      this.words = new Int32Array(this.memory.buffer);
      return true;
    }
    return false;
  }
}
