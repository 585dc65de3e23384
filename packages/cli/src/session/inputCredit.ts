import { createDeferred, type Deferred } from "../deferred.ts";

/** Pieces of input that may be on their way to the page: with those of a pipe, 64 KiB each, one MiB. */
const MOST_UNDER_WAY = 16;

/** Keeps a source from being read faster than a run takes its input. */
export class InputCredit {
  #underWay = 0;
  #isCancelled = false;
  #room: Deferred<void> | undefined;

  /** A piece is on its way. @returns settles when another may follow */
  async spend(): Promise<void> {
    this.#underWay++;
    if (this.#underWay < MOST_UNDER_WAY || this.#isCancelled) return;
    this.#room ??= createDeferred();
    await this.#room.promise;
  }

  /** The page has taken a piece. */
  taken(): void {
    this.#underWay--;
    this.#wake();
  }

  /** Nobody takes any more; nobody waits. */
  cancel(): void {
    this.#isCancelled = true;
    this.#wake();
  }

  #wake(): void {
    this.#room?.resolve();
    this.#room = undefined;
  }
}
