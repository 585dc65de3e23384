import { plain } from "./signature.ts";

/** lunatic::timer, host ABI 3.3 and ch. 10. cancel_timer is async natively but never waits. */
export const timerSignatures = {
  send_after: plain(["process_id: i64", "delay_ms: i64"], "i64"),
  cancel_timer: plain(["timer_id: i64"], "i32"),
};
