import type { Domain } from "./domain.ts";
import { FairQueue } from "./fairQueue.ts";
import type { WasmBody } from "./wasmBody.ts";

/**
 * The processes of an executor that could run, in the order of their turns; domains take turns, too, so that a crowd in
 * one of them is no crowd to the others. Those of a domain that is on hold stand apart, in the same order, so that holding
 * it and letting it go changes nothing for its processes among themselves.
 */
export class ReadyProcesses {
  readonly #queue = new FairQueue<WasmBody>((body) => body.domain);
  /** Processes that wait for a stack, oldest first. */
  readonly #awaitingStack = new FairQueue<WasmBody>((body) => body.domain);

  /** Processes whose turn comes as soon as those before them have had theirs. */
  get runnable(): number {
    return this.#queue.length;
  }

  get awaitingStack(): number {
    return this.#awaitingStack.length;
  }

  push(body: WasmBody): void {
    if (body.isQueued) return;
    body.isQueued = true;
    const { domain } = body;
    if (!domain.isOpen && !body.isStopped) domain.held.push(body);
    else {
      domain.queued++;
      this.#queue.push(body);
    }
  }

  pushFirst(body: WasmBody): void {
    if (body.isQueued) return;
    body.isQueued = true;
    const { domain } = body;
    if (!domain.isOpen && !body.isStopped) domain.held.pushFront(body);
    else {
      domain.queued++;
      this.#queue.pushFront(body);
    }
  }

  /** A process that was stopped is unwound next, also one on hold. */
  pushStopped(body: WasmBody): void {
    // What stands apart keeps its place there and is passed over when it comes up.
    if (!body.domain.isOpen) body.isQueued = false;
    this.pushFirst(body);
  }

  awaitStack(body: WasmBody): void {
    body.isQueued = true;
    this.#awaitingStack.push(body);
  }

  /** The next in line; those that wait for a stack come first when there is one. */
  take(hasIdleStack: boolean): WasmBody | undefined {
    const awaiting = hasIdleStack ? this.#awaitingStack.shift() : undefined;
    const body = awaiting ?? this.#queue.shift();
    if (body === undefined) return undefined;
    if (awaiting === undefined) body.domain.queued--;
    body.isQueued = false;
    return body;
  }

  /** The first process on hold that `canRun`. Those that cannot go to the end of the line. */
  takeHeld({ held }: Domain, canRun: (body: WasmBody) => boolean): WasmBody | undefined {
    for (let waiting = held.length; waiting > 0; waiting--) {
      const body = held.shift()!;
      if (isGone(body)) continue;
      if (!canRun(body)) {
        held.push(body);
        continue;
      }
      body.isQueued = false;
      return body;
    }
    return undefined;
  }

  /** Sets the domain's processes apart. It must be on hold by now. */
  setApart(domain: Domain): void {
    const isMeant = (body: WasmBody): boolean => body.domain === domain && !body.isStopped;
    for (const body of this.#awaitingStack.takeAll(isMeant)) domain.held.push(body);
    for (const body of this.#queue.takeAll(isMeant)) {
      domain.queued--;
      domain.held.push(body);
    }
  }

  /** Puts the domain's processes at the end of the line. It must be open by now. */
  putBack(domain: Domain): void {
    for (let body = domain.held.shift(); body !== undefined; body = domain.held.shift()) {
      if (isGone(body)) continue;
      domain.queued++;
      this.#queue.push(body);
    }
  }

  /** Processes that have not started, first in line first. */
  *unstarted(): Generator<WasmBody> {
    for (const body of this.#queue) if (isUnstarted(body)) yield body;
    for (const body of this.#awaitingStack) if (isUnstarted(body)) yield body;
  }
}

/** What is left of it in a line means nothing any more. */
function isGone(body: WasmBody): boolean {
  return body.isStopped || body.hasMoved;
}

function isUnstarted(body: WasmBody): boolean {
  return (
    body.phase === "entry" && body.nextStep === "job" && !body.hasStarted && !body.isStopped && !body.hasMoved
  );
}
