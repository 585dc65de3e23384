import { decodeEntryParams, ENTRY_PARAM_BYTES, entryParamType } from "../abi/entryParams.ts";
import { CONTROL_BLOCK, type ExportInfo, HOST_IMPORT, HOST_MODULE, SLOT_BYTES } from "../instrument/index.ts";
import { Arena, type Region } from "./arena.ts";
import type { CompiledModule } from "./compiledModule.ts";
import { GuestInstance } from "./guestInstance.ts";
import type { Platform } from "./platform.ts";
import type { ThunkTable } from "./thunkTable.ts";
import type { Placement, WasmBody } from "./wasmBody.ts";

/** The largest region: an arena of 4 GiB - 64 KiB also holds its first page and control blocks. */
const MAX_REGION_BYTES = 65_000 * 65536;
/** A region that outgrows its place gets this many times the room, so that growing by small steps stays linear. */
const GROWTH_FACTOR = 1.5;
const WASM_PAGE = 65536;

/** No arena has room for a new process. */
export class OutOfMemoryError extends Error {
  constructor(bytes: number) {
    super(`The browser gives no memory for another process of ${bytes} bytes; end some processes`);
    this.name = "OutOfMemoryError";
  }
}

/** What an instance imports besides its memory. */
export interface InstanceLinker {
  /** Host functions of the module's own imports and of the instrumenter's, without the memory. */
  link(module: CompiledModule): WebAssembly.Imports;
}

/** Arenas, instances and the processes' places in them. */
export class Residence {
  readonly #arenas: Arena[] = [];
  readonly #instances = new Map<Arena, Map<CompiledModule, GuestInstance>>();
  /** Linked once per module: they serve every instance of it. */
  readonly #imports = new Map<CompiledModule, WebAssembly.Imports>();
  readonly #thunks: ThunkTable;
  readonly #linker: InstanceLinker;

  constructor(thunks: ThunkTable, linker: InstanceLinker) {
    this.#thunks = thunks;
    this.#linker = linker;
  }

  /** Bytes the engine has given to all arenas. */
  get sizeBytes(): number {
    return this.#arenas.reduce((sum, arena) => sum + arena.sizeBytes, 0);
  }

  /** See Arena. */
  get usedBytes(): number {
    return this.#arenas.reduce((sum, arena) => sum + arena.usedBytes, 0);
  }

  get dirtyBytes(): number {
    return this.#arenas.reduce((sum, arena) => sum + arena.dirtyBytes, 0);
  }

  /**
   * Gives a process its memory, control block and instance, with data segments applied.
   * @throws OutOfMemoryError; WebAssembly.RuntimeError a segment does not fit
   */
  settle(body: WasmBody): Placement {
    const { module } = body;
    const bytes = module.initialBytes;
    const { arena, region, controlBlock } = this.#findRoom(bytes, module.info.controlBlockBytes);
    try {
      const instance = this.#instance(module, arena);
      instance.init(controlBlock, region.base, bytes, 0);
      body.region = region;
      body.limit = bytes;
      body.placement = { arena, instance, controlBlock };
      return body.placement;
    } catch (error) {
      arena.releaseRegion(region);
      arena.releaseControlBlock(controlBlock, module.info.controlBlockBytes);
      throw error;
    }
  }

  /** Frees what `settle` gave. The process' stacks must be unwound. */
  leave(body: WasmBody): void {
    const { placement, region } = body;
    if (placement === undefined || region === undefined) return;
    placement.arena.releaseRegion(region);
    placement.arena.releaseControlBlock(placement.controlBlock, body.module.info.controlBlockBytes);
    if (body.module.info.needsOwnInstance !== undefined) placement.instance.close();
    body.placement = undefined;
    body.region = undefined;
    body.limit = 0;
  }

