/**
 * The numbers and decisions of scheduling, apart from the queue they act on.
 */

/**
 * Instructions a process may run before others get their turn: about 1 to 2 ms of work. A wait in the queue is
 * therefore at most (runnable processes) slices.
 */
export const DEFAULT_SLICE_FUEL = 2_000_000;

/** Instrumented code adds to what it is granted, in 32 bits. */
export const MAX_SLICE_FUEL = 2 ** 30;

/** After this long the executor lets the event loop run: messages, kills and inspection get through under full load. */
export const TURN_MS = 8;

/** The clock is read once in so many switches: reading it costs about as much as a tenth of a switch. */
export const SWITCHES_PER_CLOCK_READ = 16;

/**
 * A timer that is due lets the work of its environment that is under way go first, until nothing of it can run or this
 * many instructions have been executed: one slice, which every process has to wait for another one anyway. Programs
 * write `sleep(10 ms)` for "by then the others are done". Natively they are; here code that runs for the first time is
 * being compiled meanwhile, and a supervisor's first restarts took 20 ms for what takes 1 ms later. Counted in
 * instructions, the grace is long where code is cold and short where it is warm.
 */
export const TIMER_GRACE_FUEL = DEFAULT_SLICE_FUEL;

/**
 * And no longer than this, however cold the code and however busy the machine is: on two cores with sixteen programs that
 * want them, a supervisor's first restarts take some 300 ms. Warm code uses its instructions up within 2 ms.
 */
export const TIMER_GRACE_MS = 1_000;

/** Whether work that is under way still goes before a timer of the same environment that has become due. */
export function isTimerPatient(instructionsSinceDue: number, msSinceDue: number): boolean {
  return instructionsSinceDue < TIMER_GRACE_FUEL && msSinceDue < TIMER_GRACE_MS;
}

/** lunatic's unit of `max_fuel`, in instructions (host ABI ch. 9). */
export const INSTRUCTIONS_PER_FUEL_UNIT = 100_000;

/** Milliseconds an idle executor spends on cleaning ended regions before it looks at the event loop again. */
export const CLEANING_MS = 2;

/** Instructions a process may still run, all its life: Infinity without a limit. */
export function fuelLimitInstructions(maxFuelUnits: bigint): number {
  return maxFuelUnits === 0n ? Number.POSITIVE_INFINITY : Number(maxFuelUnits) * INSTRUCTIONS_PER_FUEL_UNIT;
}

/**
 * Where a new process goes. It stays with its parent unless another executor has clearly less to do: a message
 * inside an executor costs about 1 µs, between two of them 20 to 40 µs. The first child of a busy parent stays
 * (parent and child mostly talk); of many children every executor gets its share.
 * @param runnable per executor, the processes that could run now, the running one included
 * @param own index of the parent's executor
 */
export function placeProcess(runnable: readonly number[], own: number): number {
  let least = own;
  for (let index = 0; index < runnable.length; index++) {
    if (runnable[index]! < runnable[least]!) least = index;
  }
  return runnable[least]! + 1 < runnable[own]! ? least : own;
}

/**
 * Where processes go that an executor has not started yet, when it turns out that it computes: one after the other to
 * whoever has least to do, until another executor would have no less than this one keeps.
 * @param runnable per executor, the processes that could run now, the running one and the movable ones included
 * @param own index of the executor that gives
 * @param movable how many of its processes may go
 * @returns an executor for each process that goes: never `own`, at most `movable` entries
 */
export function shareOut(runnable: readonly number[], own: number, movable: number): number[] {
  const loads = [...runnable];
  const chosen: number[] = [];
  while (chosen.length < movable) {
    const taker = placeProcess(loads, own);
    if (taker === own) break;
    loads[own]!--;
    loads[taker]!++;
    chosen.push(taker);
  }
  return chosen;
}
