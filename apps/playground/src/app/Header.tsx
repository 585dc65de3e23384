import type { Capabilities, Runtime } from "@lunatic-web/runtime";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { OfflineFact } from "../offline/page/OfflineFact.tsx";
import type { Offline } from "../offline/page/offline.ts";
import { KeysDialog } from "./KeysDialog.tsx";

export interface HeaderProps {
  readonly runtime: Promise<Runtime>;
  readonly offline: Offline;
  /** Ways to other parts of the page. */
  readonly children?: ComponentChildren;
}

export function Header({ runtime, offline, children }: HeaderProps) {
  return (
    <header class="header">
      <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
        <path d="M20.5 3.5a13 13 0 1 0 7.4 17.4A10.5 10.5 0 0 1 20.5 3.5Z" fill="currentColor" />
      </svg>
      <h1>Lunatic Web</h1>
      <p class="tagline">WebAssembly processes with mailboxes, links and supervisors, in this tab</p>
      {children}
      <p class="capabilities">
        <CapabilityLine runtime={runtime} />
        <OfflineFact offline={offline} />
      </p>
      <KeysDialog />
    </header>
  );
}

function CapabilityLine({ runtime }: { readonly runtime: Promise<Runtime> }) {
  const capabilities = useSignal<Capabilities | undefined>(undefined);
  const hasFailed = useSignal(false);
  useEffect(() => {
    runtime.then(
      (started) => {
        capabilities.value = started.capabilities;
      },
      // The reason is shown by the session, which waits for the same runtime.
      () => {
        hasFailed.value = true;
      },
    );
  }, [runtime, capabilities, hasFailed]);
  if (!capabilities.value) return <span>{hasFailed.value ? "not running" : "starting…"}</span>;
  const { executors, crossOriginIsolated, reason, transport } = capabilities.value;
  return (
    <span data-testid="capabilities" title={reason}>
      {executors} {executors === 1 ? "executor" : "executors"} · {TRANSPORTS[transport]} ·{" "}
      {crossOriginIsolated ? "isolated page" : "page not isolated"}
    </span>
  );
}

const TRANSPORTS: Readonly<Record<Capabilities["transport"], string>> = {
  "shared-memory": "shared memory",
  "message-port": "message ports",
  "single-executor": "one thread",
};
