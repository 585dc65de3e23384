/** What a program is given from outside: arguments, environment variables, the time, chance. */
import { environmentVariable, now, print, programArguments, randomBytes, version } from "lunatic";

export function main(): void {
  const given = programArguments();
  for (let i = 1; i < given.length; i++) print(`argument ${i}: ${given[i]}`);

  const color = environmentVariable("COLOR");
  print(color === null ? "no color" : `the color is ${color}`);

  print(`this century: ${new Date(<i64>now()).getUTCFullYear() / 100}`);
  print(`random bytes: ${randomBytes(4).length}`);
  print(`lunatic ${version()}`);
}
