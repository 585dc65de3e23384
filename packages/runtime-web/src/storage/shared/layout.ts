/**
 * How a tree lies in one buffer. All places are indices of 32-bit words, so that a buffer may have 8 GiB.
 *
 *     block 0        blocks 1 …            …
 *     +-------------+-------------+-------+--------------+------
 *     | block infos | header, log | cells | inodes, …    |
 *     +-------------+-------------+-------+--------------+------
 *
 * The buffer is an array of blocks of 4 KiB. The first block of every 256 tells what each of them is for, itself
 * included. The header and the undo log fill the next ones; every other block is given out by `Blocks`.
 */
export const BLOCK_BYTES = 4096;
export const BLOCK_WORDS = BLOCK_BYTES / 4;
/** Blocks of a group: as many as infos fit in a block. */
export const GROUP_BLOCKS = 256;
export const INFO_WORDS = BLOCK_WORDS / GROUP_BLOCKS;

/** Raised when words mean something else: all parts of a runtime come from one build, so a mismatch is a mixed cache. */
export const LAYOUT_VERSION = 1;

const HEADER_AT = BLOCK_WORDS;

/** Words of the header. */
export const HEADER = {
  version: HEADER_AT,
  /** Who is in (`TreeLock`). */
  lock: HEADER_AT + 1,
  undoCount: HEADER_AT + 2,
  /** Owners that are gone for good, a bit each. */
  lost: HEADER_AT + 50,
  /** Words that the buffer has; whoever knows fewer makes new views. */
  words: HEADER_AT + 5,
  /** First of the free blocks, and the first that was never given out. */
  freeBlock: HEADER_AT + 6,
  nextBlock: HEADER_AT + 7,
  /** Blocks from here on were never written to, also not by an operation that was undone, and so are zero. */
  untouchedBlock: HEADER_AT + 8,
  /** Content pages, and how many there may be. */
  pages: HEADER_AT + 9,
  maxPages: HEADER_AT + 10,
  inodes: HEADER_AT + 11,
  maxInodes: HEADER_AT + 12,
  freeInode: HEADER_AT + 13,
  /** First free cell of each size (`Cells`). */
  freeCells: HEADER_AT + 14,
  /** Linear hashing of all names of all directories (`NameTable`). */
  bucketRoot: HEADER_AT + 18,
  buckets: HEADER_AT + 19,
  names: HEADER_AT + 20,
  root: HEADER_AT + 21,
  /** A double. */
  nextNumber: HEADER_AT + 22,
  /** Counts operations that changed something; wraps. */
  changes: HEADER_AT + 24,
  /** Not 0: everything that changes is noted for a volume (`Changes`). */
  isPersistent: HEADER_AT + 25,
  /** Not 0: the volume took nothing more when it was last asked. */
  volumeIsFull: HEADER_AT + 26,
  /** What the volume does not know yet: so many pages, a list of inodes, names and discarded inodes in their order. */
  dirtyPages: HEADER_AT + 27,
  dirtyInode: HEADER_AT + 28,
  firstChange: HEADER_AT + 29,
  lastChange: HEADER_AT + 30,
  /** Where the search for a page to evict goes on. */
  clock: HEADER_AT + 31,
  /** Another one in each tree: names that collide in one do not in the next. */
  seed: HEADER_AT + 32,
  /** First opening of each owner, a word each. */
  openings: HEADER_AT + 64,
} as const;

/** Entries of the undo log, two words each: where, and what was there. */
export const UNDO_AT = HEADER_AT + BLOCK_WORDS;
export const UNDO_ENTRIES = 2 * BLOCK_WORDS;
const UNDO_BLOCKS = (2 * UNDO_ENTRIES) / BLOCK_WORDS;

/** The first block that is given out. */
export const FIRST_BLOCK = 2 + UNDO_BLOCKS;
/** Threads that may share a tree: as many executors as a runtime has, and the storage worker. */
export const MAX_OWNERS = 96;

/** Words of a block's info. */
export const INFO = {
  flags: 0,
  /** Of a page: the inode it belongs to. */
  inode: 1,
  /** Of a page: which of the file's. */
  page: 2,
  /** In the list of free blocks. */
  next: 3,
} as const;

/**
 * Flags of a block. The first of a group has `dirty` and `inFlight` if any of the group may have it: with 256 MiB of pages
 * in memory, each sync would else look at 65,000.
 */
export const BLOCK = {
  page: 1,
  /** Changed since it was last taken for the volume. */
  dirty: 2,
  /** Taken for the volume, which has not confirmed it yet: not to be evicted, because the volume cannot give it. */
  inFlight: 4,
  /** Used since the clock's hand came by. */
  used: 8,
  inodes: 16,
} as const;

export const INODE_BYTES = 128;
export const INODE_WORDS = INODE_BYTES / 4;
export const DIRECT_PAGES = 8;

/** Kinds of inodes; a free record has 0. */
export const KIND = { free: 0, file: 1, directory: 2, symlink: 3 } as const;

/** Words of an inode. Doubles and times have two and lie on even words. */
export const INODE = {
  kind: 0,
  linkCount: 1,
  openCount: 2,
  flags: 3,
  number: 4,
  accessed: 6,
  modified: 8,
  changed: 10,
  /** First of its openings. */
  openings: 12,
  /** Next of the free ones, or of those that the volume has to be told of. */
  next: 13,
  /** Of a file, a double. */
  size: 14,
  /** Smallest size since the volume was told, a double; -1: it was never cut off. */
  cut: 16,
  direct: 18,
  radix: 26,
  radixDepth: 27,
  /** Pages below this that are not here are on the volume. Unsigned. */
  volumePages: 28,
  /** The one before it among those that the volume has to be told of. */
  previous: 29,
  /** Of a directory. */
  parent: 14,
  entryCount: 15,
  nextCookie: 18,
  firstEntry: 20,
  lastEntry: 21,
  /** Of a symlink: where the bytes of its target are, and how many. */
  target: 18,
  targetBytes: 19,
} as const;

export const INODE_FLAG = {
  /** In the list of those that the volume has to be told of. */
  dirty: 1,
  /** The volume knows it. */
  onVolume: 2,
} as const;

/**
 * Words of a name in a directory; its bytes follow. Whatever else is in a cell has 0 where an entry has its directory and
 * no bytes of a guest's before `bytes`, so that it is never taken for an entry.
 */
export const ENTRY = {
  hash: 0,
  inode: 1,
  cookie: 2,
  previous: 4,
  next: 5,
  nextInBucket: 6,
  /** Bytes of the name. */
  length: 7,
  directory: 8,
  bytes: 10,
} as const;

/** Words of a symlink's target, if it is in a cell: as with an entry. */
export const TARGET_BYTES = ENTRY.bytes;
/** Longest target in a cell; longer ones take a block. */
export const MAX_CELL_TARGET = 280;

/** Words of what holds an inode open. */
export const OPENING = {
  inode: 0,
  owner: 1,
  environment: 2,
  pid: 3,
  /** Among those of the inode, and of the owner. */
  next: 4,
  previous: 5,
  nextOfOwner: 6,
  previousOfOwner: 7,
  words: 9,
} as const;

/** Words of a change that the volume has to be told of: a name that came or went, or an inode that is gone. */
export const CHANGE = {
  next: 0,
  /** Where the inode is, 0 when a name went; and its number, a double. */
  inode: 1,
  number: 2,
  cookie: 4,
  /** Bytes of the name; -1: the inode was discarded. */
  length: 6,
  /** The directory's number, a double, after the word that is 0. */
  directory: 10,
  bytes: 12,
} as const;
