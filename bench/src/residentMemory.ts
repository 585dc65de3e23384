import { execFileSync } from "node:child_process";

/** Of the processes that run pages, by their command lines. */
const RENDERER = { chromium: /--type=renderer/, firefox: /-contentproc .*\btab\b/ } as const;

/**
 * Resident memory of a browser's processes that run pages.
 * @param pid  of the browser
 * @returns bytes, added up
 */
export function residentBytes(browser: keyof typeof RENDERER, pid: number): number {
  const table = execFileSync("ps", ["-eo", "pid=,ppid=,rss=,args="], { encoding: "utf8" });
  const rows = table.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    if (match === null) return [];
    const [, own, parent, kibibytes, args] = match as unknown as [string, string, string, string, string];
    return [{ pid: Number(own), parent: Number(parent), bytes: Number(kibibytes) * 1024, args }];
  });
  const family = new Set([pid]);
  for (let known = 0; known < family.size; ) {
    known = family.size;
    for (const row of rows) if (family.has(row.parent)) family.add(row.pid);
  }
  return rows
    .filter((row) => family.has(row.pid) && RENDERER[browser].test(row.args))
    .reduce((sum, { bytes }) => sum + bytes, 0);
}
