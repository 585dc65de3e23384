import { initialize } from "monaco-editor/languages/features/typescript/ts.worker";
import { ProgramWorker } from "./programWorker.ts";

// In place of Monaco's own, which that import has put there.
self.onmessage = () => initialize((context, createData) => new ProgramWorker(context, createData));
