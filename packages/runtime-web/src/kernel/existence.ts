import { ParkReason } from "../inspect/events.ts";
import type { Environment } from "./environment.ts";
import type { ExecutorIndex, Pid } from "./ids.ts";
import type { KernelState } from "./kernelState.ts";
import type { Parked } from "./parked.ts";
import type { ExistsQuestion } from "./peers.ts";
import type { Process } from "./process.ts";
import { Requests } from "./requests.ts";
import type { Waits } from "./waits.ts";

/** process::exists: known here at once, or asked of the executor that knows (PidDirectory.authority). */
export class Existence {
  readonly requests = new Requests<boolean>();
  readonly #state: KernelState;
  readonly #waits: Waits;

  constructor(state: KernelState, waits: Waits) {
    this.#state = state;
    this.#waits = waits;
  }

  ask(caller: Process, pid: Pid, complete: (exists: boolean) => void): boolean | Parked {
    const { environment } = caller;
    if (environment.launching.get(pid)?.isAwaited) return false;
    const authority = environment.directory.authority(pid);
    const located = this.#state.locate(environment, pid);
    if (authority === undefined || located === undefined || located === this.#state.executor) {
      return located !== undefined;
    }
    return this.#waits.waitForAnswer<boolean>(caller, ParkReason.Other, complete, (answer) => {
      const request = this.requests.open(authority, environment.id, { answer, lost: () => answer(false) });
      this.#state.post(authority, { type: "existsRequest", environment: environment.id, request, pid });
    });
  }

  receiveRequest(from: ExecutorIndex, environment: Environment, { request, pid }: ExistsQuestion): void {
    const exists = this.#state.locate(environment, pid) !== undefined;
    this.#state.tell(from, { type: "existsReply", environment: environment.id, request, exists });
  }
}
