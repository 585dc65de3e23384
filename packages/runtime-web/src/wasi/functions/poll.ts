import type { GuestMemory } from "../../abi/guestMemory.ts";
import type { Parked } from "../../kernel/parked.ts";
import type { WasiBinding } from "../binding.ts";
import { CLOCK, EVENT_HANGUP, EVENTTYPE, SUBCLOCK_ABSTIME } from "../constants.ts";
import type { WasiClock, WasiContext } from "../context.ts";
import { ERRNO, type Errno } from "../errno.ts";
import { RIGHT } from "../rights.ts";
import { EVENT, EVENT_FD, SUBSCRIPTION, SUBSCRIPTION_CLOCK, SUBSCRIPTION_FD } from "../structs.ts";
import { timeOf } from "./clocks.ts";
import type { WasiFunctions } from "./signature.ts";

/** Most subscriptions of one call, `inval` beyond: as many as a process may have descriptors. */
const MAX_SUBSCRIPTIONS = 65_536;

type Subscription =
  | { readonly type: typeof EVENTTYPE.clock; readonly userdata: bigint; readonly deadlineNs: bigint | Errno }
  | {
      readonly type: typeof EVENTTYPE.fdRead | typeof EVENTTYPE.fdWrite;
      readonly userdata: bigint;
      readonly fd: number;
    };

interface Event {
  readonly userdata: bigint;
  readonly type: number;
  readonly error: Errno;
  readonly bytes: number;
  readonly flags: number;
}

/**
 * `poll_oneoff`: answers at once if anything has happened, and otherwise parks until the first clock is due or
 * input is there. Errors of a single subscription (a closed descriptor) are events of their own, as the spec says.
 */
export function pollFunction(binding: WasiBinding): Pick<WasiFunctions, "poll_oneoff"> {
  return {
    poll_oneoff(input, output, count, nevents) {
      const context = binding.context();
      const memory = binding.memory();
      if (count === 0 || count >>> 0 > MAX_SUBSCRIPTIONS) return ERRNO.inval;
      const inputAt = memory.address(input, count * SUBSCRIPTION.sizeBytes);
      memory.address(output, count * EVENT.sizeBytes);
      memory.address(nevents, 4);
      // All are read before an event is written: a guest may give one buffer for both.
      const subscriptions: Subscription[] = [];
      for (let i = 0; i < count; i++) {
        const subscription = parse(memory, inputAt + i * SUBSCRIPTION.sizeBytes, context.clock);
        if (typeof subscription === "number") return subscription;
        subscriptions.push(subscription);
      }

      const attempt = (): number | Parked => {
        const events = happened(context, subscriptions);
        if (events.length === 0) return wait(binding, subscriptions, attempt);
        const outputAt = memory.address(output, count * EVENT.sizeBytes);
        events.forEach((event, i) => {
          writeEvent(memory, outputAt + i * EVENT.sizeBytes, event);
        });
        memory.view.setUint32(memory.address(nevents, 4), events.length, true);
        return ERRNO.success;
      };
      return attempt();
    },
  };
}

/** @returns the errno of the whole call if the subscription is malformed */
function parse(memory: GuestMemory, at: number, clock: WasiClock): Subscription | Errno {
  const { view } = memory;
  const userdata = view.getBigUint64(at + SUBSCRIPTION.at.userdata, true);
  const type = view.getUint8(at + SUBSCRIPTION.at.tag);
  const body = at + SUBSCRIPTION.at.body;
  switch (type) {
    case EVENTTYPE.clock: {
      const flags = view.getUint16(body + SUBSCRIPTION_CLOCK.at.flags, true);
      if ((flags & ~SUBCLOCK_ABSTIME) !== 0) return ERRNO.inval;
      const id = view.getUint32(body + SUBSCRIPTION_CLOCK.at.id, true);
      const timeoutNs = view.getBigUint64(body + SUBSCRIPTION_CLOCK.at.timeout, true);
      return { type, userdata, deadlineNs: deadlineOf(clock, id, timeoutNs, flags === SUBCLOCK_ABSTIME) };
    }
    case EVENTTYPE.fdRead:
    case EVENTTYPE.fdWrite:
      return { type, userdata, fd: view.getUint32(body + SUBSCRIPTION_FD.at.fd, true) };
    default:
      return ERRNO.inval;
  }
}

