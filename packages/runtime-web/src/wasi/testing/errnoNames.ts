import { PARKED, type Parked } from "../../kernel/parked.ts";
import type { WasiFunctions } from "../functions/signature.ts";

/**
 * The error numbers of preview1 in the order of its typenames.witx: the position is the number. Written out here, and
 * not taken from `errno.ts`, so that a wrong number there fails tests.
 */
const ERRNO_NAMES = [
  "success",
  "2big",
  "acces",
  "addrinuse",
  "addrnotavail",
  "afnosupport",
  "again",
  "already",
  "badf",
  "badmsg",
  "busy",
  "canceled",
  "child",
  "connaborted",
  "connrefused",
  "connreset",
  "deadlk",
  "destaddrreq",
  "dom",
  "dquot",
  "exist",
  "fault",
  "fbig",
  "hostunreach",
  "idrm",
  "ilseq",
  "inprogress",
  "intr",
  "inval",
  "io",
  "isconn",
  "isdir",
  "loop",
  "mfile",
  "mlink",
  "msgsize",
  "multihop",
  "nametoolong",
  "netdown",
  "netreset",
  "netunreach",
  "nfile",
  "nobufs",
  "nodev",
  "noent",
  "noexec",
  "nolck",
  "nolink",
  "nomem",
  "nomsg",
  "noprotoopt",
  "nospc",
  "nosys",
  "notconn",
  "notdir",
  "notempty",
  "notrecoverable",
  "notsock",
  "notsup",
  "notty",
  "nxio",
  "overflow",
  "ownerdead",
  "perm",
  "pipe",
  "proto",
  "protonosupport",
  "prototype",
  "range",
  "rofs",
  "spipe",
  "srch",
  "stale",
  "timedout",
  "txtbsy",
  "xdev",
  "notcapable",
] as const;

export type ErrnoName = (typeof ERRNO_NAMES)[number];

/** The functions with the name of the errno for a result; what parks is PARKED. */
export type NamedResults = {
  readonly [K in keyof WasiFunctions]: (
    ...values: Parameters<WasiFunctions[K]>
  ) => Parked extends ReturnType<WasiFunctions[K]> ? ErrnoName | Parked : ErrnoName;
};

export function errnoName(errno: number): ErrnoName {
  const name = ERRNO_NAMES[errno];
  if (name === undefined) throw new Error(`${errno} is no errno of preview1`);
  return name;
}

export function namedResults(functions: WasiFunctions): NamedResults {
  const named = Object.entries(functions).map(([key, call]) => {
    const any = call as (...values: (number | bigint)[]) => number | Parked;
    return [
      key,
      (...values: (number | bigint)[]) => {
        const result = any(...values);
        return result === PARKED ? PARKED : errnoName(result);
      },
    ];
  });
  return Object.fromEntries(named) as NamedResults;
}
