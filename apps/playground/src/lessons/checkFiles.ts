import type { Goals } from "./check/goal.ts";

/** Vite finds the checks of all folders, so that a new lesson is in no list. Each is a chunk of its own. */
const CHECKS = import.meta.glob<{ readonly goals: Goals }>("../../lessons/*/check.ts");

/** @throws when the page's files cannot be loaded */
export async function loadGoals(folder: string): Promise<Goals> {
  const load = CHECKS[`../../lessons/${folder}/check.ts`];
  if (!load) throw new Error(`The lesson ${folder} has no check: build the page again`);
  return (await load()).goals;
}
