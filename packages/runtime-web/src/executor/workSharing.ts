import type { Kernel } from "../kernel/kernel.ts";
import { shareOut, TURN_MS } from "../scheduler/policy.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import type { WasmBody } from "../scheduler/wasmBody.ts";
import type { PlacementBoard } from "./placementBoard.ts";

/**
 * Gives processes that have not started to executors that have less to do.
 *
 * Where a process will run best shows only when its siblings run: processes that talk are best together (a message
 * costs about 1 µs inside an executor, 20 to 40 µs between two), processes that compute are best apart. So children
 * start out beside their parent, and only when one of them has used up a whole slice do those behind it in the line
 * go elsewhere.
 */
export class WorkSharing {
  readonly #kernel: Kernel;
  readonly #scheduler: Scheduler;
  readonly #board: PlacementBoard;
  readonly #isBound: (body: WasmBody) => boolean;

  /** No look at the line before this: a long line in which nothing may go is not looked through after every slice. */
  #restsUntilMs = 0;

  /** @param isBound whether a process has to stay where it is */
  constructor(
    kernel: Kernel,
    scheduler: Scheduler,
    board: PlacementBoard,
    isBound: (body: WasmBody) => boolean,
  ) {
    this.#isBound = isBound;
    this.#kernel = kernel;
    this.#scheduler = scheduler;
    this.#board = board;
  }

  /** Called when a process has used up a slice. */
  share(): void {
    const { runnable } = this.#scheduler;
    if (!this.#board.hasLessLoaded(runnable) || performance.now() < this.#restsUntilMs) return;
    const all = [...this.#scheduler.unstarted()].filter((body) => this.#canMove(body));
    // Environments that may use other executors have their turn another time.
    const among = all.at(-1)?.domain.executors;
    const movable = all.filter((body) => body.domain.executors === among);
    if (movable.length === 0) this.#restsUntilMs = performance.now() + TURN_MS;
    // Those that would have had to wait longest go.
    for (const executor of shareOut(this.#board.loads(runnable, among), this.#board.own, movable.length)) {
      const body = movable.pop()!;
      body.hasMoved = true;
      this.#kernel.move(body.process, executor);
      this.#board.addRunnable(executor);
    }
  }

  /**
   * A deterministic run stays where it is as a whole, because what happens on two executors has no order that could be
   * repeated.
   */
  #canMove(body: WasmBody): boolean {
    return !body.domain.isDeterministic && !this.#isBound(body) && this.#kernel.canMove(body.process);
  }
}
