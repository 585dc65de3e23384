import type { InspectionSnapshot } from "../inspect/inspectionEvent.ts";
import type { PackedBatch } from "../inspect/packedRecords.ts";
import type { ProcessContents } from "../inspect/processContents.ts";
import type { Subscription } from "../inspect/subscription.ts";
import type { InstrumentInfo } from "../instrument/index.ts";
import type { ProcessConfig } from "../kernel/config.ts";
import type { ExitCause } from "../kernel/exit.ts";
import type { CompileOutcome } from "../kernel/spawnRequest.ts";
import type { DatabaseLink } from "./databaseLink.ts";
import type { FilesPlace } from "./files.ts";
import type { DeterministicRun, PaceCommand, PaceReport } from "./pacing.ts";
import type { PageToProcess, ProcessToPage } from "./pageProcess.ts";
import type { RuntimeSettings } from "./settings.ts";
import type { UsageAnswer, UsageQuestion } from "./usage.ts";

/** A compiled module on its way to an executor. Some Safari versions cannot post a WebAssembly.Module: then the bytes go. */
export interface ModuleParcel {
  readonly id: number;
  readonly name: string;
  readonly code: WebAssembly.Module | Uint8Array<ArrayBuffer>;
  readonly info: InstrumentInfo;
}

/** A file of an environment's filesystem; a path that ends in a slash is a directory. */
export interface InitialFile {
  readonly path: string;
  readonly content: Uint8Array;
  /** Milliseconds since 1970. */
  readonly modifiedMs?: number;
}

/** What filesystem the processes of a run see. */
export type EnvironmentFiles =
  /** That of the runtime. */
  | { readonly type: "runtime" }
  /**
   * One of its own. In shared memory, or in that of the home executor if there is none; the home puts in what it begins
   * with.
   */
  | {
      readonly type: "private";
      readonly buffer: SharedArrayBuffer | undefined;
      readonly initial: readonly InitialFile[];
    };

/** Where an executor's frames to and from another go. */
export type PeerLink =
  | { readonly type: "none" }
  | { readonly type: "rings"; readonly incoming: SharedArrayBuffer; readonly outgoing: SharedArrayBuffer }
  | { readonly type: "port"; readonly port: MessagePort };

export type HubToExecutor =
  | {
      readonly type: "init";
      readonly index: number;
      readonly settings: RuntimeSettings;
      /** sharedCellCount Int32 cells. */
      readonly cells: SharedArrayBuffer | ArrayBuffer;
      /** One word every executor waits on (mailbox/), index = executor; undefined without rings. */
      readonly bells: SharedArrayBuffer | undefined;
      /** Per executor; "none" at the own index, and everywhere if the page has joined the executors by ports. */
      readonly peers: readonly PeerLink[];
      readonly files: FilesPlace;
    }
  | { readonly type: "module"; readonly module: ModuleParcel }
  | {
      readonly type: "open";
      readonly environment: number;
      readonly home: number;
      /** Those that its processes may be on, the home among them; undefined: all. */
      readonly executors: readonly number[] | undefined;
      /** createSharedPidDirectory; undefined when there is one executor, or no shared memory. */
      readonly directory: SharedArrayBuffer | undefined;
      /** One Int32 cell: the run's sequence of events; undefined when there is one executor, or no shared memory. */
      readonly sequence: SharedArrayBuffer | undefined;
      /** performance.timeOrigin-based start, so that all executors count from the same moment. */
      readonly startedAtMs: number;
      readonly files: EnvironmentFiles;
      /** As RunRequest; both concern the home executor. */
      readonly hasInput: boolean;
      readonly returnsFiles: boolean;
      readonly outputEncoding: "utf-8" | "binary";
      /** Subscribed from the first event on. */
      readonly observe: Subscription | undefined;
      /** undefined: in real time. */
      readonly deterministic: DeterministicRun | undefined;
    }
  | {
      readonly type: "runRoot";
      readonly environment: number;
      readonly module: number;
      readonly entry: string;
      readonly config: ProcessConfig;
    }
  | { readonly type: "kill"; readonly request: number; readonly environment: number; readonly pid: number }
  | {
      readonly type: "pace";
      readonly request: number;
      readonly environment: number;
      readonly command: PaceCommand;
    }
  | { readonly type: "close"; readonly environment: number }
  | { readonly type: "executorLost"; readonly index: number }
  | { readonly type: "compiled"; readonly request: number; readonly outcome: CompileOutcome };

