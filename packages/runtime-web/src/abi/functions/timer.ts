import type { HostBinding } from "../binding.ts";
import type { MessageStage } from "../messageStage.ts";
import type { FunctionsOf } from "../signatures/signature.ts";
import type { timerSignatures } from "../signatures/timer.ts";
import { pidFromGuest, unsigned64 } from "../u64.ts";

/** What a send_after costs its slice: a timer is far dearer for the host than the call is for the guest. */
const TIMER_INSTRUCTIONS = 2000;

/** lunatic::timer: messages sent later. Host ABI 3.3 and ch. 10. */
export function timerFunctions(
  binding: HostBinding,
  stage: MessageStage,
): FunctionsOf<typeof timerSignatures> {
  return {
    send_after(processId, delayMs) {
      const { process } = binding;
      const message = stage.take(process);
      binding.chargeSlice(TIMER_INSTRUCTIONS);
      return binding.kernel.sendAfter(process, pidFromGuest(processId), unsigned64(delayMs), message);
    },
    cancel_timer(timerId) {
      return binding.kernel.cancelTimer(binding.process, timerId) ? 1 : 0;
    },
  };
}
