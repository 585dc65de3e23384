/** Pids per page. A page's frame is used again once all its processes are dead, so memory follows the living. */
const PAGE_PIDS = 256;
/** 2^21 pages are 537 million processes in one environment: 7 hours of 20,000 spawns a second. */
const PAGES = 2 ** 21;
/**
 * | version i32 | used frames i32 | next pid u64 | free frames i32 | reserved i32 | page 0 i32 | … | frame 0 | frame 1 | …
 *
 * A page is 0 until one of its pids is placed, then its frame's index + 1, then PAGE_DEAD for good: it never gets a
 * second frame, so a reader who finds the same value after reading the frame has read the right one.
 */
const VERSION_WORD = 0;
const USED_FRAMES_WORD = 1;
const NEXT_PID_LONG = 1;
const FREE_FRAMES_WORD = 4;
const FIRST_PAGE_WORD = 6;
const PAGE_DEAD = -1;
/**
 * Frame: | owner i32 | dead pids i32 | 256 × slot u16 |
 *
 * The owner is the page's number + 1, or FRAME_FREE once the frame was returned. A slot holds executor + 1 in its low
 * byte (0: not placed) and in its high byte the spawning executor + 1, or SLOT_DEAD; the low byte outlives the process.
 */
const FRAMES_AT = 4 * (FIRST_PAGE_WORD + PAGES);
const FRAME_HEADER_BYTES = 8;
const FRAME_BYTES = FRAME_HEADER_BYTES + 2 * PAGE_PIDS;
const FRAME_FREE = -1;
const SLOT_DEAD = 0xff;

const LAYOUT_VERSION = 1;
/** A growable buffer takes addresses for its maximum, and memory only for what was touched. */
const LARGEST_BYTES = FRAMES_AT + 64 * 2 ** 20;
const INITIAL_FRAMES = 32;

/** @returns the memory of a new, empty directory */
export function createSharedPidDirectory(): SharedArrayBuffer {
  const bytes = FRAMES_AT + INITIAL_FRAMES * FRAME_BYTES;
  const buffer = new SharedArrayBuffer(bytes, { maxByteLength: LARGEST_BYTES });
  new Int32Array(buffer)[VERSION_WORD] = LAYOUT_VERSION;
  new BigInt64Array(buffer, 0, 2)[NEXT_PID_LONG] = 1n;
  return buffer;
}

/**
 * The PidDirectory (kernel/) of an environment whose processes live on several executors, in memory that they and the
 * page share. Any of them may call anything at any time; nothing blocks and there is no lock that a dying worker could
 * keep. A pid becomes visible to others in the moment `place` returns.
 * @typeParam Pid the branded number of the kernel
 */
export class SharedPidDirectory<Pid extends number = number> {
  readonly #buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #longs: BigInt64Array;
  readonly #slots: Uint16Array;

  /**
   * @param buffer of createSharedPidDirectory
   * @throws Error made by another version of this code
   */
  constructor(buffer: SharedArrayBuffer) {
    this.#buffer = buffer;
    // No length given: the views follow the buffer when it grows.
    this.#words = new Int32Array(buffer);
    this.#longs = new BigInt64Array(buffer, 0, 2);
    this.#slots = new Uint16Array(buffer);
    const version = this.#words[VERSION_WORD];
    if (version !== LAYOUT_VERSION) {
      throw new Error(
        `Pid directory has layout ${version}, expected ${LAYOUT_VERSION}: reload so that all parts match`,
      );
    }
  }

  /** Bytes in use, for memory figures. */
  get byteLength(): number {
    return this.#buffer.byteLength;
  }

