/** An option as data: parsing, --help and shell completions are all made from it. */
export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** What its value is called; without, the option is a switch. */
  readonly value?: string;
  /** The values it may have; any when undefined. */
  readonly choices?: readonly string[];
  readonly isRepeatable?: boolean;
  readonly help: string;
}

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** Arguments as in a usage line. */
  readonly usage: string;
  /** How many arguments that are no options it takes, at least and at most. */
  readonly positionals: readonly [least: number, most: number];
  readonly options: readonly OptionSpec[];
  /** Sentences below the options in --help. */
  readonly notes?: readonly string[];
}

const HELP: OptionSpec = { name: "help", short: "h", help: "Print this help" };
const JSON_LINES: OptionSpec = { name: "json", help: "Print machine-readable JSON, one value a line" };

const GUEST_OPTIONS: readonly OptionSpec[] = [
  {
    name: "dir",
    value: "HOST[::GUEST]",
    isRepeatable: true,
    help: "Let the guest use a directory, under its own or another name; changes are written back",
  },
  {
    name: "env",
    value: "KEY=VALUE",
    isRepeatable: true,
    help: "Set an environment variable of the guest, beside those of this shell",
  },
];

const BROWSER_OPTIONS: readonly OptionSpec[] = [
  {
    name: "browser",
    value: "NAME",
    choices: ["chromium", "firefox"],
    help: "Browser to run in (default: $LUNATIC_BROWSER, or chromium)",
  },
  { name: "headed", help: "Show the browser's window" },
  { name: "executors", value: "N", help: "Workers that run processes (default: one per core)" },
  { name: "no-isolation", help: "Run as on a page without COOP and COEP headers" },
];

const OPTIMIZE: OptionSpec = {
  name: "optimize",
  short: "O",
  value: "LEVEL",
  choices: ["0", "1", "2", "3"],
  help: "Optimize a program that is compiled: 0 compiles fastest, 3 runs fastest",
};

export const RUN: CommandSpec = {
  name: "run",
  summary: "Run a module, or a program in TypeScript syntax, as the root process of a new environment",
  usage: "[OPTIONS] <FILE.wasm|FILE.ts> [-- ARGS...]",
  positionals: [1, Number.POSITIVE_INFINITY],
  options: [
    ...GUEST_OPTIONS,
    OPTIMIZE,
    { name: "bench", help: "Append --bench to the guest's arguments" },
    ...BROWSER_OPTIONS,
    { name: "timeout", value: "SECONDS", help: "End the run after so long, with exit code 124" },
    {
      name: "wasi-exit-code",
      help: "End with the exit code the guest gave to proc_exit",
    },
    { name: "record", value: "FILE", help: "Write the inspection records of the run, as JSON lines" },
    JSON_LINES,
    HELP,
  ],
  notes: [
    "The working directory is always passed as `.`. Arguments of the guest that begin with a dash need -- before them.",
    "Called by cargo for a test binary, it runs `test`.",
  ],
};

export const TEST: CommandSpec = {
  name: "test",
  summary: "Run the functions marked #[lunatic::test] of a test binary, or @test in a program",
  usage: "[OPTIONS] <TESTS.wasm|TESTS.ts> [FILTER] [-- ARGS...]",
  positionals: [1, Number.POSITIVE_INFINITY],
  options: [
    { name: "exact", help: "Run only the test whose whole name is FILTER" },
    { name: "ignored", help: "Run only ignored tests" },
    { name: "include-ignored", help: "Run ignored tests as well" },
    { name: "skip", value: "TEXT", isRepeatable: true, help: "Leave out tests whose name contains TEXT" },
    { name: "nocapture", help: "Print what tests write as it comes" },
    { name: "no-capture", help: "The same" },
    { name: "show-output", help: "Print what successful tests wrote as well" },
    { name: "list", help: "List the tests instead of running them" },
    {
      name: "format",
      value: "FORMAT",
      choices: ["pretty", "terse", "json"],
      help: "How results are printed",
    },
    { name: "quiet", short: "q", help: "One character per test; the same as --format terse" },
    { name: "color", value: "WHEN", choices: ["auto", "always", "never"], help: "When to colour" },
    {
      name: "test-threads",
      value: "N",
      help: "Tests that run at the same time (default: one per core, and up to 16 that wait)",
    },
    {
      name: "timeout",
      value: "SECONDS",
      help: "Kill a test that takes longer, and let it fail (default: 60)",
    },
    OPTIMIZE,
    ...GUEST_OPTIONS,
    ...BROWSER_OPTIONS,
    JSON_LINES,
    HELP,
  ],
  notes: ["The options are those of Rust's own test harness, as far as they make sense here."],
};

export const BUILD: CommandSpec = {
  name: "build",
  summary: "Compile a program in TypeScript syntax to a module",
  usage: "[OPTIONS] [MAIN.ts]",
  positionals: [0, 1],
  options: [
    {
      name: "output",
      short: "o",
      value: "FILE",
      help: "Where the module goes (default: beside the program; build/main.wasm for src/main.ts)",
    },
    { ...OPTIMIZE, help: "0 compiles fastest, 3 runs fastest (default: 2, with --debug 0)" },
    { name: "debug", short: "g", help: "Keep names of functions, and write a source map: traps show lines" },
    { name: "watch", short: "w", help: "Compile again when a file has changed, until Ctrl-C" },
    HELP,
  ],
  notes: ["Without MAIN.ts it compiles src/main.ts."],
};

export const INIT: CommandSpec = {
  name: "init",
  summary: "Let cargo run and test the project in this directory by lunatic-web",
  usage: "[OPTIONS] [DIRECTORY]",
  positionals: [0, 1],
  options: [
    {
      name: "target",
      value: "TARGET",
      choices: ["wasm32-wasi", "wasm32-wasip1"],
      help: "Target to build for (default: the one this compiler knows)",
    },
    { name: "sdk", help: "Lay out a project in TypeScript syntax instead, here or in DIRECTORY" },
    HELP,
  ],
  notes: [
    "Writes .cargo/config.toml. What it holds already is kept; a value that contradicts is never changed.",
    "With --sdk it writes the files that are missing, and changes none that is there.",
  ],
};

export const SERVE: CommandSpec = {
  name: "serve",
  summary: "Serve a directory with the headers that the runtime wants",
  usage: "[OPTIONS] [DIRECTORY]",
  positionals: [0, 1],
  options: [
    { name: "port", value: "PORT", help: "Port to listen on; 0 takes a free one (default: 8080)" },
    { name: "host", value: "ADDRESS", help: "Address to listen on (default: 127.0.0.1)" },
    { name: "no-isolation", help: "Send no COOP and COEP headers" },
    HELP,
  ],
};

export const INSPECT: CommandSpec = {
  name: "inspect",
  summary: "Tell what a module imports and exports, and whether it will run",
  usage: "[OPTIONS] <FILE.wasm>",
  positionals: [1, 1],
  options: [JSON_LINES, HELP],
};

export const COMPLETIONS: CommandSpec = {
  name: "completions",
  summary: "Print the completion script of a shell",
  usage: "<bash|zsh|fish>",
  positionals: [1, 1],
  options: [HELP],
  notes: [
    'bash: eval "$(lunatic-web completions bash)"',
    "zsh: lunatic-web completions zsh > a file named _lunatic-web in a folder of $fpath",
    "fish: lunatic-web completions fish > ~/.config/fish/completions/lunatic-web.fish",
  ],
};

export const COMMANDS: readonly CommandSpec[] = [RUN, TEST, BUILD, INIT, SERVE, INSPECT, COMPLETIONS];
