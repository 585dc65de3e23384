import { fetchBytes } from "./kernelCase.ts";

interface GuestOptions {
  /** Runs before the one that counts, in the same runtime: the engine has optimised host and guest then. */
  readonly warmUps?: number;
  /** Arguments of these; default those of the run that counts. */
  readonly warmUpArgs?: readonly string[];
  readonly executors?: number;
}

/**
 * Runs a prebuilt program of guests/rust on a runtime of its own.
 * @returns its standard output
 * @throws Error when the program does not end normally, with what it wrote
 */
export async function runGuest(
  name: string,
  args: readonly string[],
  options: GuestOptions = {},
): Promise<string> {
  return runBytes(name, await fetchBytes(`guests/rust/prebuilt/${name}.wasm`), args, options);
}

/**
 * Runs a program on a runtime of its own.
 * @returns its standard output
 * @throws Error when the program does not end normally, with what it wrote
 */
export async function runBytes(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  args: readonly string[],
  { warmUps = 0, warmUpArgs = args, executors = 1 }: GuestOptions = {},
): Promise<string> {
  // Loaded in the page only: Node reads this file for the list of questions.
  const { createRuntime } = await import("@lunatic-web/runtime");
  const runtime = await createRuntime({ executors, moduleCache: "none" });
  try {
    const module = await runtime.compile(bytes, { name });
    for (let run = 0; run < warmUps; run++) await (await runtime.run(module, { args: warmUpArgs })).exited;
    const written = { stdout: "", stderr: "" };
    const environment = await runtime.run(module, {
      args,
      onOutput: ({ stream, text }) => {
        written[stream] += text;
      },
    });
    const report = await environment.exited;
    if (report.reason === "normal") return written.stdout;
    throw new Error(
      `${name} ended by ${JSON.stringify(report.cause)} and wrote: ${written.stdout}${written.stderr}`,
    );
  } finally {
    await runtime.close();
  }
}

/** The number on the line `<label> <number>`; NaN when there is none, for `validate` to complain about. */
export function numberAfter(label: string, stdout: string): number {
  return Number(new RegExp(`^${label} (\\d+)$`, "m").exec(stdout)?.[1] ?? Number.NaN);
}

/** A module that `Repository.compile` or `assemble` made. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
