/** What the fuzzer uses of the sources, in one import. */
export { compile } from "../compile.ts";
export { breakProgram, createRandom } from "./breakProgram.ts";
export { findBrokenPromise } from "./checkResult.ts";
export { SAMPLE_PROGRAM } from "./sampleProgram.ts";
