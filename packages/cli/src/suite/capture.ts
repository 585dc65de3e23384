import { EventKind } from "@lunatic-web/runtime/inspect";
import type { ObservedEvent, OutputPiece } from "../session/protocol.ts";

/** Kinds of events a capture is made from. */
export const CAPTURED_KINDS: readonly number[] = [EventKind.Spawn];

/** What the processes of one test wrote: a stream per process, in the order in which they were spawned. */
export class Capture {
  readonly #texts = new Map<number, string>();
  readonly #spawns: ObservedEvent[] = [];

  write({ pid, text }: Pick<OutputPiece, "pid" | "text">): void {
    this.#texts.set(pid, (this.#texts.get(pid) ?? "") + text);
  }

  observe(events: readonly ObservedEvent[]): void {
    this.#spawns.push(...events.filter(({ kind }) => kind === EventKind.Spawn));
  }

  /** Adds a line to the stream of the test process. */
  note(root: number, text: string): void {
    if (text === "") return;
    const own = this.ownOutput(root);
    this.#texts.set(root, `${own}${own === "" || own.endsWith("\n") ? "" : "\n"}${text}`);
  }

  ownOutput(root: number): string {
    return this.#texts.get(root) ?? "";
  }

  /** As lunatic prints it: raw if there is one process, else each with its number, the silent ones too. */
  text(): string {
    if ([...this.#texts.values()].every((text) => text === "")) return "";
    const ordered = this.#spawns.toSorted((a, b) => a.sequence - b.sequence).map(({ pid }) => pid);
    const pids = [...new Set([...ordered, ...this.#texts.keys()])];
    if (pids.length === 1) return this.#texts.get(pids[0]!) ?? "";
    return pids
      .map((pid, index) => ` --- process ${index} stdout ---\n${ended(this.#texts.get(pid) ?? "")}`)
      .join("");
  }
}

function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
