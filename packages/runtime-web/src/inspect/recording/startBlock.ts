import { type Activity, type ActivityCounts, MAX_BINS } from "../activity.ts";
import type { ParkReason } from "../events.ts";
import type { HistoryStart } from "../history.ts";
import { NONE, type ProcessRecord } from "../observedProcess.ts";
import { PaceCode, paceOf } from "../pace.ts";
import type { LedgerFrame, SystemCounters } from "../processLedger.ts";
import { createFrame, partsOf } from "../systemModel.ts";
import { Vacancies } from "../vacancies.ts";
import type { Fields } from "./fields.ts";
import { STATES } from "./snapshotJson.ts";

/** The system before the first event, and the activity of the whole run, as a value for JSON. */
export function encodeStart({ frame, position }: HistoryStart, activity: Activity): object {
  const { ledger, snapshots, pace, paceSequence } = partsOf(frame);
  return {
    position,
    timeMs: frame.timeMs,
    activity: activity.capture(),
    snapshots: [...snapshots].map(([executor, sequence]) => ({ executor, sequence: sequence + 1 })),
    pace: { code: PaceCode[pace.state], slicesPerSecond: pace.slicesPerSecond ?? 0 },
    paceSequence: paceSequence + 1,
    revision: ledger.revision,
    treeRevision: ledger.treeRevision,
    counters: ledger.counters,
    ended: ledger.ended,
    forgotten: ledger.forgotten,
    names: [...ledger.nameOwners].map(([name, pid]) => ({ name, pid })),
    vacancies: [...ledger.vacancies].map(([place, failed]) => ({ place, failed })),
    processes: [...ledger.processes.values()].map(encodeProcess),
  };
}

/** @throws RecordingError */
export function decodeStart(fields: Fields): { start: HistoryStart; activity: ActivityCounts } {
  const ledger = decodeLedger(fields);
  const pace = fields.object("pace");
  const frame = createFrame(fields.number("timeMs"), {
    ledger,
    snapshots: new Map(
      fields.objects("snapshots").map((each) => [each.whole("executor"), each.whole("sequence") - 1]),
    ),
    pace: paceOf(pace.whole("code"), pace.number("slicesPerSecond")),
    paceSequence: fields.whole("paceSequence") - 1,
  });
  return {
    start: { frame, position: fields.whole("position") },
    activity: decodeActivity(fields.object("activity")),
  };
}

function encodeProcess(process: ProcessRecord): object {
  const { names, links, monitors, monitoredBy, lastSequence, awaitedTag, ...plain } = process;
  return {
    ...plain,
    awaitedTag: [String(awaitedTag)],
    lastSequence: lastSequence + 1,
    names: [...names],
    links: [...links],
    monitors: [...monitors],
    monitoredBy: [...monitoredBy],
  };
}

function decodeProcess(fields: Fields): ProcessRecord {
  return {
    pid: fields.whole("pid"),
    parent: fields.whole("parent"),
    label: fields.text("label"),
    module: fields.optionalWhole("module"),
    names: setOf(fields.texts("names")),
    state: fields.oneOf("state", STATES),
    parkReason: fields.optionalWhole("parkReason") as ParkReason | undefined,
    awaitedTagCount: fields.whole("awaitedTagCount"),
    awaitedTag: fields.tags("awaitedTag")[0] ?? 0n,
    links: setOf(fields.wholes("links")),
    monitors: setOf(fields.wholes("monitors")),
    monitoredBy: setOf(fields.wholes("monitoredBy")),
    mailboxDepth: fields.number("mailboxDepth"),
    messagesSent: fields.number("messagesSent"),
    messagesReceived: fields.number("messagesReceived"),
    memoryBytes: fields.number("memoryBytes"),
    fuelUsed: fields.number("fuelUsed"),
    executor: fields.optionalWhole("executor"),
    spawnedMs: fields.optionalNumber("spawnedMs"),
    endedMs: fields.optionalNumber("endedMs"),
    exitCode: fields.optionalWhole("exitCode"),
    exitText: fields.text("exitText"),
    trapText: fields.text("trapText"),
    restarts: fields.whole("restarts"),
    revision: fields.whole("revision"),
    lastSequence: fields.whole("lastSequence") - 1,
  };
}

function setOf<T>(values: readonly T[]): Set<T> | typeof NONE {
  return values.length === 0 ? NONE : new Set(values);
}

function decodeLedger(fields: Fields): LedgerFrame {
  const processes = new Map<number, ProcessRecord>();
  for (const each of fields.objects("processes")) {
    const process = decodeProcess(each);
    processes.set(process.pid, process);
  }
  const ended = fields.wholes("ended");
  for (const pid of ended) {
    if (processes.get(pid)?.state !== "ended")
      fields.fail(`process ${pid} is told to have ended and has not`);
  }
  return {
    processes,
    counters: decodeCounters(fields.object("counters")),
    revision: fields.whole("revision"),
    treeRevision: fields.whole("treeRevision"),
    ended,
    forgotten: fields.wholes("forgotten"),
    nameOwners: new Map(fields.objects("names").map((each) => [each.text("name"), each.whole("pid")])),
    vacancies: new Vacancies(
      fields.objects("vacancies").map((each) => [each.text("place"), each.wholes("failed")] as const),
    ),
    copied: processes.size,
  };
}

function decodeCounters(fields: Fields): SystemCounters {
  return {
    alive: fields.whole("alive"),
    mostAlive: fields.whole("mostAlive"),
    spawned: fields.whole("spawned"),
    ended: fields.whole("ended"),
    trapped: fields.whole("trapped"),
    messagesSent: fields.number("messagesSent"),
    messagesReceived: fields.number("messagesReceived"),
    messagesLeftOut: fields.number("messagesLeftOut"),
    memoryBytes: fields.number("memoryBytes"),
    events: fields.whole("events"),
    dropped: fields.whole("dropped"),
  };
}

function decodeActivity(fields: Fields): ActivityCounts {
  const used = fields.whole("used");
  const widthMs = fields.number("widthMs");
  const counts = (name: string): readonly number[] => {
    const values = fields.wholes(name);
    return values.length === used ? values : fields.fail(`${name} has not ${used} entries`);
  };
  if (used > MAX_BINS) fields.fail(`used is more than ${MAX_BINS}`);
  if (widthMs < 1) fields.fail("widthMs is less than 1");
  return {
    widthMs,
    used,
    messages: counts("messages"),
    spawns: counts("spawns"),
    exits: counts("exits"),
    traps: counts("traps"),
  };
}
