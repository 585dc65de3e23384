/** Bits of WASI's `oflags`. */
const CREATE: u32 = 1;
const EXCLUSIVE: u32 = 4;
const TRUNCATE: u32 = 8;
/** The bit of WASI's `fdflags` for writes that go to the end. */
const APPEND: u32 = 1;

/** Bits of WASI's rights: what a descriptor may be used for. */
const READ: u64 = 1 << 1;
const WRITE: u64 = (1 << 6) | (1 << 8) | (1 << 22);
const ALWAYS: u64 = (1 << 0) | (1 << 2) | (1 << 4) | (1 << 5) | (1 << 21);

/**
 * How `File.open` opens a file.
 *
 * ```ts
 * const log = File.open("log.txt", new OpenOptions().append().create()).expect("no log");
 * ```
 */
export class OpenOptions {
  private oflags: u32 = 0;
  private fdflags: u32 = 0;
  private rights: u64 = ALWAYS;

  /** For reading. */
  read(): this {
    this.rights |= READ;
    return this;
  }

  /** For writing. */
  write(): this {
    this.rights |= WRITE;
    return this;
  }

  /** For writing at the end, wherever that is by then: several processes can append to one file. */
  append(): this {
    this.fdflags |= APPEND;
    return this.write();
  }

  /** Empties it. */
  truncate(): this {
    this.oflags |= TRUNCATE;
    return this;
  }

  /** Makes it if there is none. */
  create(): this {
    this.oflags |= CREATE;
    return this;
  }

  /** Makes it, and fails if there is one: of several processes that try, one succeeds. */
  createNew(): this {
    this.oflags |= CREATE | EXCLUSIVE;
    return this;
  }

  get __oflags(): u32 {
    return this.oflags;
  }

  get __fdflags(): u32 {
    return this.fdflags;
  }

  get __rights(): u64 {
    return this.rights;
  }

  /** Whether Rust would refuse it: nothing is asked for, or a file is to be changed that is not opened for writing. */
  get __isContradictory(): bool {
    if ((this.rights & (READ | WRITE)) == 0) return true;
    if ((this.oflags & TRUNCATE) != 0 && (this.fdflags & APPEND) != 0) return true;
    return this.oflags != 0 && (this.rights & WRITE) == 0;
  }
}
