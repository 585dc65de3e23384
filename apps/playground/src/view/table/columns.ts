import type { ObservedProcess } from "@lunatic-web/runtime/inspect";
import { formatBytes, formatCompact } from "../format.ts";
import { describeState, shortenName } from "../processText.ts";
import type { RateMeter } from "./rateMeter.ts";

export type ColumnKey =
  | "pid"
  | "process"
  | "parent"
  | "state"
  | "links"
  | "monitors"
  | "mailbox"
  | "received"
  | "sent"
  | "receivedRate"
  | "sentRate"
  | "memory"
  | "fuel"
  | "restarts"
  | "executor";

export interface Column {
  readonly key: ColumnKey;
  readonly title: string;
  /** The title in full, for a tool tip and for screen readers. */
  readonly description: string;
  readonly align: "start" | "end";
  readonly text: (process: ObservedProcess, meter: RateMeter) => string;
}

/** Every column but "process", whose cell is indented and carries names, in the order of the table. */
export const COLUMNS: readonly Column[] = [
  column("pid", "pid", "process id", (process) => String(process.pid)),
  { ...column("process", "process", "name and entry function", processTitle), align: "start" },
  column("parent", "parent", "process that spawned it", (process) =>
    process.parent === 0 ? "" : `${process.parent}`,
  ),
  { ...column("state", "state", "state", describeState), align: "start" },
  column("links", "links", "linked processes", (process) => count(process.links.size)),
  column("monitors", "mon", "monitored processes", (process) => count(process.monitors.size)),
  column("mailbox", "mailbox", "messages waiting in the mailbox", (process) => count(process.mailboxDepth)),
  column("received", "in", "messages received", (process) => count(process.messagesReceived)),
  column("sent", "out", "messages sent", (process) => count(process.messagesSent)),
  column("receivedRate", "in/s", "messages received per second", ({ pid }, meter) =>
    count(Math.round(meter.receivedPerSecond(pid))),
  ),
  column("sentRate", "out/s", "messages sent per second", ({ pid }, meter) =>
    count(Math.round(meter.sentPerSecond(pid))),
  ),
  column("memory", "memory", "size of its memory", (process) => formatBytes(process.memoryBytes)),
  column("fuel", "fuel", "instructions executed", (process) => formatCompact(process.fuelUsed)),
  column("restarts", "↻", "how many failed before it and were replaced", (process) =>
    count(process.restarts),
  ),
  column("executor", "exec", "executor it runs on", (process) => String(process.executor ?? "")),
];

/** What a column sorts by. */
export function columnValue(key: ColumnKey, process: ObservedProcess, meter: RateMeter): number | string {
  switch (key) {
    case "pid":
      return process.pid;
    case "process":
      return processTitle(process);
    case "parent":
      return process.parent;
    case "state":
      return process.state;
    case "links":
      return process.links.size;
    case "monitors":
      return process.monitors.size;
    case "mailbox":
      return process.mailboxDepth;
    case "received":
      return process.messagesReceived;
    case "sent":
      return process.messagesSent;
    case "receivedRate":
      return meter.receivedPerSecond(process.pid);
    case "sentRate":
      return meter.sentPerSecond(process.pid);
    case "restarts":
      return process.restarts;
    case "memory":
      return process.memoryBytes;
    case "fuel":
      return process.fuelUsed;
    case "executor":
      return process.executor ?? -1;
    default:
      return key satisfies never;
  }
}

function column(key: ColumnKey, title: string, description: string, text: Column["text"]): Column {
  return { key, title, description, align: "end", text };
}

/** Its registry names where it has some, else what it runs. */
function processTitle(process: ObservedProcess): string {
  return process.names.size > 0 ? [...process.names].map(shortenName).join(", ") : process.label;
}

/** Nothing instead of 0: a table of zeros hides the figures that matter. */
function count(value: number): string {
  return value === 0 ? "" : formatCompact(value);
}
