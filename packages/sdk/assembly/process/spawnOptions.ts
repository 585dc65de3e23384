import { ProcessConfig } from "../config/processConfig";
import { Tag } from "./tag";

/**
 * How to spawn a process, where the defaults do not fit.
 *
 * ```ts
 * spawn(work, 1, new SpawnOptions().withConfig(config).linked(tag));
 * ```
 */
export class SpawnOptions {
  /** The link's tag on the wire; 0: not linked. */
  link: i64 = 0;
  /** What the process may; null: the same as its parent. */
  config: ProcessConfig | null = null;
  /** Where it is spawned; -1: here. */
  node: i64 = -1;

  /** Links it with its parent: if one fails, so does the other. The parent sees this tag if it catches failures. */
  linked(tag: Tag): this {
    this.link = tag.id;
    return this;
  }

  /** Spawns it with a config. */
  withConfig(config: ProcessConfig): this {
    this.config = config;
    return this;
  }

  /** Spawns it on another node of a distributed system. Links do not reach across nodes. */
  onNode(node: u64): this {
    this.node = <i64>node;
    return this;
  }
}