  /** memory.grow of a guest: old size in pages, or -1. The region moves within its arena when it has to. */
  grow(body: WasmBody, deltaPages: number): number {
    const { arena, controlBlock } = body.placement!;
    const region = body.region!;
    const oldPages = body.limit / WASM_PAGE;
    const wanted = body.limit + (deltaPages >>> 0) * WASM_PAGE;
    const allowed = Math.min(
      MAX_REGION_BYTES,
      body.module.maximumBytes,
      Number(body.process.config.maxMemory),
    );
    if (deltaPages !== 0 && wanted > allowed) return -1;
    if (wanted > region.capacityBytes) {
      const roomy = Math.min(Math.ceil(wanted * GROWTH_FACTOR), MAX_REGION_BYTES);
      const moved =
        arena.tryMoveRegion(region, body.limit, roomy) ?? arena.tryMoveRegion(region, body.limit, wanted);
      if (moved === undefined) return -1;
      body.region = moved;
    }
    body.limit = wanted;
    arena.view.setUint32(controlBlock + CONTROL_BLOCK.base, body.region!.base, true);
    arena.view.setUint32(controlBlock + CONTROL_BLOCK.limit, wanted, true);
    return oldPages;
  }

  /** Cleans ended regions, for about so long. False: some are left. */
  cleanFor(ms: number, platform: Pick<Platform, "nowMs">): boolean {
    const endMs = platform.nowMs() + ms;
    while (this.#arenas.some((arena) => arena.cleanOne())) {
      if (platform.nowMs() >= endMs) return false;
    }
    return true;
  }

  #findRoom(bytes: number, blockBytes: number): { arena: Arena; region: Region; controlBlock: number } {
    for (let index = 0; ; index++) {
      const isNew = index === this.#arenas.length;
      const arena = this.#arenas[index] ?? openArena(bytes);
      const region = arena.tryTakeRegion(bytes);
      const controlBlock = region && arena.tryTakeControlBlock(blockBytes);
      if (isNew) this.#arenas.push(arena);
      if (region !== undefined && controlBlock !== undefined) return { arena, region, controlBlock };
      if (region !== undefined) arena.releaseRegion(region);
      if (isNew) throw new OutOfMemoryError(bytes);
    }
  }

  #instance(module: CompiledModule, arena: Arena): GuestInstance {
    if (module.info.needsOwnInstance !== undefined) return this.#instantiate(module, arena);
    let ofArena = this.#instances.get(arena);
    if (ofArena === undefined) {
      ofArena = new Map();
      this.#instances.set(arena, ofArena);
    }
    let instance = ofArena.get(module);
    if (instance === undefined) {
      instance = this.#instantiate(module, arena);
      ofArena.set(module, instance);
    }
    return instance;
  }

  #instantiate(module: CompiledModule, arena: Arena): GuestInstance {
    let imports = this.#imports.get(module);
    if (imports === undefined) {
      imports = this.#linker.link(module);
      this.#imports.set(module, imports);
    }
    const host = { ...imports[HOST_MODULE], [HOST_IMPORT.memory]: arena.memory };
    return new GuestInstance(module, this.#thunks, { ...imports, [HOST_MODULE]: host });
  }
}

/** @throws OutOfMemoryError the engine refuses another memory */
function openArena(forBytes: number): Arena {
  try {
    return new Arena();
  } catch (error) {
    if (error instanceof RangeError) throw new OutOfMemoryError(forBytes);
    throw error;
  }
}

/**
 * Writes a process' entry arguments into its control block: the 16 bytes of a record are what a slot holds.
 * @returns why the entry cannot be called with them, or undefined. Host ABI ch. 4: entry lookup and mismatch surface
 *   in the child only.
 */
export function passEntryArguments(body: WasmBody): string | undefined {
  const { entry, params } = body.process;
  const target = body.module.exportedFunction(entry);
  if (target === undefined) return `Function '${entry}' not found`;
  const count = params.length / ENTRY_PARAM_BYTES;
  let fits = target.hasEntry && target.results.length === 0 && target.params.length === count;
  const { arena, controlBlock } = body.placement!;
  for (let index = 0; fits && index < count; index++) {
    const record = index * ENTRY_PARAM_BYTES;
    fits = entryParamType(params[record]!) === target.params[index];
    const slot = controlBlock + CONTROL_BLOCK.arguments + index * SLOT_BYTES;
    for (let byte = 0; byte < SLOT_BYTES; byte++) arena.bytes[slot + byte] = params[record + 1 + byte]!;
  }
  return fits ? undefined : mismatch(entry, target, params);
}

function mismatch(entry: string, target: ExportInfo, params: Uint8Array): string {
  const given = decodeEntryParams(params).map((param) => param.type);
  return `Function '${entry}' has type (${target.params.join(", ")}) -> (${target.results.join(", ")}), but a process starts it with (${given.join(", ")}) -> ()`;
}
