import { usageError } from "../errors.ts";
import type { CommandSpec, OptionSpec } from "./specs.ts";

export interface ParsedArguments {
  readonly positionals: readonly string[];
  /** What stands behind `--`. */
  readonly rest: readonly string[];
  has(option: string): boolean;
  /** The last value given. */
  value(option: string): string | undefined;
  values(option: string): readonly string[];
  /** @throws CommandError it is no whole number from `least` to `most` */
  count(option: string, least: number, most?: number): number | undefined;
  /** @throws CommandError it is no positive number. @returns milliseconds */
  seconds(option: string): number | undefined;
}

/**
 * Reads the arguments of one command: `--name value`, `--name=value`, `-n`, `-n value`, `-nvalue`, and `--` before what is none of ours.
 * @throws CommandError usage, naming what is wrong and what would be right
 */
export function parseArguments(spec: CommandSpec, argv: readonly string[]): ParsedArguments {
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  let rest: readonly string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index]!;
    if (argument === "--") {
      rest = argv.slice(index + 1);
      break;
    }
    if (!argument.startsWith("-") || argument === "-") {
      positionals.push(argument);
      continue;
    }
    const [flag = "", inline] = splitInline(spec, argument);
    const option = findOption(spec, flag);
    if (option === undefined) throw unknownOption(spec, argument);
    const given = values.get(option.name) ?? [];
    if (given.length > 0 && option.value !== undefined && !option.isRepeatable)
      throw usageError(`${flag} is given twice`);
    given.push(readValue(option, flag, inline, () => argv[++index]));
    values.set(option.name, given);
  }
  requireCount(spec, positionals, values.has("help"));
  return access(positionals, rest, values);
}

/** `--name=value` as its two parts; the second is undefined where there is no value. */
export function splitInline(spec: CommandSpec, argument: string): [string, string | undefined] {
  if (!argument.startsWith("--")) {
    const flag = argument.slice(0, 2);
    const hasValue = argument.length > 2 && findOption(spec, flag)?.value !== undefined;
    return hasValue ? [flag, argument.slice(2)] : [argument, undefined];
  }
  const at = argument.indexOf("=");
  return at === -1 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

/** @returns undefined: the command has no such option */
export function findOption(spec: CommandSpec, flag: string): OptionSpec | undefined {
  return spec.options.find(
    ({ name, short }) => flag === `--${name}` || (short !== undefined && flag === `-${short}`),
  );
}

function readValue(
  option: OptionSpec,
  flag: string,
  inline: string | undefined,
  next: () => string | undefined,
): string {
  if (option.value === undefined) {
    if (inline !== undefined) throw usageError(`${flag} takes no value`);
    return "";
  }
  const value = inline ?? next();
  if (value === undefined) throw usageError(`${flag} needs a value: ${flag} ${option.value}`);
  if (option.choices !== undefined && !option.choices.includes(value))
    throw usageError(`${flag} may be ${option.choices.join(" or ")}, not ${JSON.stringify(value)}`);
  return value;
}

function unknownOption(spec: CommandSpec, argument: string): Error {
  const takesMore = spec.usage.includes("ARGS");
  const forGuest = takesMore ? ` To give it to the guest, write it behind --: … -- ${argument}` : "";
  return usageError(
    `${argument} is no option of ${spec.name}; see lunatic-web ${spec.name} --help.${forGuest}`,
  );
}

function requireCount(
  { name, usage, positionals }: CommandSpec,
  given: readonly string[],
  isHelp: boolean,
): void {
  const [least, most] = positionals;
  if (isHelp || (given.length >= least && given.length <= most)) return;
  const problem = given.length < least ? "an argument is missing" : `${given[most]} is one argument too many`;
  throw usageError(`${problem}: lunatic-web ${name} ${usage}`);
}

function access(
  positionals: readonly string[],
  rest: readonly string[],
  values: ReadonlyMap<string, readonly string[]>,
): ParsedArguments {
  const value = (option: string) => values.get(option)?.at(-1);
  return {
    positionals,
    rest,
    has: (option) => values.has(option),
    value,
    values: (option) => values.get(option) ?? [],
    count(option, least, most = Number.MAX_SAFE_INTEGER) {
      const text = value(option);
      if (text === undefined) return undefined;
      const number = Number(text);
      if (!/^\d+$/.test(text) || !(number >= least && number <= most)) {
        const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
        throw usageError(`--${option} must be a whole number ${range}, not ${JSON.stringify(text)}`);
      }
      return number;
    },
    seconds(option) {
      const text = value(option);
      if (text === undefined) return undefined;
      const ms = Number(text) * 1000;
      // The longest a timer of JavaScript can be: 24 days.
      if (text.trim() === "" || !(ms > 0 && ms < 2 ** 31))
        throw usageError(`--${option} must be a number of seconds above 0, not ${JSON.stringify(text)}`);
      return ms;
    },
  };
}