  allocate(): Pid {
    return Number(Atomics.add(this.#longs, NEXT_PID_LONG, 1n)) as Pid;
  }

  /** @throws RangeError 537 million pids were given out, or 128,000 pages have somebody alive */
  place(pid: Pid, executor: number, by: number): void {
    Atomics.store(this.#slots, this.#obtainSlot(pid), ((by + 1) << 8) | (executor + 1));
  }

  locate(pid: Pid): number | undefined {
    const slot = this.#readSlot(pid);
    return slot === 0 || slot >> 8 === SLOT_DEAD ? undefined : (slot & 0xff) - 1;
  }

  lastPlace(pid: Pid): number | undefined {
    const executor = this.#readSlot(pid) & 0xff;
    return executor === 0 ? undefined : executor - 1;
  }

  placedBy(pid: Pid): number | undefined {
    const by = this.#readSlot(pid) >> 8;
    return by === 0 || by === SLOT_DEAD ? undefined : by - 1;
  }

  /** Everybody reads the same memory: there is nobody to ask, and nothing to be told. */
  authority(): undefined {
    return undefined;
  }

  expect(): void {}

  release(pid: Pid): void {
    const page = pageOf(pid);
    if (this.#pageWord(page) === PAGE_DEAD) return;
    const slotIndex = this.#obtainSlot(pid);
    const previous = Atomics.or(this.#slots, slotIndex, SLOT_DEAD << 8);
    if (previous >> 8 === SLOT_DEAD) return;
    const frame = Math.floor((slotIndex * 2 - FRAMES_AT) / FRAME_BYTES);
    const dead = Atomics.add(this.#words, frameWord(frame) + 1, 1) + 1;
    // Page 0 has one pid less: there is no process 0.
    if (dead === (page === 0 ? PAGE_PIDS - 1 : PAGE_PIDS)) this.#freeFrame(page, frame);
  }

  #readSlot(pid: Pid): number {
    const page = pageOf(pid);
    const word = this.#pageWord(page);
    if (word === 0 || word === PAGE_DEAD) return 0;
    const slot = Atomics.load(this.#slots, slotIndexOf(word - 1, pid));
    return Atomics.load(this.#words, FIRST_PAGE_WORD + page) === word ? slot : 0;
  }

  #pageWord(page: number): number {
    return page >= 0 && page < PAGES ? Atomics.load(this.#words, FIRST_PAGE_WORD + page) : 0;
  }

  /** @returns the index of the pid's slot, giving its page a frame if it has none */
  #obtainSlot(pid: Pid): number {
    const page = pageOf(pid);
    if (page >= PAGES) throw new RangeError(`Pid directory is full: process ${pid} is beyond the last page`);
    const index = FIRST_PAGE_WORD + page;
    let word = Atomics.load(this.#words, index);
    if (word === 0) {
      const frame = this.#takeFrame(page);
      word = Atomics.compareExchange(this.#words, index, 0, frame + 1);
      if (word === 0) word = frame + 1;
      else this.#returnFrame(frame);
    }
    return slotIndexOf(word - 1, pid);
  }

  #takeFrame(page: number): number {
    if (Atomics.load(this.#words, FREE_FRAMES_WORD) > 0) {
      const used = Atomics.load(this.#words, USED_FRAMES_WORD);
      for (let frame = 0; frame < used; frame++) {
        if (Atomics.compareExchange(this.#words, frameWord(frame), FRAME_FREE, page + 1) !== FRAME_FREE)
          continue;
        Atomics.sub(this.#words, FREE_FRAMES_WORD, 1);
        return frame;
      }
    }
    const frame = Atomics.add(this.#words, USED_FRAMES_WORD, 1);
    growTo(this.#buffer, FRAMES_AT + (frame + 1) * FRAME_BYTES);
    Atomics.store(this.#words, frameWord(frame), page + 1);
    return frame;
  }

  #freeFrame(page: number, frame: number): void {
    Atomics.store(this.#words, FIRST_PAGE_WORD + page, PAGE_DEAD);
    const first = slotIndexOf(frame, 0);
    for (let index = first; index < first + PAGE_PIDS; index++) Atomics.store(this.#slots, index, 0);
    Atomics.store(this.#words, frameWord(frame) + 1, 0);
    this.#returnFrame(frame);
  }

  #returnFrame(frame: number): void {
    Atomics.store(this.#words, frameWord(frame), FRAME_FREE);
    Atomics.add(this.#words, FREE_FRAMES_WORD, 1);
  }
}

function pageOf(pid: number): number {
  return Math.floor(pid / PAGE_PIDS);
}

function frameWord(frame: number): number {
  return (FRAMES_AT + frame * FRAME_BYTES) / 4;
}

function slotIndexOf(frame: number, pid: number): number {
  return (FRAMES_AT + frame * FRAME_BYTES + FRAME_HEADER_BYTES) / 2 + (pid % PAGE_PIDS);
}

function growTo(buffer: SharedArrayBuffer, bytes: number): void {
  while (buffer.byteLength < bytes) {
    if (bytes > buffer.maxByteLength) {
      throw new RangeError(
        `Pid directory is full: no room for more living processes in ${buffer.maxByteLength} bytes`,
      );
    }
    const frames = Math.max(1, (buffer.byteLength - FRAMES_AT) / FRAME_BYTES);
    const goal = Math.min(buffer.maxByteLength, Math.max(bytes, FRAMES_AT + 2 * frames * FRAME_BYTES));
    try {
      buffer.grow(goal);
    } catch (error) {
      // Another executor may have grown it further between the look and the call; then there is nothing to do.
      if (buffer.byteLength < goal) throw error;
    }
  }
}
