import type { ObservedProcess } from "@lunatic-web/runtime/inspect";

/** Whether a process is looked for: by its whole pid, or a part of a name or of its entry function; undefined: all are. */
export function processMatcher(filter: string): ((process: ObservedProcess) => boolean) | undefined {
  const wanted = filter.trim().toLowerCase();
  if (wanted === "") return undefined;
  return (process) => {
    if (String(process.pid) === wanted || process.label.toLowerCase().includes(wanted)) return true;
    for (const name of process.names) if (name.toLowerCase().includes(wanted)) return true;
    return false;
  };
}
