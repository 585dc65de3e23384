/**
 * Lets few tests in at a time: as long as one is young it keeps its place, and leaves it when it ends or has grown old
 * enough to be one that waits. So tests that compute have the machine to themselves, also those that allow 10 ms for
 * what is being compiled meanwhile, and tests that sleep still add up side by side.
 */
export class StartGate {
  #free: number;
  readonly #youthMs: number;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number, youthMs: number) {
    this.#free = places;
    this.#youthMs = youthMs;
  }

  /** @returns when there is a place; to be called when the test has ended */
  async enter(): Promise<() => void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let hasLeft = false;
    const leave = () => {
      clearTimeout(timer);
      if (!hasLeft) this.#vacate();
      hasLeft = true;
    };
    const timer = setTimeout(leave, this.#youthMs);
    return leave;
  }

  #vacate(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}
