/** From the page to the service worker. */
export type PageToWorker =
  /** Keep what has not been kept yet: the visitor needs nothing else at the moment. */
  | { readonly type: "keepAll" }
  /** The visitor wants the waiting version now. */
  | { readonly type: "takeOver" };

/** From the service worker to the page that asked. */
export type WorkerToPage =
  /** Files of this version that are kept, of so many. */
  | { readonly type: "kept"; readonly kept: number; readonly all: number }
  /** Not all files could be kept: no room, or no network any more. What is missing is asked for again at the next visit. */
  | { readonly type: "notKept"; readonly reason: string }
  /** The waiting version cannot take over: other tabs show the one that is in use. */
  | { readonly type: "othersOpen" };
