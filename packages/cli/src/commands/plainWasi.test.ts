import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventKind } from "@lunatic-web/runtime/inspect";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseArguments } from "../options/parseArguments.ts";
import { RUN } from "../options/specs.ts";
import type { ObservedEvent } from "../session/protocol.ts";
import { createMemoryIo } from "../testing/memoryIo.ts";
import { moduleWithExports } from "../testing/moduleBytes.ts";
import { ScriptedSession } from "../testing/scriptedSession.ts";
import { runCommand } from "./runCommand.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "lunatic-web-wasi-"));
  mkdirSync(join(cwd, "root"));
  writeFileSync(join(cwd, "root", "file"), "content");
  // What these texts are in: imports, to whoever only looks for them.
  writeFileSync(join(cwd, "plain.wasm"), moduleWithExports(["_start", "\u0009path_open"]));
  writeFileSync(join(cwd, "lunatic.wasm"), moduleWithExports(["_start", "lunatic::process"]));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const EXIT: ObservedEvent = {
  sequence: 1,
  timeMs: 0,
  executor: 0,
  kind: EventKind.Exit,
  pid: 1,
  other: 0,
  tag: "0",
  value: 2,
  text: "it called proc_exit(33)",
};

const SHELL = { HOME: "/home/me" };

async function run(...argv: string[]) {
  const session = new ScriptedSession({
    async _start({ request }) {
      await request.onObserved([EXIT], 0);
      return { reason: "failure", cause: "exited", code: 33 };
    },
  });
  const io = createMemoryIo(cwd, "", SHELL);
  const status = await runCommand(parseArguments(RUN, argv), io, { openSession: async () => session });
  return { status, request: session.requests[0]!, stderr: io.written.stderr };
}

test("with --wasi-exit-code a module without lunatic is run as by a WASI runtime: it sees what it is given", async () => {
  const bare = await run("--wasi-exit-code", "plain.wasm", "one");
  expect(bare.request).toMatchObject({ args: ["one"], env: {}, preopens: [] });
  const given = await run("--wasi-exit-code", "--env", "A=b", "--dir", "root::/", "plain.wasm");
  expect(given.request).toMatchObject({ env: { A: "b" }, preopens: ["/"] });
  expect([...given.request.files.keys()]).toEqual(["/file"]);
});

test("its exit code is all that is told of its end", async () => {
  expect(await run("--wasi-exit-code", "plain.wasm")).toMatchObject({ status: 33, stderr: "" });
});

test("a module of lunatic gets the working directory and the shell's variables in any case", async () => {
  const { request } = await run("--wasi-exit-code", "lunatic.wasm");
  expect(request).toMatchObject({ env: SHELL, preopens: ["."] });
  expect((await run("plain.wasm")).request).toMatchObject({ env: SHELL, preopens: ["."] });
});

async function runToSinks(isTerminal: boolean, ...argv: string[]) {
  const bytes: number[] = [];
  const session = new ScriptedSession({
    async _start({ print }) {
      await print("\u0000\u00ff\u00c3", 1, "stdout");
      await print("\u00a9", 1, "stdout");
      return {};
    },
  });
  const io = createMemoryIo(cwd);
  const writeBytes = async (piece: Uint8Array) => void bytes.push(...piece);
  const stdout = { ...io.stdout, isTerminal, writeBytes };
  const sinks = { ...io, stdout, stderr: { ...io.stderr, writeBytes } };
  await runCommand(parseArguments(RUN, argv), sinks, { openSession: async () => session });
  return { bytes, text: io.written.stdout, encoding: session.requests[0]!.outputEncoding };
}

test("what reads stdout gets the bytes that the guest wrote; a terminal gets text", async () => {
  const piped = await runToSinks(false, "plain.wasm");
  expect(piped).toEqual({ bytes: [0, 255, 0xc3, 0xa9], text: "", encoding: "binary" });
  expect(await runToSinks(true, "plain.wasm")).toMatchObject({ bytes: [], encoding: "utf-8" });
  expect(await runToSinks(false, "--json", "plain.wasm")).toMatchObject({ bytes: [], encoding: "utf-8" });
});

test("a directory that is only preopened exists, also for a module that opens no files", async () => {
  const { request } = await run("--dir", "root::data", "lunatic.wasm");
  expect([...request.files.keys()]).toEqual(["/data/"]);
});
