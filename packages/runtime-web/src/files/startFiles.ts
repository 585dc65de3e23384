import { type OpenedVolume, openVolume } from "../disk/openVolume.ts";
import type { FilesSettings } from "../protocol/files.ts";
import { tellPage } from "../protocol/filesPost.ts";
import type { SharedTree } from "../storage/shared/sharedTree.ts";
import { VolumeError } from "../storage/volume/volume.ts";
import { FilesHost } from "./filesHost.ts";

/**
 * Opens the volume, if the files are to have one, and serves the page. What is wrong with the volume is told to the page,
 * which then closes the runtime: files that seem to be kept and are not would be worse than none.
 */
export async function startFiles(
  tree: SharedTree,
  { persist, ifTaken, backing }: FilesSettings,
  pagePort: MessagePort,
): Promise<FilesHost> {
  let volume: OpenedVolume | undefined;
  try {
    volume = persist === undefined ? undefined : await openVolume({ name: persist, ifTaken, backing });
  } catch (error) {
    if (!(error instanceof VolumeError)) throw error;
    tellPage(pagePort, { type: "failed", fault: error.fault, message: error.message });
    return new FilesHost(tree, undefined, backing);
  }
  const host = new FilesHost(tree, volume, backing);
  host.servePage(pagePort);
  return host;
}