export type ExecutorToHub =
  /** Receipts: of a message that is sent again until one comes, and that it came but could not be read (ExecutorLine). */
  | { readonly type: "received" }
  | { readonly type: "unreadable" }
  /** The answer to `init`. */
  | { readonly type: "ready" }
  | {
      readonly type: "rootSpawned";
      readonly environment: number;
      readonly outcome: { pid: number } | { failure: string };
    }
  | { readonly type: "rootEnded"; readonly environment: number; readonly cause: ExitCause }
  | { readonly type: "closed"; readonly environment: number }
  /** Its messages, or what else is held for it, take more than it may have: it is to be ended. */
  | {
      readonly type: "flooded";
      readonly environment: number;
      readonly limit: "messages" | "memory";
      readonly message: string;
    }
  | { readonly type: "killed"; readonly request: number; readonly found: boolean }
  /** The answer to "pace"; undefined: no such environment is open here. */
  | { readonly type: "paced"; readonly request: number; readonly report: PaceReport | undefined }
  | { readonly type: "compile"; readonly request: number; readonly bytes: Uint8Array<ArrayBuffer> }
  /** A bug of ours, or an engine's: something threw outside every guest. */
  | { readonly type: "fault"; readonly message: string; readonly stack: string };

/** The page's first words to an executor. */
export interface ConnectExecutor {
  readonly hubPort: MessagePort;
  /** Output and inspection go to the page directly. */
  readonly pagePort: MessagePort;
  /** To whoever has the files; on the executor that has them itself, from the page. undefined: the files are elsewhere. */
  readonly filesPort: MessagePort | undefined;
  /** Per executor, the port to it where executors are not joined by rings; undefined at the own index. */
  readonly peerPorts: readonly (MessagePort | undefined)[];
}

export type PageToExecutor =
  | PageToProcess
  /** undefined: nobody observes any more. */
  | {
      readonly type: "observe";
      readonly environment: number;
      readonly subscription: Subscription | undefined;
    }
  /** What a run reads from stdin, to its home; undefined: its end. */
  | { readonly type: "input"; readonly environment: number; readonly bytes: Uint8Array | undefined }
  /** The subscriber lost records and wants to know the state. */
  | { readonly type: "snapshot"; readonly environment: number }
  /** What a process holds: answered also when it does not live here. */
  | { readonly type: "examine"; readonly environment: number; readonly request: number; readonly pid: number }
  /** What output has gathered: answered even when there is none. */
  | { readonly type: "takeOutput"; readonly environment: number; readonly round: number }
  /** So many UTF-16 units of its output the page has taken since it last said so. */
  | { readonly type: "outputTaken"; readonly environment: number; readonly length: number }
  /** The way to the databases, which the executor has asked for. */
  | { readonly type: "databases"; readonly link: DatabaseLink }
  /** There is no database worker: isFinal is false where the next question may find one. */
  | { readonly type: "databasesLost"; readonly message: string; readonly isFinal: boolean }
  | UsageQuestion;

export interface OutputChunk {
  readonly pid: number;
  readonly stream: 1 | 2;
  readonly text: string;
  /** Of its beginning in the order of the run's events. */
  readonly sequence: number;
  /** Of its beginning, by the run's clock. */
  readonly timeMs: number;
}

export type ExecutorToPage =
  | UsageAnswer
  | EnvironmentToPage
  /** A process wants to open a database. Comes again until "databases" is there. */
  | { readonly type: "wantDatabases" };

/** Of an executor, about one of its environments. */
export type EnvironmentToPage =
  | ProcessToPage
  | {
      readonly type: "output";
      readonly environment: number;
      readonly chunks: readonly OutputChunk[];
      /** The round of the page's question that this answers, if it does. */
      readonly answers: number | undefined;
    }
  /** So many bytes of its input have been read since it last said so. */
  | { readonly type: "inputTaken"; readonly environment: number; readonly length: number }
  | {
      readonly type: "events";
      readonly batch: PackedBatch;
      readonly snapshot: InspectionSnapshot | undefined;
    }
  /** The answer to "examine"; undefined: it does not live here. */
  | {
      readonly type: "examined";
      readonly environment: number;
      readonly request: number;
      readonly contents: ProcessContents | undefined;
    }
  /** What the run left behind, of its home, before "closed"; when it was wanted. */
  | { readonly type: "files"; readonly environment: number; readonly files: readonly InitialFile[] }
  /** Everything of this environment on this executor has been posted. */
  | { readonly type: "closed"; readonly environment: number };
