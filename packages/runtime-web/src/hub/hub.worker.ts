import * as Comlink from "comlink";
import { announceLoaded, type PostTarget } from "../protocol/post.ts";
import { Hub } from "./hub.ts";

Comlink.expose(new Hub());
// The types of the page's library call `self` a window; here it is a worker's scope.
announceLoaded(self as unknown as PostTarget);
