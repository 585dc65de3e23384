import { type ReadonlySignal, signal } from "@preact/signals";
import type { WorkerToPage } from "../protocol/messages.ts";
import { postToWorker } from "../protocol/post.ts";

/** `none`: the page needs its server. `core`: the page itself is kept. `all`: and everything that it can do. */
export type OfflineState = "none" | "core" | "all";

/** What of the page is kept in this browser, and whether a newer version of it waits. */
export interface Offline {
  readonly state: ReadonlySignal<OfflineState>;
  /** Why not all is kept; undefined: nothing has failed. */
  readonly failure: ReadonlySignal<string | undefined>;
  /** `blocked`: it cannot take over at once, since other tabs show the version in use. */
  readonly update: ReadonlySignal<"none" | "ready" | "blocked">;
  /** Lets the version that waits take over now, and loads the page anew. */
  takeOver(): void;
}

/** So long nothing has been done by the visitor or run: then the page itself is kept, and later everything. */
const SHORT_REST_MS = 2_000;
const REST_MS = 15_000;

/**
 * Registers the service worker once the page is there and nothing runs, and lets it keep everything when the visitor rests.
 * @param isBusy   whether something runs or is compiled
 * @param isBuilt  false: a development server serves the page, and has no service worker
 */
export function createOffline(isBusy: () => boolean, isBuilt: boolean): Offline {
  const state = signal<OfflineState>("none");
  const failure = signal<string | undefined>(undefined);
  const update = signal<"none" | "ready" | "blocked">("none");
  let registered: ServiceWorkerRegistration | undefined;
  const { serviceWorker } = navigator;

  function receive(message: WorkerToPage): void {
    switch (message.type) {
      case "kept":
        if (message.kept === message.all) state.value = "all";
        break;
      case "notKept":
        failure.value = message.reason;
        break;
      case "othersOpen":
        update.value = "blocked";
        break;
      default:
        message satisfies never;
    }
  }

  async function start(): Promise<void> {
    try {
      registered = await serviceWorker.register("./sw.js", { updateViaCache: "none" });
      serviceWorker.onmessage = ({ data }: MessageEvent<WorkerToPage>) => receive(data);
      watchUpdates(registered, () => {
        update.value = "ready";
      });
      const { active } = await serviceWorker.ready;
      state.value = "core";
      if (active && !savesData())
        whenResting(isBusy, REST_MS, () => postToWorker(active, { type: "keepAll" }));
    } catch (error) {
      // Without it the page works as long as its server does; storage may be forbidden, or the host has no sw.js.
      failure.value = error instanceof Error ? error.message : String(error);
    }
  }

  // No service workers in pages without a secure origin, and in the private windows of some browsers.
  if (serviceWorker && isBuilt) {
    // Not before the first run: both would load files at the same time.
    const whenLoaded = () => whenResting(isBusy, SHORT_REST_MS, () => void start());
    if (document.readyState === "complete") whenLoaded();
    else addEventListener("load", whenLoaded, { once: true });
  }
  return {
    state,
    failure,
    update,
    takeOver() {
      const waiting = registered?.waiting;
      if (!waiting) return;
      serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      postToWorker(waiting, { type: "takeOver" });
    },
  };
}

/** Calls back when a version is complete and waits for the one in use to go. */
function watchUpdates(registration: ServiceWorkerRegistration, onReady: () => void): void {
  // The page's first version waits for nothing.
  const isUpdate = () => navigator.serviceWorker.controller !== null;
  if (registration.waiting && isUpdate()) onReady();
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "installed" && isUpdate()) onReady();
    });
  });
}

/** The visitor pays by the byte, or said that he has few of them. */
function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}

/** Calls back once, when nobody has touched the page for a while and nothing has run. */
function whenResting(isBusy: () => boolean, restMs: number, callback: () => void): void {
  let restingSinceMs = performance.now();
  const touched = () => {
    restingSinceMs = performance.now();
  };
  for (const type of ["keydown", "pointerdown", "wheel"]) addEventListener(type, touched, { passive: true });
  const look = () => {
    if (isBusy() || document.visibilityState === "hidden") touched();
    if (performance.now() - restingSinceMs < restMs) setTimeout(look, 500);
    else callback();
  };
  look();
}
