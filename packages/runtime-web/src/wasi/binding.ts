import type { GuestMemory } from "../abi/guestMemory.ts";
import type { Parked } from "../kernel/parked.ts";
import type { Fault } from "../storage/fault.ts";
import type { FileNeed } from "../storage/inode.ts";
import type { WasiContext } from "./context.ts";

/**
 * What preview1 functions need of their host. One table of functions serves all processes of an instance, so each
 * call asks who is calling. A call that has to wait captures the caller's context and memory first.
 */
export interface WasiBinding {
  /** The calling process' context. */
  context(): WasiContext;
  /** The calling process' memory: an object that stays valid while the process lives, also while it is parked. */
  memory(): GuestMemory;
  /**
   * Parks the caller until the monotonic clock of its context shows `deadlineNs`. May lie centuries ahead.
   * @param finish called once when due, if the process still lives; its result becomes the call's. When it is
   *   PARKED, the call has parked again (the timer was early) and another `finish` will follow.
   */
  sleepUntil(deadlineNs: bigint, finish: Finish): Parked;
  /**
   * Parks the caller until its standard input has bytes or has ended, or until `deadlineNs` if one is given.
   * @param finish as for `sleepUntil`; it parks again when another process took the bytes
   */
  awaitInput(finish: Finish, deadlineNs?: bigint): Parked;
  /**
   * Parks the caller until its standard output has room again.
   * @param finish as for `sleepUntil`; it parks again when other processes have filled the room
   */
  awaitRoom(finish: Finish): Parked;
  /**
   * Parks the caller until the filesystem has done what a file needs.
   * @param finish as for `sleepUntil`; it parks again when it is not enough. Gets why it was not done
   */
  awaitFile(need: FileNeed, finish: (fault: Fault | undefined) => number | Parked): Parked;
  /** Parks the caller behind the processes that are runnable now. */
  yieldNow(finish: Finish): Parked;
}

/** Completes a parked call: writes its results to the guest and gives the errno. Throws as the call itself may. */
export type Finish = () => number | Parked;
