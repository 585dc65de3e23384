import { SpawnOptions } from "../process/spawnOptions";
import { Tag } from "../process/tag";

/** How a process is to be started, before it is: what `Counter.link()` and `Counter.configure(config)` give. */
export class ProcessBuilder {
  __options: SpawnOptions = new SpawnOptions();
  /** Of a link whose tag nobody else has; 0: there is none. */
  __freshLink: i64 = 0;

  /** Links the process with its parent, under a tag of its own. */
  __linkFresh(): void {
    const tag = Tag.fresh();
    this.__options.linked(tag);
    this.__freshLink = tag.id;
  }

  /** Links the process with its parent, under a tag that the author chose and perhaps uses for more. */
  __linkWith(tag: Tag): void {
    this.__options.linked(tag);
    this.__freshLink = 0;
  }
}
