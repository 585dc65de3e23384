/** Enumerations and flag sets of preview1 (phases/snapshot/witx/typenames.witx), by their names there. */
export const FILETYPE = {
  unknown: 0,
  characterDevice: 2,
  directory: 3,
  regularFile: 4,
  symbolicLink: 7,
} as const;

export const CLOCK = { realtime: 0, monotonic: 1, processCputime: 2, threadCputime: 3 } as const;

export const WHENCE = { set: 0, current: 1, end: 2 } as const;

export const FDFLAG = { append: 1, dsync: 2, nonblock: 4, rsync: 8, sync: 16 } as const;
export const ALL_FDFLAGS = 31;

export const OFLAG = { create: 1, directory: 2, exclusive: 4, truncate: 8 } as const;
export const ALL_OFLAGS = 15;

export const LOOKUP_SYMLINK_FOLLOW = 1;
export const ALL_LOOKUPFLAGS = 1;

export const FSTFLAG = { accessed: 1, accessedNow: 2, modified: 4, modifiedNow: 8 } as const;
export const ALL_FSTFLAGS = 15;

/** advice has the values 0 (normal) to 5 (noreuse). */
export const MAX_ADVICE = 5;

export const PREOPEN_DIRECTORY = 0;

export const EVENTTYPE = { clock: 0, fdRead: 1, fdWrite: 2 } as const;
export const SUBCLOCK_ABSTIME = 1;
export const EVENT_HANGUP = 1;
