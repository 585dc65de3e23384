/** What generated code of classes with `@process` and `@supervisor` uses. It is not for authors. */
export { ProcessConfig } from "../config/processConfig";
export { Tag } from "../process/tag";
export { Result } from "../result";
export { TimerRef } from "../time/timer";
export { ChildSpec } from "./childSpec";
export { Deferred } from "./deferred";
export { ProcessBuilder } from "./processBuilder";
export { ProcessRef, RefWithDelay, RefWithTimeout, lookupRef, refTo, refToSelf, registerRef } from "./processRef";
export { Startup, catchLinkDeaths, run } from "./serve";
export { Started } from "./started";
export { answer, beginMessage, checkRead, confirm, put, putOwnAddress, take, takeAddress } from "./wire";
