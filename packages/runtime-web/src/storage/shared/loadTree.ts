import { type InodeRecord, PAGE_BYTES, type VolumeContents } from "../volume/volume.ts";
import { HEADER, INODE, INODE_FLAG } from "./layout.ts";
import type { SharedDirectory } from "./sharedDirectory.ts";
import type { SharedInode } from "./sharedInode.ts";
import type { SharedStore } from "./sharedStore.ts";

/** The number of a root, here as on a volume. */
const ROOT = 1;

/**
 * Makes an empty tree one of what a volume holds: names and records at once, content when somebody asks for it. From then
 * on the tree keeps what changes for `takeChanges`. Nobody else may be in yet.
 */
export function loadTree(store: SharedStore, contents: VolumeContents): void {
  const { memory } = store;
  memory.words[HEADER.maxInodes] = Math.max(memory.words[HEADER.maxInodes]!, 2 * contents.inodes.length);
  const places = new Map<number, number>([[ROOT, memory.words[HEADER.root]!]]);
  for (const record of contents.inodes)
    places.set(record.number, load(store, record, places.get(record.number)));
  const entries = [...contents.entries].sort((a, b) => a.directory - b.directory || a.cookie - b.cookie);
  for (const { directory, name, inode, cookie } of entries) {
    const parent = places.get(directory);
    const child = places.get(inode);
    if (parent === undefined || child === undefined) continue;
    const view = store.viewOf(parent) as SharedDirectory;
    view.addAt(name, child, cookie);
    const named = store.viewOf(child);
    if (named.kind === "directory") {
      named.parent = view;
      // Its name and its own `.`; its `..` is one more link of the parent.
      named.linkCount += 2;
      view.linkCount++;
    } else named.linkCount++;
  }
  memory.setDouble(HEADER.nextNumber, Math.max(memory.double(HEADER.nextNumber), contents.nextInode));
  memory.words[HEADER.isPersistent] = 1;
  store.buryOrphans();
}

function load(store: SharedStore, record: InodeRecord, place: number | undefined): number {
  const { memory } = store;
  const at = place ?? create(store, record);
  memory.setDouble(at + INODE.number, record.number);
  memory.setLong(at + INODE.accessed, record.accessedNs);
  memory.setLong(at + INODE.modified, record.modifiedNs);
  memory.setLong(at + INODE.changed, record.changedNs);
  memory.set(at + INODE.flags, INODE_FLAG.onVolume);
  if (record.kind === "file") {
    memory.setDouble(at + INODE.size, record.sizeBytes);
    memory.set(at + INODE.volumePages, Math.ceil(record.sizeBytes / PAGE_BYTES));
  }
  return at;
}

function create(store: SharedStore, record: InodeRecord): number {
  const inode =
    record.kind === "file"
      ? store.createFile(0n)
      : record.kind === "directory"
        ? store.createDirectory(0n, store.root)
        : store.createSymlink(0n, record.target);
  if (inode === undefined) throw new Error("The volume holds more files than the tree has room for");
  return (inode as unknown as SharedInode).at;
}
