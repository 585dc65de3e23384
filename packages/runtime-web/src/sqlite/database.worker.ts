import * as Comlink from "comlink";
import { announceLoaded, type PostTarget } from "../protocol/post.ts";
import { DatabaseWorker } from "./engine/databaseWorker.ts";

Comlink.expose(new DatabaseWorker());
// The types of the page's library call `self` a window; here it is a worker's scope.
announceLoaded(self as unknown as PostTarget);
