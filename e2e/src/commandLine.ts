import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const PROGRAM = join(import.meta.dirname, "../../packages/cli/bin/lunatic-web.mjs");

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line of its own process, as a user starts it. */
export interface StartedCommand {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves when it has printed this. Rejects when it ends without. */
  printed(text: string): Promise<void>;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Of what comes from stdout; "latin1" keeps bytes that are no text. */
  readonly encoding?: "utf8" | "latin1";
  /** A program that starts the command line, with arguments that come before it. */
  readonly through?: readonly string[];
}

export function startCommand(argv: readonly string[], options: CommandOptions = {}): StartedCommand {
  const [program = process.execPath, ...before] = options.through ?? [process.execPath, PROGRAM];
  const child = spawn(program, [...before, ...argv], {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: "1", ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => {
    // It has ended without reading what it was given.
  });
  child.stdin.end(options.input ?? "");
  const texts = { stdout: "", stderr: "" };
  child.stdout.setEncoding(options.encoding ?? "utf8").on("data", (text: string) => {
    texts.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    texts.stderr += text;
  });
  const finished = once(child, "close").then(([status]) => ({ status: status as number | null, ...texts }));
  return {
    child,
    finished,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (texts.stdout.includes(text) || texts.stderr.includes(text)) resolve();
        };
        child.stdout.on("data", look);
        child.stderr.on("data", look);
        void finished.then(({ status, stdout, stderr }) => {
          reject(new Error(`It ended (${status}) without ${JSON.stringify(text)}:\n${stdout}\n${stderr}`));
        });
        look();
      }),
  };
}

export function runCommand(argv: readonly string[], options?: CommandOptions): Promise<Finished> {
  return startCommand(argv, options).finished;
}

/** The arguments that start the command line in a shell script. */
export const COMMAND_IN_SHELL = `"${process.execPath}" "${PROGRAM}"`;
