/** The site's service worker: the page and its programs without a network, and isolation where the host gives none. */
import type { PageToWorker } from "../protocol/messages.ts";
import { postToPage } from "../protocol/post.ts";
import { KeptSite, OtherVersionError } from "./keptSite.ts";
import { pathInSite, type SiteFiles } from "./siteFiles.ts";

declare const self: ServiceWorkerGlobalScope;
/** Put in by build/offlineSite.ts. */
declare const SITE_FILES: SiteFiles;

const { scope } = self.registration;
const site = new KeptSite(SITE_FILES, { caches, fetch: (request) => fetch(request), scope });

self.addEventListener("install", (event) => event.waitUntil(site.keepCore()));
// No claim: a page that is open goes on as it began, with the version that it has loaded.
self.addEventListener("activate", (event) => event.waitUntil(site.dropOthers()));

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const path = pathInSite(event.request.url, scope);
  if (path !== undefined && site.has(path)) event.respondWith(answer(path));
});

self.addEventListener("message", (event) => {
  const { type } = event.data as PageToWorker;
  const page = event.source;
  if (!(page instanceof WindowClient)) return;
  event.waitUntil(type === "keepAll" ? keepAll(page) : takeOver(page));
});

async function keepAll(page: WindowClient): Promise<void> {
  try {
    await site.keepAll((kept, all) => postToPage(page, { type: "kept", kept, all }));
  } catch (error) {
    postToPage(page, { type: "notKept", reason: error instanceof Error ? error.message : String(error) });
  }
}

async function answer(path: string): Promise<Response> {
  try {
    return await site.answer(path);
  } catch (error) {
    if (!(error instanceof OtherVersionError)) return Response.error();
    // What is on the server now is a version that this one does not go with; the next visit has it.
    void self.registration.update();
    return new Response(error.message, { status: 409, statusText: "Another version is on the server" });
  }
}

/** Two versions in two tabs would have one worker between them: only a tab that is alone may change over. */
async function takeOver(page: WindowClient): Promise<void> {
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (tabs.length > 1) postToPage(page, { type: "othersOpen" });
  else await self.skipWaiting();
}
