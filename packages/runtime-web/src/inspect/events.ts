/**
 * What can be observed of a running system. One event per thing that passes through the kernel or the scheduler;
 * how they travel is in packedRecords.ts, how recordings keep them in records.ts. See docs/architecture.md, "Observation".
 */

/** Numbers are part of the record format: append, never renumber. */
export const EventKind = {
  /** A process exists. other = parent pid (0 for a root), value = module id, text = entry function. */
  Spawn: 1,
  /** Its first instruction is about to run. value = bytes of its memory (0: it has none, or MemorySize told before). */
  Start: 2,
  /** It waits. value = a ParkReason; of a receive: other = how many tags it waits for (0: any message), tag = the first. */
  Park: 3,
  /** What it waited for is there; it is in the run queue again. */
  Wake: 4,
  /** pid sent a message to other. tag = message tag, value = payload bytes. */
  MessageSent: 5,
  /** A message is in pid's mailbox. other = sender pid (0: unknown), value = mailbox depth after it. */
  MessageQueued: 6,
  /** pid took a message. tag = its tag, value = mailbox depth after it, other = sender pid (0: unknown). */
  MessageTaken: 7,
  /** pid is linked to other. tag = link tag. */
  Link: 8,
  Unlink: 9,
  /** pid monitors other. */
  Monitor: 10,
  StopMonitoring: 11,
  /** pid got a signal other than a message. value = a SignalCode, other = where it comes from. */
  Signal: 12,
  /** A name now leads to pid. text = the whole registry name. */
  NameRegistered: 13,
  NameRemoved: 14,
  /** pid wrote to stdout (value 1) or stderr (value 2). text = what. */
  Output: 15,
  /**
   * The process is gone. value = an ExitCode (exit.ts of the kernel), other = the killer or the linked pid, tag = fuel units
   * it has used (0: FuelUsed told before, or it has no fuel), text = the cause for people.
   */
  Exit: 16,
  /** pid trapped. text = message and the guest's stack, see `parseTrap`. */
  Trap: 17,
  /** Its region has grown. value = bytes. */
  MemorySize: 18,
  /** Sampled: value = fuel units (instructions) used so far. */
  FuelUsed: 19,
  /** pid reports something a person should know (a denied permission, say). text = what. */
  Notice: 20,
  /** Sampled: value = mailbox depth, other = messages received so far, tag = messages sent so far. */
  MailboxSample: 21,
  /** pid's root environment ended. */
  EnvironmentEnded: 22,
  /** The environment goes on at another pace. pid = its root (0 before there is one), value = a PaceCode (pace.ts), other = slices a second if it is slow. */
  Pace: 23,
  /**
   * pid sent value messages to other that were not told one by one, because there were too many (Detail "sampled"). Comes
   * with MessageSent, at some time after those messages. pid 0: of more pairs than could be kept apart.
   */
  MoreMessages: 24,
} as const;
/** One of the values of EventKind. */
export type EventKind = (typeof EventKind)[keyof typeof EventKind];

/** What a process waits for: the value of a Park event. Numbers are part of the record format. */
export const ParkReason = {
  Receive: 1,
  Sleep: 2,
  Spawn: 3,
  Registry: 4,
  Catch: 5,
  /** Its slice of fuel is used up; it is still runnable. */
  Preempted: 6,
  /** It exists but waits for a stack (the engine's budget of suspended stacks is in use). */
  AwaitingStack: 7,
  Poll: 8,
  Other: 9,
  /** Standard input is empty. */
  Input: 10,
  /** It has written more than the page has taken so far. */
  Output: 11,
  /** A file is on its volume, or is to be. */
  File: 12,
} as const;
/** One of the values of ParkReason. */
export type ParkReason = (typeof ParkReason)[keyof typeof ParkReason];

/**
 * The one hook through which everything observable passes. Implementations must not throw and must not call back
 * into the kernel. A caller holds `EventSink | undefined` and skips the call when nobody observes.
 */
export interface EventSink {
  /** Tells of one event. @param text kept apart from the record; only some kinds carry one (see EventKind) */
  emit(kind: EventKind, pid: number, other: number, tag: bigint, value: number, text?: string): void;
  /**
   * Tells of a message that is sent: in place of `emit` with MessageSent.
   * @returns false: it is one of too many, and MessageQueued and MessageTaken of it need not be told
   */
  messageSent(from: number, to: number, tag: bigint, sizeBytes: number): boolean;
  /** Wants to be told also of messages for which `messageSent` answered false. */
  readonly tellsAll: boolean;
  /** Wants to be told of Park and Wake now; asked first, because a flood of messages is a flood of waits. */
  readonly tellsWaits: boolean;
}
