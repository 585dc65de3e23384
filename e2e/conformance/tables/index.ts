import type { ConformanceCase } from "../conformanceCase.ts";
import { configCases } from "./config.ts";
import { errorCases } from "./error.ts";
import { linkingCases } from "./linking.ts";
import { linkCases } from "./links.ts";
import { messageCases } from "./message.ts";
import { moduleCases } from "./modules.ts";
import { receiveCases } from "./receive.ts";
import { registryCases } from "./registry.ts";
import { singleNodeCases } from "./singleNode.ts";
import { spawnCases } from "./spawn.ts";
import { surroundingsCases } from "./surroundings.ts";
import { timerCases } from "./timer.ts";
import { trapCases } from "./trap.ts";

/** Every case, by table. */
export const TABLES: Readonly<Record<string, readonly ConformanceCase[]>> = {
  error: errorCases,
  message: messageCases,
  receive: receiveCases,
  spawn: spawnCases,
  links: linkCases,
  timer: timerCases,
  trap: trapCases,
  registry: registryCases,
  config: configCases,
  modules: moduleCases,
  surroundings: surroundingsCases,
  linking: linkingCases,
  singleNode: singleNodeCases,
};
