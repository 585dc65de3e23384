import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createCompiler } from "./createCompiler.ts";
import { CompilerClosedError, CompilerTimeoutError, CompileSupersededError } from "./errors.ts";
import type { CompileRequest } from "./request.ts";
import { ScriptedThread } from "./testing/scriptedThread.ts";

let threads: ScriptedThread[];

beforeEach(() => {
  vi.useFakeTimers();
  threads = [];
});
afterEach(() => {
  vi.useRealTimers();
});

function openCompiler(loaded?: Promise<void>) {
  return createCompiler({
    timeout: 1_000,
    patience: 100,
    startThread: () => {
      const thread = new ScriptedThread(loaded);
      threads.push(thread);
      return thread;
    },
  });
}

function requestOf(text: string): CompileRequest {
  return { files: new Map([["main.ts", text]]), entry: "main.ts" };
}

/** Lets what is settled arrive where it is awaited. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

function entryTexts(thread: ScriptedThread | undefined) {
  return thread?.requests.map(({ files }) => files.get("main.ts"));
}

test("no thread is started before something is asked of the compiler", () => {
  openCompiler();

  expect(threads).toEqual([]);
});

test("compiles one after the other use the same thread", async () => {
  const compiler = openCompiler();
  const first = compiler.compile(requestOf("1"));
  await settle();
  threads[0]?.end({ duration: 11 });
  expect((await first).duration).toBe(11);

  const second = compiler.compile(requestOf("2"));
  await settle();
  threads[0]?.end({ duration: 22 });

  expect((await second).duration).toBe(22);
  expect(threads).toHaveLength(1);
});

test("the newest request wins: those before it reject at once, and those between are never compiled", async () => {
  const compiler = openCompiler();
  const first = compiler.compile(requestOf("1"));
  await settle();
  const second = compiler.compile(requestOf("2"));
  const third = compiler.compile(requestOf("3"));

  await expect(first).rejects.toBeInstanceOf(CompileSupersededError);
  await expect(second).rejects.toBeInstanceOf(CompileSupersededError);
  threads[0]?.end();
  await settle();
  threads[0]?.end({ duration: 33 });

  expect((await third).duration).toBe(33);
  expect(entryTexts(threads[0])).toEqual(["1", "3"]);
});

test("a stale compile that goes on is ended with its thread, and the newest gets a new one", async () => {
  const compiler = openCompiler();
  const endless = compiler.compile(requestOf("endless"));
  endless.catch(() => {});
  await settle();
  const next = compiler.compile(requestOf("next"));

  await vi.advanceTimersByTimeAsync(100);
  expect(threads[0]?.isTerminated).toBe(true);
  threads[1]?.end({ duration: 5 });

  expect((await next).duration).toBe(5);
  expect(entryTexts(threads[1])).toEqual(["next"]);
});

test("requests while the compiler loads do not start the loading again", async () => {
  let finishLoading = () => {};
  const compiler = openCompiler(
    new Promise((resolve) => {
      finishLoading = resolve;
    }),
  );
  const first = compiler.compile(requestOf("1"));
  first.catch(() => {});
  const second = compiler.compile(requestOf("2"));
  await vi.advanceTimersByTimeAsync(5_000);

  finishLoading();
  await settle();
  threads[0]?.end({ duration: 7 });

  expect((await second).duration).toBe(7);
  expect(threads).toHaveLength(1);
  expect(entryTexts(threads[0])).toEqual(["2"]);
});

test("a compile beyond its time rejects, and the compiler goes on in a new thread", async () => {
  const compiler = openCompiler();
  const endless = compiler.compile(requestOf("endless"));
  const rejection = expect(endless).rejects.toBeInstanceOf(CompilerTimeoutError);
  await vi.advanceTimersByTimeAsync(1_000);
  await rejection;

  const next = compiler.compile(requestOf("next"));
  await settle();
  threads[1]?.end();

  await expect(next).resolves.toMatchObject({ crashed: false });
  expect(threads[0]?.isTerminated).toBe(true);
});

test("a request that is given up rejects with the signal's reason, and its compile is ended", async () => {
  const compiler = openCompiler();
  const controller = new AbortController();
  const compile = compiler.compile(requestOf("endless"), controller.signal);
  await settle();
  controller.abort(new Error("the author went on typing"));

  await expect(compile).rejects.toThrow("the author went on typing");
  await vi.advanceTimersByTimeAsync(100);
  expect(threads[0]?.isTerminated).toBe(true);
});

test("after a crash of the compiler the next compile gets a new thread", async () => {
  const compiler = openCompiler();
  const first = compiler.compile(requestOf("1"));
  await settle();
  threads[0]?.end({ crashed: true });
  await first;

  compiler.compile(requestOf("2")).catch(() => {});
  await settle();

  expect(threads[0]?.isTerminated).toBe(true);
  expect(entryTexts(threads[1])).toEqual(["2"]);
  compiler.close();
});

test("a thread that dies rejects its compile, and the next one gets a new thread", async () => {
  const compiler = openCompiler();
  const first = compiler.compile(requestOf("1"));
  await settle();
  threads[0]?.die();
  await expect(first).rejects.toThrow("the worker is gone");

  const second = compiler.compile(requestOf("2"));
  await settle();
  threads[1]?.end();

  await expect(second).resolves.toMatchObject({ crashed: false });
});

test("closing rejects what runs and what comes, and ends the thread", async () => {
  const compiler = openCompiler();
  const running = compiler.compile(requestOf("1"));
  await settle();
  compiler.close();

  await expect(running).rejects.toBeInstanceOf(CompilerClosedError);
  await expect(compiler.compile(requestOf("2"))).rejects.toBeInstanceOf(CompilerClosedError);
  expect(threads[0]?.isTerminated).toBe(true);
});

test("declarations come from the same thread, and not from a compiler that is closed", async () => {
  const compiler = openCompiler();
  const files = new Map([["main.ts", ""]]);
  expect(await compiler.declarations(files)).toEqual(new Map([["main.ts", "declared"]]));
  expect(threads).toHaveLength(1);

  compiler.close();
  await expect(compiler.declarations(files)).rejects.toBeInstanceOf(CompilerClosedError);
});
