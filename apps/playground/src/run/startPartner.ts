import type { LunaticModule, RunningEnvironment, Runtime } from "@lunatic-web/runtime";
import type { Partner } from "../programs/catalog.ts";

/**
 * Compiles the module that runs beside a program, so that it can begin as soon as the environment is there.
 * @returns starts it in an environment; rejects with a SpawnError where that has ended already
 */
export async function preparePartner(
  runtime: Runtime,
  { name, args, fetchModule }: Partner,
): Promise<(environment: RunningEnvironment) => Promise<void>> {
  const module: LunaticModule = await runtime.compile(fetchModule(), { name });
  return async (environment) => {
    // A program's first argument is its own name.
    await environment.spawn("_start", { module, config: { args: [name, ...args] } });
  };
}
