import { ExitCode } from "@lunatic-web/runtime";
import { EventKind } from "@lunatic-web/runtime/inspect";
import { expect, test } from "vitest";
import type { ObservedEvent } from "../session/protocol.ts";
import { GuestLog, logsWarnings } from "./guestLog.ts";

const TIME = () => new Date("2026-11-22T14:28:15.678Z");

function event(kind: number, pid: number, fields: Partial<ObservedEvent> = {}): ObservedEvent {
  return { kind, pid, sequence: 0, timeMs: 0, executor: 0, other: 0, tag: "0", value: 0, ...fields };
}

test("a trap is told with the guest's stack", () => {
  const lines = new GuestLog({ now: TIME }).lines(
    [
      event(EventKind.Trap, 3, { text: "unreachable\nat panic (app.wasm:0x1)\nat main (app.wasm:0x2)" }),
      event(EventKind.Exit, 3, { value: ExitCode.trapped, text: "it trapped: unreachable" }),
    ],
    0,
  );
  expect(lines).toBe(
    [
      "[2026-11-22T14:28:15Z WARN  lunatic_process] Process 3 failed: it trapped: unreachable",
      "    at panic (app.wasm:0x1)",
      "    at main (app.wasm:0x2)",
      "",
    ].join("\n"),
  );
});

test("a stack is told in the words of whoever knows the source", () => {
  const log = new GuestLog({
    now: TIME,
    describeStack: (frames) => frames.map(({ name, offset }) => `${name} is at ${offset}`),
  });
  const lines = log.lines(
    [
      event(EventKind.Trap, 3, { text: "unreachable\nmain/inner:0x1a\nmain/main" }),
      event(EventKind.Exit, 3, { value: ExitCode.trapped, text: "it trapped: unreachable" }),
    ],
    0,
  );
  expect(lines).toContain("\n    main/inner is at 26\n    main/main is at undefined\n");
});

test("processes are called by the names that their author gave them", () => {
  const log = new GuestLog({ now: TIME });
  log.lines(
    [
      event(EventKind.NameRegistered, 2, {
        text: "app::Counter/lunatic::serializer::Bincode/ProcessRef/a/b",
      }),
      event(EventKind.NameRegistered, 2, { text: "bare" }),
    ],
    0,
  );
  const killed = event(EventKind.Exit, 2, { value: ExitCode.killed, text: "process 1 killed it" });
  expect(log.lines([killed], 0)).toContain("Process 2 ('a/b' / 'bare') was killed: process 1 killed it\n");
});

test("normal ends are not worth a line, lost events are", () => {
  const log = new GuestLog({ now: TIME });
  const quiet = [
    event(EventKind.Exit, 1, { value: ExitCode.returned, text: "its entry function returned" }),
    event(EventKind.Exit, 2, { value: ExitCode.exited, text: "it called proc_exit(0)" }),
    event(EventKind.Exit, 3, { value: ExitCode.environmentEnded, text: "its environment ended" }),
  ];
  expect(log.lines(quiet, 0)).toBe("");
  expect(log.lines([], 7)).toContain("7 events");
  const failing = event(EventKind.Exit, 4, { value: ExitCode.exited, text: "it called proc_exit(3)" });
  expect(log.lines([failing], 0)).toContain("Process 4 failed: it called proc_exit(3)");
});

test("RUST_LOG can silence it", () => {
  expect([undefined, "", "warn", "lunatic=debug"].map(logsWarnings)).toEqual([true, true, true, true]);
  expect(["error", "off", " OFF "].map(logsWarnings)).toEqual([false, false, false]);
});
