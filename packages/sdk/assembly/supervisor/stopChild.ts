import { ChildSpec } from "../abstractProcess/childSpec";
import { awaitEnd, shutDown } from "../abstractProcess/shutdown";
import { kill } from "../host/process";
import { FOREVER } from "../process/receive";

/**
 * Asks a child to end and waits until it has. Its death in the meantime, or before, counts as well, and is not
 * reported any more.
 */
export function stopChild(child: ChildSpec): void {
  if (child.__tag == 0) return;
  if (!shutDown(child.__node, child.__id, child.__tag, child.__killAfter)) {
    kill(child.__id);
    awaitEnd(child.__node, child.__id, child.__tag, child.__tag, FOREVER);
  }
  child.__tag = 0;
}
