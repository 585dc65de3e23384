export * from "./abstractProcess";
export * from "./deferredRequests";
export * from "./features";
export * from "./protocols";
export * from "./supervisors";
