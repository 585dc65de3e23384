import type { ObservedProcess, SystemModel } from "@lunatic-web/runtime/inspect";
import { Crowd } from "./crowd.ts";

/** Siblings of one entry function without children become a crowd from this number on. */
const LEAVES_APART = 12;
/** And those with children from this one. */
const BRANCHES_APART = 24;
/** An ended process stays this long, in milliseconds of the run: long enough to see it fall. */
const LINGER_MS = 3_000;

/** One thing in the picture: a process, or a crowd of them. */
export interface TreeNode {
  /** The pid, or the parent and the label of a crowd. */
  readonly key: number | string;
  /** Pid of the process; 0 for a crowd. */
  readonly pid: number;
  /** A live object; of a crowd: one of its members. */
  process: ObservedProcess;
  readonly crowd: Crowd | undefined;
  parent: TreeNode | undefined;
  depth: number;
  readonly children: TreeNode[];
  /** Processes below that a fold hides. */
  hidden: number;
  /** Where the layout puts its anchor: the middle of a process, the upper left corner of a crowd. */
  x: number;
  y: number;
  /** Where it is drawn, on its way there. */
  shownX: number;
  shownY: number;
  isPlaced: boolean;
}

/** What of the system is in the picture. */
export interface TreeQuery {
  readonly showEnded: boolean;
  /** The moment, in milliseconds of the run. */
  readonly shownMs: number;
}

/**
 * The picture's nodes, made from a model: children under parents, folded subtrees and crowds. Costs O(n); keeps the
 * node of a process from one time to the next, so that it can move instead of jump.
 */
export class TreeStructure {
  /** Parents before children, in the order in which they stand. */
  nodes: readonly TreeNode[] = [];
  roots: readonly TreeNode[] = [];
  /** The node that stands for a process: its own, its crowd's, or that of a folded ancestor. */
  readonly standsFor = new Map<number, TreeNode>();
  readonly #kept = new Map<number | string, TreeNode>();
  readonly #folded = new Set<number>();
  readonly #opened = new Set<string>();
  /** Earliest time at which an ended process leaves the picture. */
  #lingersUntilMs = Number.POSITIVE_INFINITY;
  /** Counts changes of folds. */
  #foldRevision = 0;
  #made = "";
  #model: SystemModel | undefined;