/** On the monotonic clock, whichever the guest named: a moment of real time is taken for as far off as it is now. */
function deadlineOf(clock: WasiClock, id: number, timeoutNs: bigint, isAbsolute: boolean): bigint | Errno {
  if (id !== CLOCK.realtime && id !== CLOCK.monotonic) return ERRNO.inval;
  const nowNs = clock.monotonicNs();
  return isAbsolute ? nowNs + timeoutNs - timeOf(clock, id) : nowNs + timeoutNs;
}

function happened(context: WasiContext, subscriptions: readonly Subscription[]): Event[] {
  const nowNs = context.clock.monotonicNs();
  const events: Event[] = [];
  for (const subscription of subscriptions) {
    const event =
      subscription.type === EVENTTYPE.clock
        ? clockEvent(subscription.deadlineNs, nowNs)
        : descriptorEvent(context, subscription.fd, subscription.type);
    if (event !== undefined)
      events.push({ userdata: subscription.userdata, type: subscription.type, ...event });
  }
  return events;
}

type Happening = Omit<Event, "userdata" | "type">;

function failure(error: Errno): Happening {
  return { error, bytes: 0, flags: 0 };
}

function clockEvent(deadlineNs: bigint | Errno, nowNs: bigint): Happening | undefined {
  if (typeof deadlineNs === "number") return failure(deadlineNs);
  return deadlineNs <= nowNs ? failure(ERRNO.success) : undefined;
}

function descriptorEvent(context: WasiContext, fd: number, type: number): Happening | undefined {
  const descriptor = context.descriptors.get(fd);
  if (descriptor === undefined) return failure(ERRNO.badf);
  if (descriptor.lacksRight(RIGHT.pollFdReadwrite)) return failure(ERRNO.notcapable);
  const readiness = type === EVENTTYPE.fdRead ? descriptor.readable() : descriptor.writable();
  if (readiness === undefined) return failure(ERRNO.badf);
  if (!readiness.isReady) return undefined;
  return { error: ERRNO.success, bytes: readiness.bytes, flags: readiness.isHungUp ? EVENT_HANGUP : 0 };
}

function wait(
  binding: WasiBinding,
  subscriptions: readonly Subscription[],
  finish: () => number | Parked,
): Parked {
  let earliestNs: bigint | undefined;
  let wantsInput = false;
  for (const subscription of subscriptions) {
    if (subscription.type !== EVENTTYPE.clock) wantsInput = true;
    else if (
      typeof subscription.deadlineNs === "bigint" &&
      (earliestNs === undefined || subscription.deadlineNs < earliestNs)
    )
      earliestNs = subscription.deadlineNs;
  }
  // Without a clock it is input that has not happened yet: everything else happens at once.
  if (wantsInput || earliestNs === undefined) return binding.awaitInput(finish, earliestNs);
  return binding.sleepUntil(earliestNs, finish);
}

function writeEvent(memory: GuestMemory, at: number, event: Event): void {
  const { view } = memory;
  memory.bytes.fill(0, at, at + EVENT.sizeBytes);
  view.setBigUint64(at + EVENT.at.userdata, event.userdata, true);
  view.setUint16(at + EVENT.at.error, event.error, true);
  view.setUint8(at + EVENT.at.type, event.type);
  view.setBigUint64(at + EVENT.at.fd + EVENT_FD.at.bytes, BigInt(event.bytes), true);
  view.setUint16(at + EVENT.at.fd + EVENT_FD.at.flags, event.flags, true);
}
