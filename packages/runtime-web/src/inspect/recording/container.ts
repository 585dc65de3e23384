import { join, LengthError, pack, unpack } from "./gzip.ts";
import { RecordingError } from "./recordingError.ts";

/**
 * A recording's file, little-endian: magic and version, then blocks, the last of which is an End. A block is packed by
 * itself, so that neither end has to hold the whole run in bytes, and damage is found where it is.
 *
 *      0        8         12
 *     +--------+---------+-------+-------+---
 *     | magic  | version | block | block | …
 *     +--------+---------+-------+-------+---
 *
 *      0      4               8               12
 *     +------+---------------+---------------+----------------+
 *     | kind | packed length | length        | gzip (RFC 1952)|
 *     +------+---------------+---------------+----------------+
 *
 * A reader skips blocks of a kind that it does not know: those that it cannot do without raise the version.
 */
export const RECORDING_VERSION = 1;
/** Begins with a byte that is no text and has a line break, as PNG does: a transfer that takes it for text shows. */
const MAGIC = Uint8Array.of(0x89, 0x4c, 0x57, 0x52, 0x45, 0x43, 0x0d, 0x0a);
const HEAD_BYTES = MAGIC.length + 4;
const BLOCK_HEAD_BYTES = 12;

/** Numbers are part of the format: append, never renumber. */
export const BlockKind = {
  End: 0,
  /** JSON: what ran. First, once. */
  Info: 1,
  /** JSON: the system before the first event, if the events before are forgotten. At most once, before any History. */
  Start: 2,
  /** Events and steps, see historyBlock.ts. */
  History: 3,
  /** JSON: lines of the console. */
  Lines: 4,
} as const;

/** Of one block: a snapshot of 200,000 processes as JSON takes about as much. */
export const MAX_BLOCK_BYTES = 64 * 2 ** 20;
/** Of all blocks together: eleven million events. */
export const MAX_TOTAL_BYTES = 512 * 2 ** 20;

/** Makes the bytes of a file, block by block. */
export class ContainerWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  constructor() {
    const head = new Uint8Array(HEAD_BYTES);
    head.set(MAGIC);
    new DataView(head.buffer).setUint32(MAGIC.length, RECORDING_VERSION, true);
    this.#add(head);
  }

  async block(kind: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const packed = await pack(bytes);
    const head = new DataView(new ArrayBuffer(BLOCK_HEAD_BYTES));
    head.setUint32(0, kind, true);
    head.setUint32(4, packed.length, true);
    head.setUint32(8, bytes.length, true);
    this.#add(new Uint8Array(head.buffer));
    this.#add(packed);
  }

  async finish(): Promise<Uint8Array<ArrayBuffer>> {
    await this.block(BlockKind.End, new Uint8Array());
    return join(this.#parts, this.#length);
  }

  #add(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }
}

export interface Block {
  readonly kind: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where in the file it begins. */
  readonly offset: number;
}

/**
 * The blocks of a file but the End, one after the other.
 * @throws RecordingError
 */
export async function* readBlocks(file: Uint8Array<ArrayBuffer>): AsyncGenerator<Block, void, undefined> {
  requireHead(file);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let total = 0;
  for (let at = HEAD_BYTES; ; ) {
    if (at + BLOCK_HEAD_BYTES > file.length) throw new RecordingError("truncated", "it ends too early", at);
    const kind = view.getUint32(at, true);
    const packedLength = view.getUint32(at + 4, true);
    const length = view.getUint32(at + 8, true);
    const begin = at + BLOCK_HEAD_BYTES;
    total += length;
    if (length > MAX_BLOCK_BYTES || total > MAX_TOTAL_BYTES) {
      throw new RecordingError("tooLarge", `it unpacks to more than ${MAX_TOTAL_BYTES} bytes`, at);
    }
    const missing = begin + packedLength - file.length;
    if (missing > 0) throw new RecordingError("truncated", `it ends ${missing} bytes too early`, at);
    const packed = file.subarray(begin, begin + packedLength);
    const bytes = await unpack(packed, length).catch((error: unknown): never => {
      const found = error instanceof LengthError ? error.message : "does not unpack";
      throw new RecordingError("damaged", `a block ${found}`, at);
    });
    if (kind === BlockKind.End) {
      if (begin + packedLength === file.length) return;
      throw new RecordingError("damaged", "something follows its end", begin + packedLength);
    }
    yield { kind, bytes, offset: at };
    at = begin + packedLength;
  }
}

function requireHead(file: Uint8Array<ArrayBuffer>): void {
  const isWhole = MAGIC.every((byte, index) => file[index] === byte);
  if (!isWhole) throw new RecordingError("foreign", foreignFinding(file), 0);
  if (file.length < HEAD_BYTES) throw new RecordingError("truncated", "it ends too early", file.length);
  const version = new DataView(file.buffer, file.byteOffset).getUint32(MAGIC.length, true);
  if (version > RECORDING_VERSION) {
    throw new RecordingError(
      "newer",
      `it has version ${version} of the format, and this page reads up to ${RECORDING_VERSION}`,
      MAGIC.length,
    );
  }
  if (version === 0) throw new RecordingError("damaged", "it has version 0", MAGIC.length);
}

function foreignFinding(file: Uint8Array<ArrayBuffer>): string {
  if (file.length === 0) return "the file is empty";
  return "the file does not begin as a recording does";
}
