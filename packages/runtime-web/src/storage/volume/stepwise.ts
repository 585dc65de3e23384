/** Work in steps: it yields what may be a promise and goes on when that is fulfilled, or gets what it was rejected with. */
export type Steps<T> = Generator<void | Promise<void>, T, void>;

/**
 * Does steps one after another, at once as long as none of them is a promise: so the same code serves devices that
 * answer synchronously, without a turn of the event loop, and those that do not.
 */
export function inSteps<T>(steps: Steps<T>): T | Promise<T> {
  let result = steps.next();
  while (!result.done) {
    if (result.value instanceof Promise) return finishLater(steps, result.value);
    result = steps.next();
  }
  return result.value;
}

async function finishLater<T>(steps: Steps<T>, first: Promise<void>): Promise<T> {
  let waiting: void | Promise<void> = first;
  while (true) {
    let result: IteratorResult<void | Promise<void>, T>;
    try {
      await waiting;
    } catch (error) {
      result = steps.throw(error);
      if (result.done) return result.value;
      waiting = result.value;
      continue;
    }
    result = steps.next();
    if (result.done) return result.value;
    waiting = result.value;
  }
}

/** Lets one piece of work follow another, so that none sees another's half. Work that waits for nobody is done at once. */
export class InTurn {
  #last: Promise<unknown> | undefined;

  do<T>(work: () => Steps<T>): T | Promise<T> {
    const before = this.#last;
    const outcome = before === undefined ? inSteps(work()) : before.then(() => inSteps(work()));
    if (!(outcome instanceof Promise)) return outcome;
    const ended = outcome.then(
      () => undefined,
      // Whoever asked for the work is told; the next in turn only has to know that it is over.
      () => undefined,
    );
    this.#last = ended;
    void ended.then(() => {
      if (this.#last === ended) this.#last = undefined;
    });
    return outcome;
  }
}
