import type { Fault } from "../storage/fault.ts";

/** The error numbers of preview1 that this implementation gives, by their names in the spec. */
export const ERRNO = {
  success: 0,
  again: 6,
  badf: 8,
  busy: 10,
  exist: 20,
  fbig: 22,
  ilseq: 25,
  inval: 28,
  io: 29,
  isdir: 31,
  loop: 32,
  mfile: 33,
  nametoolong: 37,
  noent: 44,
  nospc: 51,
  notdir: 54,
  notempty: 55,
  notsock: 57,
  perm: 63,
  spipe: 70,
  notcapable: 76,
} as const;

export type Errno = (typeof ERRNO)[keyof typeof ERRNO];

/**
 * What natively wasmtime answers on Linux. A path that leads outside is `perm` there, which the standard libraries
 * of guests report as permission denied; `notcapable` is kept for missing rights.
 */
const ERRNO_OF_FAULT: Readonly<Record<Fault, Errno>> = {
  notFound: ERRNO.noent,
  exists: ERRNO.exist,
  notDirectory: ERRNO.notdir,
  isDirectory: ERRNO.isdir,
  notEmpty: ERRNO.notempty,
  notPermitted: ERRNO.perm,
  invalid: ERRNO.inval,
  busy: ERRNO.busy,
  escapes: ERRNO.perm,
  symlinkLoop: ERRNO.loop,
  nameTooLong: ERRNO.nametoolong,
  fileTooLarge: ERRNO.fbig,
  noSpace: ERRNO.nospc,
  unavailable: ERRNO.io,
};

/** @param fault undefined for success */
export function errnoOf(fault: Fault | undefined): Errno {
  return fault === undefined ? ERRNO.success : ERRNO_OF_FAULT[fault];
}
