import { EventKind } from "../inspect/events.ts";
import { CONTROL_BLOCK } from "../instrument/index.ts";
import { tellDenied } from "../kernel/denials.ts";
import type { ExitCause } from "../kernel/exit.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { classifyFailure, type Failure } from "./failure.ts";
import { describeTrap, withFrames } from "./guestStack.ts";
import { OutOfMemoryError, type Residence } from "./residence.ts";
import type { CatchFrame, WasmBody } from "./wasmBody.ts";

/** What the scheduler does for the end of a job. */
export interface JobOwner {
  readonly kernel: Kernel;
  readonly residence: Residence;
  /** Nobody is running. */
  deactivate(): void;
  enqueueFirst(body: WasmBody): void;
  /** A stopped body has been released. */
  unwound(): void;
}

/** What follows when a stack's outermost function has returned or failed: of a process, its start function, or a catch. */
export class JobOutcomes {
  readonly #owner: JobOwner;

  constructor(owner: JobOwner) {
    this.#owner = owner;
  }

  returned(body: WasmBody): void {
    body.settleFuel();
    const frame = body.catches?.pop();
    if (frame !== undefined) {
      const { arena, controlBlock } = body.placement!;
      const result = arena.view.getInt32(controlBlock + CONTROL_BLOCK.result, true);
      this.#backToCaller(body, frame);
      body.resumesFirst = true;
      frame.complete(result);
    } else if (body.phase === "start function") {
      this.#owner.deactivate();
      this.#launched(body, undefined);
    } else {
      this.finish(body, { type: "returned" });
    }
  }

  /** @param error what came through the guest's frames, or tore its stack down */
  failed(body: WasmBody, error: unknown): void {
    const failure = classifyFailure(error);
    body.settleTrappedFuel();
    if (body.catches !== undefined && body.catches.length > 0) this.#catchFailed(body, failure, error);
    else if (body.phase === "start function") this.#startFailed(body, failure);
    else this.#entryFailed(body, failure);
  }

  /** The process could not be given its place: no memory, or a data segment that does not fit. */
  settlingFailed(body: WasmBody, error: unknown): void {
    const cause: ExitCause =
      error instanceof OutOfMemoryError
        ? { type: "limit", limit: "memory", message: error.message }
        : causeOf(classifyFailure(error));
    if (body.phase === "entry") {
      this.finish(body, cause);
      return;
    }
    this.#owner.deactivate();
    this.release(body);
    this.#launched(body, messageOf(cause));
  }

  /** Ends the process, then frees what it held. */
  finish(body: WasmBody, end: ExitCause): void {
    const { process } = body;
    const { info } = body.module;
    const cause = withFrames(end, info);
    if (cause.type === "limit" && cause.limit === "fuel") {
      const { maxFuel } = process.config;
      const limit = `max_fuel of its config is ${maxFuel} units of 100,000 instructions`;
      tellDenied(process, "more fuel, without which it ends", limit);
    }
    if (cause.type === "trapped" || cause.type === "limit" || cause.type === "hostFault") {
      const sink = process.environment.sink;
      sink?.emit(EventKind.Trap, process.pid, 0, 0n, 0, describeTrap(cause, info));
    }
    this.#owner.kernel.exit(process, cause);
    this.#owner.deactivate();
    this.release(body);
  }

  /** Frees what a process held here. Its stacks must be gone. */
  release(body: WasmBody): void {
    this.#owner.residence.leave(body);
    body.wasi?.close();
    body.wasi = undefined;
    body.catches = undefined;
    if (body.isStopped) this.#owner.unwound();
  }

  #entryFailed(body: WasmBody, failure: Failure): void {
    if (failure.type !== "stopped") {
      this.finish(body, causeOf(failure));
      return;
    }
    this.#owner.deactivate();
    this.release(body);
  }

  #startFailed(body: WasmBody, failure: Failure): void {
    this.#owner.deactivate();
    this.release(body);
    if (failure.type !== "stopped") this.#launched(body, messageOf(causeOf(failure)));
  }

  #launched(body: WasmBody, failure: string | undefined): void {
    const { launched } = body;
    body.launched = undefined;
    launched?.(failure);
  }

  /** The stack that called trap::catch is the process' innermost again. */
  #backToCaller(body: WasmBody, frame: CatchFrame): void {
    body.resolve = frame.resolve;
    body.reject = frame.reject;
    this.#owner.deactivate();
  }

  /** Host ABI ch. 11: a catch swallows every failure of its body but a kill, and a fault of the host. */
  #catchFailed(body: WasmBody, failure: Failure, error: unknown): void {
    this.#backToCaller(body, body.catches!.at(-1)!);
    const frame = body.catches!.pop()!;
    if (failure.type === "stopped" || body.process.state === "ended") {
      if (body.isStopped) this.#owner.enqueueFirst(body);
      else body.stop();
      return;
    }
    // Memory and globals stay as they were at the trap; only the frames above the catch are gone.
    body.placement!.instance.save();
    body.resumesFirst = true;
    if (failure.type === "hostFault") body.resumeWithTrap(error);
    else frame.complete(0);
  }
}

function causeOf(failure: Failure): ExitCause {
  switch (failure.type) {
    case "exit":
      return { type: "exited", code: failure.code };
    case "stopped":
      return { type: "environmentEnded" };
    default:
      return failure.cause;
  }
}

function messageOf(cause: ExitCause): string {
  if ("message" in cause) return cause.message;
  return cause.type === "exited" ? `it called proc_exit(${cause.code})` : cause.type;
}
