import { parseArgs } from "node:util";
import { binaryenModule, binaryenPlan } from "./binaryenModule.ts";
import { engineFeatures, type Failure, featuresOf, trySeed } from "./campaign.ts";
import { firstDifference } from "./compare.ts";

const USAGE = `npm run fuzz -- [--seconds N] [--seed S] [--binaryen]
  --seconds   how long (default 60)
  --seed      the first seed (default: the clock's); one seed and --seconds 0 repeats a failure
  --binaryen  modules of binaryen's fuzzer instead of our own generator's: slower, and not reduced`;

/**
 * Fuzzes until the time is over or a module behaves differently once instrumented; that one is printed with its
 * seed. Gives the process's exit code.
 */
export function main(argv: readonly string[]): number {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seconds: { type: "string", default: "60" },
      seed: { type: "string", default: String(Date.now() % 2 ** 31) },
      binaryen: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [first, seconds] = [Number(values.seed), Number(values.seconds)];
  if (values.help || !Number.isSafeInteger(first) || !(seconds >= 0)) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const engine = engineFeatures();
  const end = Date.now() + seconds * 1_000;
  let seed = first;
  do {
    const failure = values.binaryen ? tryBinaryen(seed) : trySeed(seed, featuresOf(seed, engine));
    if (failure !== undefined) {
      console.error(`seed ${seed}: ${failure.difference}`);
      console.error(`the module, in hexadecimal:\n${Buffer.from(failure.module).toString("hex")}`);
      return 1;
    }
    seed++;
  } while (Date.now() < end);
  console.log(`seeds ${first} to ${seed - 1}: original and instrumented modules do the same`);
  return 0;
}

function tryBinaryen(seed: number): Pick<Failure, "difference" | "module"> | undefined {
  const module = binaryenModule(seed);
  // It has features behind no flag of its own, such as typed function references, that Node 20 lacks.
  if (!WebAssembly.validate(module)) {
    console.log(`seed ${seed}: this engine does not run the module`);
    return undefined;
  }
  const difference = firstDifference(module, binaryenPlan(module, seed));
  return difference === undefined ? undefined : { difference, module };
}
