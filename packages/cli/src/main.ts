import { readOsProcess } from "./browser/ancestors.ts";
import { hostBrowser } from "./browser/browserHost.ts";
import { launchBrowser } from "./browser/launchBrowser.ts";
import { requireBrowser } from "./browser/openBrowser.ts";
import { HOST_COMMAND, type HostCall } from "./browser/sharedBrowser.ts";
import { ExitStatus } from "./errors.ts";
import type { Io } from "./io.ts";
import { run } from "./run.ts";
import { streamSink } from "./streamSink.ts";

/** The program: this process's arguments and streams. */
export async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  const interrupt = interruption();
  if (argv[0] === HOST_COMMAND) {
    await serveAsHost(JSON.parse(argv[1] ?? "{}") as HostCall, interrupt);
    return;
  }
  const stdout = streamSink(process.stdout);
  const stderr = streamSink(process.stderr);
  const io: Io = {
    cwd: process.cwd(),
    env: process.env,
    stdin: process.stdin,
    stdout,
    stderr,
    interrupt,
  };
  const exitCode = await run(argv, io);
  await Promise.all([stdout.write(""), stderr.write("")]);
  // Not left to the event loop: a terminal's stdin, once read from, would keep it going until the next line.
  process.exit(exitCode);
}

/** The first signal asks for a tidy end, a second one ends at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (status: number) => {
    if (controller.signal.aborted) process.exit(status);
    controller.abort(status);
  };
  process.on("SIGINT", () => onSignal(ExitStatus.interrupted));
  process.on("SIGTERM", () => onSignal(ExitStatus.terminated));
  process.on("SIGHUP", () => onSignal(ExitStatus.terminated));
  return controller.signal;
}

async function serveAsHost(call: HostCall, interrupt: AbortSignal): Promise<void> {
  const owner = readOsProcess(call.owner);
  if (owner === undefined) return;
  await hostBrowser({
    socketPath: call.socketPath,
    owner,
    interrupt,
    launch: async () => launchBrowser({ found: requireBrowser(call, process.env), isHeaded: call.isHeaded }),
  });
  process.exit(0);
}
