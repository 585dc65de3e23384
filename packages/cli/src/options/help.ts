import { COMMANDS, type CommandSpec, type OptionSpec } from "./specs.ts";

export function programHelp(): string {
  return [
    "Runs lunatic modules and their tests in a headless browser.",
    "",
    "Usage: lunatic-web <COMMAND> [OPTIONS]",
    "       lunatic-web [--dir ...] <FILE.wasm> [ARGS...]   the same as run",
    "",
    "Commands:",
    ...table(COMMANDS.map(({ name, summary }) => [name, summary])),
    "",
    "Options:",
    ...table([
      ["-h, --help", "Print this help; after a command, the help of that command"],
      ["-V, --version", "Print the version"],
    ]),
    "",
    "Exit codes: 0 success; 1 the guest or a test failed, or the module cannot run; 2 wrong arguments;",
    "3 trouble with the browser; 124 out of time; 130 and 143 interrupted.",
    "",
  ].join("\n");
}

export function commandHelp({ name, summary, usage, options, notes = [] }: CommandSpec): string {
  return [
    `${summary}.`,
    "",
    `Usage: lunatic-web ${name} ${usage}`,
    "",
    "Options:",
    ...table(options.map((option) => [spelling(option), option.help])),
    ...(notes.length > 0 ? ["", ...notes] : []),
    "",
  ].join("\n");
}

function spelling({ name, short, value }: OptionSpec): string {
  return `${short === undefined ? "    " : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
