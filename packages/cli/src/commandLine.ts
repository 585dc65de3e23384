import { buildCommand } from "./commands/buildCommand.ts";
import { isCargoTest, separateGuestArguments } from "./commands/cargoRunner.ts";
import { completionsCommand } from "./commands/completionsCommand.ts";
import type { Host } from "./commands/host.ts";
import { initCommand } from "./commands/initCommand.ts";
import { inspectCommand } from "./commands/inspectCommand.ts";
import { runCommand } from "./commands/runCommand.ts";
import { serveCommand } from "./commands/serveCommand.ts";
import { testCommand } from "./commands/testCommand.ts";
import { CommandError, ExitStatus, usageError } from "./errors.ts";
import { type Io, interruptStatus } from "./io.ts";
import { commandHelp, programHelp } from "./options/help.ts";
import { type ParsedArguments, parseArguments } from "./options/parseArguments.ts";
import {
  BUILD,
  COMMANDS,
  COMPLETIONS,
  type CommandSpec,
  INIT,
  INSPECT,
  RUN,
  SERVE,
  TEST,
} from "./options/specs.ts";
import { VERSION } from "./version.ts";

type Command = (args: ParsedArguments, io: Io, host: Host) => Promise<number>;

const ACTIONS: ReadonlyMap<CommandSpec, Command> = new Map<CommandSpec, Command>([
  [RUN, runCommand],
  [TEST, testCommand],
  [BUILD, buildCommand],
  [INIT, initCommand],
  [SERVE, serveCommand],
  [INSPECT, inspectCommand],
  [COMPLETIONS, completionsCommand],
]);

/**
 * Does what the arguments say.
 * @param argv  without the program's own name
 * @returns the exit code (docs/cli.md); everything the command started has ended by then
 * Never rejects for a fault of the user, the guest or the browser: those are told on stderr.
 */
export async function runCommandLine(argv: readonly string[], io: Io, host: Host): Promise<number> {
  try {
    return await dispatch(argv, io, host);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (io.interrupt.aborted) return interruptStatus(io.interrupt);
    await io.stderr.write(`Error: ${error.message}\n`);
    return error.status;
  }
}

async function dispatch(argv: readonly string[], io: Io, host: Host): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    const topic = first === "help" ? COMMANDS.find(({ name }) => name === rest[0]) : undefined;
    const text = topic === undefined ? programHelp() : commandHelp(topic);
    await (first === undefined ? io.stderr : io.stdout).write(text);
    return first === undefined ? ExitStatus.usage : ExitStatus.success;
  }
  if (first === "--version" || first === "-V") {
    await io.stdout.write(`lunatic-web ${VERSION}\n`);
    return ExitStatus.success;
  }
  const [spec, args] = chooseCommand(first, argv, io.env);
  const parsed = parseArguments(spec, args);
  if (parsed.has("help")) {
    await io.stdout.write(commandHelp(spec));
    return ExitStatus.success;
  }
  return ACTIONS.get(spec)!(parsed, io, host);
}

function chooseCommand(
  first: string,
  argv: readonly string[],
  env: Io["env"],
): [CommandSpec, readonly string[]] {
  const named = COMMANDS.find(({ name }) => name === first);
  if (named === undefined && !impliesRun(first)) {
    throw usageError(`${first} is no command; there are ${COMMANDS.map(({ name }) => name).join(", ")}`);
  }
  const spec = named ?? RUN;
  const args = named === undefined ? argv : argv.slice(1);
  if (spec !== RUN) return [spec, args];
  return isCargoTest(args, env) ? [TEST, args] : [RUN, separateGuestArguments(args, env, RUN)];
}

/** As lunatic's own command line decides it (host ABI ch. 15). */
function impliesRun(first: string): boolean {
  return first.startsWith("--bench") || first.startsWith("--dir") || first.indexOf(".wasm") > 0;
}
