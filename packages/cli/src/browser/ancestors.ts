import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface OsProcess {
  readonly pid: number;
  readonly parent: number;
  /** Name of its executable, at most 15 characters on Linux. */
  readonly name: string;
  /** When it started, in the system's own words: tells a process from a later one with the same pid. */
  readonly startedAt: string;
}

/** Reads what the system knows of a process. @returns undefined: there is none, or the system does not tell */
export type ReadProcess = (pid: number) => OsProcess | undefined;

/** The nearest process above `pid` with one of these names. */
export function findAncestor(
  pid: number,
  names: readonly string[],
  read: ReadProcess = readOsProcess,
): OsProcess | undefined {
  for (let found = read(pid); found !== undefined && found.parent > 0; ) {
    found = read(found.parent);
    if (found !== undefined && names.includes(found.name)) return found;
  }
  return undefined;
}

/** Whether that very process still runs. */
export function isAlive(found: OsProcess, read: ReadProcess = readOsProcess): boolean {
  return read(found.pid)?.startedAt === found.startedAt;
}

export function readOsProcess(pid: number): OsProcess | undefined {
  if (process.platform === "linux") return readProc(pid);
  return process.platform === "win32" ? undefined : readPs(pid);
}

/**
 * Whether processes of a group still run. Not asked by signal 0 where the system tells more: to that the zombies answer
 * too, which stay for ever where nobody asks for the ends of orphans, as in many containers.
 */
export function hasLivingMembers(group: number): boolean {
  if (process.platform !== "linux") return process.kill(-group, 0);
  return readdirSync("/proc").some((name) => readStat(name)?.group === group);
}

function readProc(pid: number): OsProcess | undefined {
  const found = readStat(String(pid));
  if (found === undefined) return undefined;
  const { group: _, ...process } = found;
  return process;
}

/**
 * proc(5): `pid (name) state ppid pgrp …`, the 22nd field is the start time; the name may hold spaces and brackets.
 * @returns undefined: no such process, or a zombie, which has ended; only its parent has not asked yet
 */
function readStat(pid: string): (OsProcess & { readonly group: number }) | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    // It has just ended, or what has this name in /proc is no process.
    return undefined;
  }
  const name = text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"));
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z") return undefined;
  return {
    pid: Number(pid),
    parent: Number(fields[1]),
    group: Number(fields[2]),
    name,
    startedAt: fields[19] ?? "",
  };
}

function readPs(pid: number): OsProcess | undefined {
  let line: string;
  try {
    line = execFileSync("ps", ["-o", "ppid=,lstart=,comm=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    // ps ends with 1 when there is no such process.
    return undefined;
  }
  const [, parent, startedAt, path] = /^(\d+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line) ?? [];
  if (parent === undefined || startedAt === undefined || path === undefined) return undefined;
  return { pid, parent: Number(parent), startedAt, name: path.slice(path.lastIndexOf("/") + 1) };
}
