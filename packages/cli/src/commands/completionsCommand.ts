import { ExitStatus, usageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { completionScript, type Shell } from "../options/completions.ts";
import type { ParsedArguments } from "../options/parseArguments.ts";

const SHELLS: readonly string[] = ["bash", "zsh", "fish"] satisfies Shell[];

export async function completionsCommand(args: ParsedArguments, io: Io): Promise<number> {
  const [shell = ""] = args.positionals;
  if (!SHELLS.includes(shell))
    throw usageError(`There are completions for ${SHELLS.join(", ")}, not for ${shell}`);
  await io.stdout.write(completionScript(shell as Shell));
  return ExitStatus.success;
}
