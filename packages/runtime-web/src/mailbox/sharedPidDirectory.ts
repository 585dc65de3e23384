import type { ExecutorIndex, Pid } from "../kernel/ids.ts";
import type { PidDirectory } from "../kernel/pidDirectory.ts";

/** What other executors and the page need to open the same directory; both buffers can be posted. */
export interface SharedPidDirectoryHandle {
  readonly pages: SharedArrayBuffer;
  readonly frames: SharedArrayBuffer;
}

/** Pids per page. A page's frame is used again once all its processes are dead, so memory follows the living. */
const PAGE_PIDS = 256;
/**
 * pages:  | version i32 | reserved i32 | next pid u64 | used frames i32 | free frames i32 | page 0 i32 | page 1 i32 | …
 *
 * A page is 0 until one of its pids is placed, then its frame's index + 1, then PAGE_DEAD for good: it never gets a
 * second frame, so a reader who finds the same value after reading the frame has read the right one.
 */
const VERSION_WORD = 0;
const NEXT_PID_LONG = 1;
const USED_FRAMES_WORD = 4;
const FREE_FRAMES_WORD = 5;
const FIRST_PAGE_WORD = 6;
const PAGE_DEAD = -1;
/**
 * frames: | owner i32 | dead pids i32 | 256 × slot u16 | owner …
 *
 * owner is the page's number + 1, or FRAME_FREE once it was returned. A slot holds executor + 1 in its low byte (0: not placed) and in its high
 * byte the spawning executor + 1, or SLOT_DEAD; the low byte outlives the process.
 */
const FRAME_BYTES = 8 + 2 * PAGE_PIDS;
const SLOT_DEAD = 0xff;
const FRAME_FREE = -1;

const LAYOUT_VERSION = 1;
/** Growable buffers reserve addresses, not memory: 2^30 pids, and 129,055 pages with somebody alive. */
const LARGEST_PAGES_BYTES = 4 * (FIRST_PAGE_WORD + 2 ** 22);
const LARGEST_FRAMES_BYTES = 64 * 2 ** 20;
const SMALLEST_BYTES = 16_384;

/**
 * The directory of an environment whose processes live on several executors, in memory that they and the page share.
 * Any of them may call anything at any time; nothing blocks and there is no lock that a dying worker could keep. A pid
 * becomes visible to others in the moment `place` returns.
 * @throws RangeError from allocate and place: more than 2^30 pids, or too many pages with living processes
 */
export class SharedPidDirectory implements PidDirectory {
  readonly handle: SharedPidDirectoryHandle;
  readonly #pages: Int32Array;
  readonly #longs: BigInt64Array;
  readonly #frameWords: Int32Array;
  readonly #slots: Uint16Array;

  private constructor(handle: SharedPidDirectoryHandle) {
    this.handle = handle;
    // No length given: the views follow the buffers when they grow.
    this.#pages = new Int32Array(handle.pages);
    this.#longs = new BigInt64Array(handle.pages, 0, 2);
    this.#frameWords = new Int32Array(handle.frames);
    this.#slots = new Uint16Array(handle.frames);
  }

  static create(): SharedPidDirectory {
    const pages = new SharedArrayBuffer(SMALLEST_BYTES, { maxByteLength: LARGEST_PAGES_BYTES });
    const frames = new SharedArrayBuffer(SMALLEST_BYTES, { maxByteLength: LARGEST_FRAMES_BYTES });
    const directory = new SharedPidDirectory({ pages, frames });
    directory.#pages[VERSION_WORD] = LAYOUT_VERSION;
    directory.#longs[NEXT_PID_LONG] = 1n;
    return directory;
  }

  /** @throws Error made by another version of this code */
  static attach(handle: SharedPidDirectoryHandle): SharedPidDirectory {
    const directory = new SharedPidDirectory(handle);
    const version = directory.#pages[VERSION_WORD];
    if (version !== LAYOUT_VERSION) {
      throw new Error(
        `Pid directory has layout ${version}, expected ${LAYOUT_VERSION}: reload so that all parts match`,
      );
    }
    return directory;
  }

