import type { Question } from "../src/question.ts";
import { instrumenter } from "./instrumenter.ts";
import { kernels } from "./kernels.ts";
import { manyAlive } from "./manyAlive.ts";
import { spawnToExit } from "./spawnToExit.ts";
import { startUp } from "./startUp.ts";

/** All benches, in the order in which they run. */
export const QUESTIONS: readonly Question[] = [kernels, startUp, instrumenter, spawnToExit, manyAlive];
