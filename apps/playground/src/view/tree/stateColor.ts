import type { ObservedProcess } from "@lunatic-web/runtime/inspect";
import type { Palette } from "../canvas/palette.ts";

/** The colour of a process, the same in every part of the view. */
export function stateColor(process: ObservedProcess, palette: Palette): string {
  if (process.trapText !== "") return palette.bad;
  switch (process.state) {
    case "running":
    case "runnable":
      return palette.good;
    case "parked":
      return palette.info;
    case "unstarted":
      return palette.warn;
    case "ended":
      return palette["control-border"];
    default:
      return process.state satisfies never;
  }
}
