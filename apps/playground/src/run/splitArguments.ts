/**
 * Splits a line into arguments as a POSIX shell does with blanks, quotes and backslashes; nothing is expanded.
 * An unfinished quote reaches to the end: the field is read while a person is still typing.
 */
export function splitArguments(line: string): string[] {
  const argumentsFound: string[] = [];
  let current: string | undefined;
  let quote: string | undefined;
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!;
    if (character === "\\" && quote !== "'" && i + 1 < line.length) {
      current = (current ?? "") + line[++i]!;
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else current += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      current ??= "";
    } else if (/\s/.test(character)) {
      if (current !== undefined) argumentsFound.push(current);
      current = undefined;
    } else {
      current = (current ?? "") + character;
    }
  }
  if (current !== undefined) argumentsFound.push(current);
  return argumentsFound;
}

/** The line that `splitArguments` splits into these arguments. */
export function joinArguments(args: readonly string[]): string {
  return args
    .map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'"'"'`)}'`))
    .join(" ");
}