  allocate(): Pid {
    return Number(Atomics.add(this.#longs, NEXT_PID_LONG, 1n)) as Pid;
  }

  place(pid: Pid, executor: ExecutorIndex, by: ExecutorIndex): void {
    Atomics.store(this.#slots, this.#obtainSlot(pid), ((by + 1) << 8) | (executor + 1));
  }

  locate(pid: Pid): ExecutorIndex | undefined {
    const slot = this.#readSlot(pid);
    return slot === 0 || slot >> 8 === SLOT_DEAD ? undefined : (slot & 0xff) - 1;
  }

  lastPlace(pid: Pid): ExecutorIndex | undefined {
    const executor = this.#readSlot(pid) & 0xff;
    return executor === 0 ? undefined : executor - 1;
  }

  placedBy(pid: Pid): ExecutorIndex | undefined {
    const by = this.#readSlot(pid) >> 8;
    return by === 0 || by === SLOT_DEAD ? undefined : by - 1;
  }

  release(pid: Pid): void {
    const page = pageOf(pid);
    if (this.#pageWord(page) === PAGE_DEAD) return;
    const slotIndex = this.#obtainSlot(pid);
    const previous = Atomics.or(this.#slots, slotIndex, SLOT_DEAD << 8);
    if (previous >> 8 === SLOT_DEAD) return;
    const frame = Math.floor((slotIndex * 2) / FRAME_BYTES);
    const dead = Atomics.add(this.#frameWords, frameWord(frame) + 1, 1) + 1;
    // Page 0 has one pid less: there is no process 0.
    if (dead === (page === 0 ? PAGE_PIDS - 1 : PAGE_PIDS)) this.#freeFrame(page, frame);
  }

  #readSlot(pid: Pid): number {
    const page = pageOf(pid);
    const word = this.#pageWord(page);
    if (word === 0 || word === PAGE_DEAD) return 0;
    const slot = Atomics.load(this.#slots, slotIndexOf(word - 1, pid));
    return Atomics.load(this.#pages, FIRST_PAGE_WORD + page) === word ? slot : 0;
  }

  #pageWord(page: number): number {
    const index = FIRST_PAGE_WORD + page;
    return index < this.#pages.length && page >= 0 ? Atomics.load(this.#pages, index) : 0;
  }

  /** @returns the index of the pid's slot, giving its page a frame if it has none */
  #obtainSlot(pid: Pid): number {
    const page = pageOf(pid);
    const index = FIRST_PAGE_WORD + page;
    growTo(this.handle.pages, 4 * (index + 1), "pids");
    let word = Atomics.load(this.#pages, index);
    if (word === 0) {
      const frame = this.#takeFrame(page);
      word = Atomics.compareExchange(this.#pages, index, 0, frame + 1);
      if (word === 0) word = frame + 1;
      else this.#returnFrame(frame);
    }
    return slotIndexOf(word - 1, pid);
  }

  #takeFrame(page: number): number {
    if (Atomics.load(this.#pages, FREE_FRAMES_WORD) > 0) {
      const used = Atomics.load(this.#pages, USED_FRAMES_WORD);
      for (let frame = 0; frame < used; frame++) {
        if (Atomics.compareExchange(this.#frameWords, frameWord(frame), FRAME_FREE, page + 1) !== FRAME_FREE)
          continue;
        Atomics.sub(this.#pages, FREE_FRAMES_WORD, 1);
        return frame;
      }
    }
    const frame = Atomics.add(this.#pages, USED_FRAMES_WORD, 1);
    growTo(this.handle.frames, (frame + 1) * FRAME_BYTES, "pages of living processes");
    Atomics.store(this.#frameWords, frameWord(frame), page + 1);
    return frame;
  }

  #freeFrame(page: number, frame: number): void {
    Atomics.store(this.#pages, FIRST_PAGE_WORD + page, PAGE_DEAD);
    const first = (frame * FRAME_BYTES) / 2 + 4;
    for (let index = first; index < first + PAGE_PIDS; index++) Atomics.store(this.#slots, index, 0);
    Atomics.store(this.#frameWords, frameWord(frame) + 1, 0);
    this.#returnFrame(frame);
  }

  #returnFrame(frame: number): void {
    Atomics.store(this.#frameWords, frameWord(frame), FRAME_FREE);
    Atomics.add(this.#pages, FREE_FRAMES_WORD, 1);
  }
}

function pageOf(pid: number): number {
  return Math.floor(pid / PAGE_PIDS);
}

function frameWord(frame: number): number {
  return (frame * FRAME_BYTES) / 4;
}

function slotIndexOf(frame: number, pid: number): number {
  return (frame * FRAME_BYTES) / 2 + 4 + (pid % PAGE_PIDS);
}

function growTo(buffer: SharedArrayBuffer, bytes: number, what: string): void {
  while (buffer.byteLength < bytes) {
    if (bytes > buffer.maxByteLength) {
      throw new RangeError(
        `Pid directory is full: no room for more ${what} in ${buffer.maxByteLength} bytes`,
      );
    }
    const goal = Math.min(buffer.maxByteLength, Math.max(bytes, buffer.byteLength * 2));
    try {
      buffer.grow(goal);
    } catch (error) {
      // Another executor may have grown it further between the look and the call; then there is nothing to do.
      if (buffer.byteLength < goal) throw error;
    }
  }
}
