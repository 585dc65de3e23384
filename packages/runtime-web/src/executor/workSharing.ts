import type { Kernel } from "../kernel/kernel.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import type { WasmBody } from "../scheduler/wasmBody.ts";
import type { PlacementBoard } from "./placementBoard.ts";

/**
 * Gives processes that have not started to executors that have nothing to do.
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

  constructor(kernel: Kernel, scheduler: Scheduler, board: PlacementBoard) {
    this.#kernel = kernel;
    this.#scheduler = scheduler;
    this.#board = board;
  }

  /** Called when a process has used up a slice. */
  share(): void {
    const idle = this.#board.idleExecutors();
    if (idle.length === 0) return;
    const movable = [...this.#scheduler.unstarted()].filter((body) => this.#canMove(body));
    // The process that was preempted stays here and counts as one share.
    const perExecutor = Math.ceil(movable.length / (idle.length + 1));
    for (const executor of idle) {
      for (const body of movable.splice(-perExecutor)) {
        body.hasMoved = true;
        this.#kernel.move(body.process, executor);
        this.#board.addRunnable(executor);
      }
    }
  }

  /**
   * Files of an environment are in the memory of its home executor (see docs/architecture.md); a deterministic run stays
   * there as a whole, because what happens on two executors has no order that could be repeated.
   */
  #canMove(body: WasmBody): boolean {
    return !body.module.opensFiles && !body.domain.isDeterministic && this.#kernel.canMove(body.process);
  }
}
