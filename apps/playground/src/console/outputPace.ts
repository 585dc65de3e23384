/** UTF-16 units of output that a frame may take before the run is asked to wait for the next one. */
const TAKEN_PER_FRAME = 1 << 17;
/** A page in the background is drawn no frames; its programs go on all the same. */
const LONGEST_WAIT_MS = 250;

/** What the browser does for it. */
export interface FrameTimes {
  /** Calls back before the next frame, or after so many milliseconds where none is drawn. */
  onNextFrame(callback: () => void, orAfterMs: number): void;
}

/**
 * How fast the console takes output: so much per frame that a program which prints for ever leaves the page time to draw,
 * and to react to whoever wants to stop it.
 */
export class OutputPace {
  readonly #times: FrameTimes;
  #taken = 0;
  #frame: Promise<void> | undefined;

  constructor(times: FrameTimes = BROWSER_TIMES) {
    this.#times = times;
  }

  /** So much was taken. @returns when more may come; undefined: at once */
  taken(length: number): Promise<void> | undefined {
    this.#taken += length;
    this.#frame ??= this.#nextFrame();
    return this.#taken > TAKEN_PER_FRAME ? this.#frame : undefined;
  }

  #nextFrame(): Promise<void> {
    return new Promise((resolve) => {
      this.#times.onNextFrame(() => {
        this.#taken = 0;
        this.#frame = undefined;
        resolve();
      }, LONGEST_WAIT_MS);
    });
  }
}

const BROWSER_TIMES: FrameTimes = {
  onNextFrame(callback, orAfterMs) {
    let frame: number | undefined;
    const finish = () => {
      if (frame !== undefined) cancelAnimationFrame(frame);
      clearTimeout(timer);
      callback();
    };
    const timer = setTimeout(finish, orAfterMs);
    // Outside of a page, in tests, there are no frames.
    if (typeof requestAnimationFrame === "function") frame = requestAnimationFrame(finish);
  },
};
