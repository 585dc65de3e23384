import type { Question } from "../src/question.ts";
import { compiler } from "./compiler.ts";
import { fanOut } from "./fanOut.ts";
import { files } from "./files.ts";
import { firstInstruction } from "./firstInstruction.ts";
import { instrumenter } from "./instrumenter.ts";
import { keptFiles } from "./keptFiles.ts";
import { kernels } from "./kernels.ts";
import { liveView } from "./liveView.ts";
import { manyAlive } from "./manyAlive.ts";
import { messages } from "./messages.ts";
import { playground } from "./playground.ts";
import { sdk } from "./sdk.ts";
import { spawnToExit } from "./spawnToExit.ts";
import { sqlite } from "./sqlite.ts";
import { startUp } from "./startUp.ts";
import { volume } from "./volume.ts";
import { wasiSuite } from "./wasiSuite.ts";
import { watching } from "./watching.ts";

/** All benches, in the order in which they run. */
export const QUESTIONS: readonly Question[] = [
  kernels,
  startUp,
  firstInstruction,
  instrumenter,
  spawnToExit,
  manyAlive,
  messages,
  fanOut,
  files,
  volume,
  keptFiles,
  wasiSuite,
  compiler,
  sdk,
  sqlite,
  watching,
  liveView,
  playground,
];
