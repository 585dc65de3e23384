import {
  PAYLOAD_SHOWN_BYTES,
  type ProcessContents,
  QUEUED_SHOWN,
  type QueuedMessage,
} from "../inspect/processContents.ts";
import type { GuestFrame } from "../inspect/trapText.ts";
import type { Environment } from "../kernel/environment.ts";
import type { Pid } from "../kernel/ids.ts";
import type { Message } from "../kernel/message.ts";
import type { Process } from "../kernel/process.ts";
import type { ExecutorToPage, PageToExecutor } from "../protocol/hubExecutor.ts";
import { waitingFrames } from "../scheduler/guestStack.ts";
import { WasmBody } from "../scheduler/wasmBody.ts";

/** Answers the page's question, also when the process does not live here. */
export function answerExamine(
  environment: Environment | undefined,
  { environment: id, request, pid }: Extract<PageToExecutor, { type: "examine" }>,
  tellPage: (message: ExecutorToPage) => void,
): void {
  const process = environment?.processes.get(pid as Pid);
  tellPage({ type: "examined", environment: id, request, contents: process && examineProcess(process) });
}

/** What a process holds now. Copies what it tells of messages, and changes nothing. */
export function examineProcess(process: Process): ProcessContents {
  const { config } = process;
  const mailbox: QueuedMessage[] = [];
  for (const message of process.mailbox) {
    if (mailbox.length === QUEUED_SHOWN) break;
    mailbox.push(describe(message));
  }
  return {
    pid: process.pid,
    mailboxDepth: process.mailbox.size,
    mailbox,
    awaitedTags: process.waitTags,
    stack: stackOf(process),
    dieWhenLinkDies: process.dieWhenLinkDies,
    links: [...process.links].map(([pid, tag]) => ({ pid, tag })),
    config: {
      maxMemoryBytes: config.maxMemory,
      maxFuel: config.maxFuel,
      mayCompileModules: config.canCompileModules,
      mayCreateConfigs: config.canCreateConfigs,
      maySpawn: config.canSpawnProcesses,
      preopenedDirectories: config.preopenedDirs,
      args: config.commandLineArguments,
      env: config.environmentVariables,
    },
    resources: {
      errors: process.errors.size,
      configs: process.configs.size,
      modules: process.modules.size,
      timers: process.timers.size,
    },
  };
}

/** Where it waits, or goes on at its next turn. One that was not taken will be the next time. */
function stackOf({ body }: Process): readonly GuestFrame[] | undefined {
  if (!(body instanceof WasmBody)) return undefined;
  if (body.stack !== undefined) return waitingFrames(body.stack, body.module.info);
  body.wantsStack = true;
  return undefined;
}

function describe(message: Message): QueuedMessage {
  if (message.kind !== "data") {
    const tag = message.kind === "linkDied" ? message.tag : 0n;
    return { kind: message.kind, from: message.from, tag, sizeBytes: 0, head: new Uint8Array() };
  }
  const { kind, from, tag, buffer, length } = message;
  const head = new Uint8Array(buffer.subarray(0, Math.min(length, PAYLOAD_SHOWN_BYTES)));
  return { kind, from, tag, sizeBytes: length, head };
}
