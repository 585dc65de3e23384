import { sleep_ms } from "../host/process";
import { cancel_timer } from "../host/timer";

/** Waits so many milliseconds. Other processes go on; this one takes no messages meanwhile. */
export function sleep(milliseconds: u64): void {
  sleep_ms(milliseconds);
}

/** A message that will be sent: what `sendAfter` gives. */
export class TimerRef {
  /** @param id the number that the host gave to the timer */
  constructor(readonly id: u64) {}

  /** Does not send it. False: it was sent long ago. */
  cancel(): bool {
    return cancel_timer(this.id) == 1;
  }
}
