import { realtimeNs } from "../files/realtime.ts";
import { startFiles } from "../files/startFiles.ts";
import type { HubToExecutor } from "../protocol/hubExecutor.ts";
import { executorOwner } from "../storage/shared/owners.ts";
import { createSharedTree, SharedTree } from "../storage/shared/sharedTree.ts";
import { AbsentFiles, OwnFiles, type RunFiles, SharedFiles } from "./runFiles.ts";

/** The filesystem of the runtime, as this executor has it. */
export async function openRuntimeFiles(
  { index, files }: Pick<Extract<HubToExecutor, { type: "init" }>, "index" | "files">,
  port: MessagePort | undefined,
): Promise<RunFiles> {
  if (files.type === "executor" && files.executor !== index) return new AbsentFiles(files.executor);
  if (port === undefined) throw new Error(`Executor ${index} has no port for files`);
  if (files.type === "shared")
    return new SharedFiles(new SharedTree(files.buffer, executorOwner(index), realtimeNs), port);
  const host = await startFiles(createSharedTree(realtimeNs, files.settings), files.settings, port);
  return new OwnFiles(host, index);
}
