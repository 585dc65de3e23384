import type { ColorChoices, Theme } from "../../appearance/theme.ts";

/** Raised when a message changes its meaning: an element and a page of different versions say so. */
export const PROTOCOL = "lunatic-playground 1";

/** A program that the embedding page brings. */
export type BroughtProgram =
  | { readonly kind: "module"; readonly title: string; readonly bytes: ArrayBuffer; readonly args: string }
  | {
      readonly kind: "project";
      readonly title: string;
      readonly files: readonly (readonly [path: string, text: string])[];
      readonly entry: string;
      readonly args: string;
    };

/** From the frame to the window around it: it listens. From there to the frame: a port for all else. */
export interface Greeting {
  readonly protocol: typeof PROTOCOL;
  readonly type: "hello" | "connect";
}

export type HostMessage =
  | { readonly type: "colors"; readonly theme: Theme; readonly colors: ColorChoices }
  | { readonly type: "program"; readonly program: BroughtProgram }
  | { readonly type: "run" }
  | { readonly type: "stop" };

/** What a process printed. */
export interface PrintedOutput {
  readonly pid: number;
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

export type FrameMessage =
  /** A program is chosen and can be run. */
  | { readonly type: "ready"; readonly program: string }
  /** In order, and all of it: several writes of a moment in one message. */
  | { readonly type: "output"; readonly output: readonly PrintedOutput[] }
  | { readonly type: "exit"; readonly reason: "normal" | "failure"; readonly cause: string }
  | { readonly type: "error"; readonly title: string; readonly detail: string }
  /** CSS pixels that the whole content needs. */
  | { readonly type: "height"; readonly pixels: number };

/** @returns whether it is a greeting of this protocol; other scripts of a page post messages too */
export function isGreeting(data: unknown, type: Greeting["type"]): boolean {
  if (typeof data !== "object" || data === null) return false;
  const { protocol, type: found } = data as Partial<Record<keyof Greeting, unknown>>;
  return protocol === PROTOCOL && found === type;
}