  /** Opens a crowd or a folded node, or folds one that is open. */
  toggle(node: TreeNode): void {
    if (node.crowd) this.#opened.add(String(node.key));
    else if (this.#folded.has(node.pid)) this.#folded.delete(node.pid);
    else if (node.children.length > 0) this.#folded.add(node.pid);
    this.#foldRevision++;
  }

  /** Makes crowds again of all that were opened, and opens every fold. */
  resetFolds(): void {
    this.#opened.clear();
    this.#folded.clear();
    this.#foldRevision++;
  }

  /** Whether there is something that `resetFolds` changes. */
  get hasFolds(): boolean {
    return this.#opened.size + this.#folded.size > 0;
  }

  isFolded(node: TreeNode): boolean {
    return node.hidden > 0;
  }

  /** @returns whether the picture is as it was for this model and query */
  isCurrent(model: SystemModel, query: TreeQuery): boolean {
    return (
      model === this.#model &&
      this.#made === this.#stamp(model, query) &&
      query.shownMs < this.#lingersUntilMs
    );
  }

  update(model: SystemModel, query: TreeQuery): void {
    this.#made = this.#stamp(model, query);
    this.#model = model;
    this.#lingersUntilMs = Number.POSITIVE_INFINITY;
    this.standsFor.clear();
    const childrenOf = this.#shownChildren(model, query);
    const nodes: TreeNode[] = [];
    const roots: TreeNode[] = [];
    const used = new Set<number | string>();
    // A stack of our own, because chains of thousands exist. Reversed, so that the first child comes first.
    const pending: { node: TreeNode; parent: TreeNode | undefined }[] = [];
    const place = (node: TreeNode, parent: TreeNode | undefined) => {
      node.parent = parent;
      node.depth = parent ? parent.depth + 1 : 0;
      node.children.length = 0;
      node.hidden = 0;
      (parent ? parent.children : roots).push(node);
      nodes.push(node);
      used.add(node.key);
    };
    const enterChildren = (pid: number, parent: TreeNode | undefined) => {
      const { single, crowds } = this.#group(pid, childrenOf);
      for (const { key, label, members } of crowds) {
        const node = this.#crowdNode(key, label, members);
        pending.push({ node, parent });
        for (const { pid } of members) {
          this.standsFor.set(pid, node);
          this.#hide(pid, node, childrenOf);
        }
      }
      for (let index = single.length - 1; index >= 0; index--) {
        pending.push({ node: this.#processNode(single[index]!), parent });
      }
    };
    enterChildren(0, undefined);
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { node } = next;
      place(node, next.parent);
      if (node.crowd) continue;
      this.standsFor.set(node.pid, node);
      if (this.#folded.has(node.pid)) node.hidden = this.#hide(node.pid, node, childrenOf);
      else enterChildren(node.pid, node);
    }
    for (const key of this.#kept.keys()) if (!used.has(key)) this.#kept.delete(key);
    this.nodes = nodes;
    this.roots = roots;
  }

  #stamp(model: SystemModel, { showEnded }: TreeQuery): string {
    return `${model.treeRevision} ${showEnded} ${this.#foldRevision}`;
  }

  /** By parent: what is shown, with every ancestor of it, so that no branch comes loose. */
  #shownChildren(model: SystemModel, { showEnded, shownMs }: TreeQuery): Map<number, ObservedProcess[]> {
    const { processes } = model;
    const isShown = new Set<number>();
    for (const process of processes.values()) {
      if (process.state === "ended") {
        const untilMs = (process.endedMs ?? 0) + LINGER_MS;
        if (!showEnded || untilMs <= shownMs) continue;
        this.#lingersUntilMs = Math.min(this.#lingersUntilMs, untilMs);
      }
      let next: ObservedProcess | undefined = process;
      while (next && !isShown.has(next.pid)) {
        isShown.add(next.pid);
        next = processes.get(next.parent);
      }
    }
    const childrenOf = new Map<number, ObservedProcess[]>();
    for (const process of processes.values()) {
      if (!isShown.has(process.pid)) continue;
      const parent = processes.has(process.parent) ? process.parent : 0;
      const siblings = childrenOf.get(parent);
      if (siblings) siblings.push(process);
      else childrenOf.set(parent, [process]);
    }
    return childrenOf;
  }

  #group(pid: number, childrenOf: ReadonlyMap<number, readonly ObservedProcess[]>) {
    const children = childrenOf.get(pid) ?? [];
    if (children.length <= LEAVES_APART) return { single: children, crowds: [] };
    const byLabel = new Map<string, ObservedProcess[]>();
    const single: ObservedProcess[] = [];
    for (const child of children) {
      if (child.names.size > 0) {
        single.push(child);
        continue;
      }
      const same = byLabel.get(child.label);
      if (same) same.push(child);
      else byLabel.set(child.label, [child]);
    }
    const crowds: { key: string; label: string; members: ObservedProcess[] }[] = [];
    for (const [label, members] of byLabel) {
      const key = `${pid} ${label}`;
      const areLeaves = members.every((member) => !childrenOf.has(member.pid));
      const isCrowd = members.length > (areLeaves ? LEAVES_APART : BRANCHES_APART);
      if (isCrowd && !this.#opened.has(key)) crowds.push({ key, label, members });
      else single.push(...members);
    }
    single.sort((a, b) => a.pid - b.pid);
    return { single, crowds };
  }

  /** Lets a node stand for all that is below a process. @returns how many that are */
  #hide(pid: number, node: TreeNode, childrenOf: ReadonlyMap<number, readonly ObservedProcess[]>): number {
    let count = 0;
    const pending = [...(childrenOf.get(pid) ?? [])];
    for (let next = pending.pop(); next; next = pending.pop()) {
      count++;
      this.standsFor.set(next.pid, node);
      for (const child of childrenOf.get(next.pid) ?? []) pending.push(child);
    }
    return count;
  }

  #processNode(process: ObservedProcess): TreeNode {
    const kept = this.#kept.get(process.pid);
    if (kept) {
      kept.process = process;
      return kept;
    }
    return this.#keep(newNode(process.pid, process.pid, process, undefined));
  }

  #crowdNode(key: string, label: string, members: readonly ObservedProcess[]): TreeNode {
    const node = this.#kept.get(key) ?? this.#keep(newNode(key, 0, members[0]!, new Crowd(label)));
    node.process = members[0]!;
    node.crowd!.setMembers(members.map(({ pid }) => pid));
    return node;
  }

  #keep(node: TreeNode): TreeNode {
    this.#kept.set(node.key, node);
    return node;
  }
}

function newNode(
  key: number | string,
  pid: number,
  process: ObservedProcess,
  crowd: Crowd | undefined,
): TreeNode {
  return {
    key,
    pid,
    process,
    crowd,
    parent: undefined,
    depth: 0,
    children: [],
    hidden: 0,
    x: 0,
    y: 0,
    shownX: 0,
    shownY: 0,
    isPlaced: false,
  };
}
