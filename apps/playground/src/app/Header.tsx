import type { Capabilities, Runtime } from "@lunatic-web/runtime";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { explainError } from "../run/plainError.ts";

export function Header({ runtime }: { readonly runtime: Promise<Runtime> }) {
  return (
    <header class="header">
      <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
        <path d="M20.5 3.5a13 13 0 1 0 7.4 17.4A10.5 10.5 0 0 1 20.5 3.5Z" fill="currentColor" />
      </svg>
      <h1>Lunatic Web</h1>
      <p class="tagline">WebAssembly processes with mailboxes, links and supervisors, in this tab</p>
      <CapabilityLine runtime={runtime} />
    </header>
  );
}

type Startup = { readonly capabilities?: Capabilities; readonly failure?: unknown };

function CapabilityLine({ runtime }: { readonly runtime: Promise<Runtime> }) {
  const startup = useSignal<Startup>({});
  useEffect(() => {
    runtime.then(
      ({ capabilities }) => {
        startup.value = { capabilities };
      },
      (failure: unknown) => {
        startup.value = { failure };
      },
    );
  }, [runtime, startup]);
  const { capabilities, failure } = startup.value;
  if (failure !== undefined) {
    const { title, detail } = explainError(failure);
    return (
      <p class="capabilities failed" role="alert" data-testid="error">
        <strong>{title}.</strong> {detail}
      </p>
    );
  }
  if (!capabilities) return <p class="capabilities">starting…</p>;
  const { executors, crossOriginIsolated } = capabilities;
  return (
    <p class="capabilities" data-testid="capabilities" title={capabilities.reason}>
      {executors} {executors === 1 ? "executor" : "executors"} · {TRANSPORTS[capabilities.transport]} ·{" "}
      {crossOriginIsolated ? "isolated page" : "page not isolated"}
    </p>
  );
}

const TRANSPORTS: Readonly<Record<Capabilities["transport"], string>> = {
  "shared-memory": "shared memory",
  "message-port": "message ports",
  "single-executor": "one thread",
};
