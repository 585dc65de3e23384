import { catch_trap } from "./host/trap";

/**
 * Ends this process as failed, with a text on stderr that says why. Processes that are linked with it die too,
 * or are told, if they catch the failures of links.
 *
 * ```ts
 * if (!file.exists) panic("the settings are missing");
 * ```
 */
export function panic(text: string): void {
  throw new Error(text);
}

/**
 * Calls a function, and lives on if it fails: a panic, a trap, a failed assertion. Its text is on stderr by then. What
 * the function has done up to there stays done, so the objects that it was changing may be half changed.
 *
 * ```ts
 * class Division { constructor(public a: i32, public b: i32, public result: i32 = 0) {} }
 * function divide(it: Division): void { it.result = it.a / it.b; }
 *
 * const division = new Division(1, 0);
 * if (catchPanic(divide, division)) print(division.result);
 * else print("that cannot be divided");
 * ```
 * @returns whether the function returned
 */
export function catchPanic<A>(body: (argument: A) => void, argument: A): bool {
  const call = new Call<A>(body.index, argument);
  const start = (pointer: usize): usize => {
    const inner = changetype<Call<A>>(pointer);
    call_indirect<void>(inner.index, inner.argument);
    return 1;
  };
  // A trap leaves the frames of the functions that it ends on the stack of references.
  const stack = __stack_pointer;
  const returned = catch_trap(start.index, changetype<usize>(call)) != 0;
  __stack_pointer = stack;
  return returned;
}

class Call<A> {
  constructor(
    readonly index: u32,
    readonly argument: A,
  ) {}
}
