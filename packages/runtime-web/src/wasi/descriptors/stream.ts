import { FILETYPE } from "../constants.ts";
import { ERRNO, type Errno } from "../errno.ts";
import { Descriptor, type Outcome, type Status } from "./descriptor.ts";

const NO_STATUS: Status = {
  inode: 0,
  linkCount: 0,
  sizeBytes: 0,
  accessedNs: 0n,
  modifiedNs: 0n,
  changedNs: 0n,
};

/**
 * What the standard streams share: character devices without a position. A device without the rights to seek and
 * tell is what libc takes for a terminal, and writes to line by line.
 */
export abstract class StreamDescriptor extends Descriptor {
  override readonly filetype = FILETYPE.characterDevice;

  override status(): Status {
    return NO_STATUS;
  }

  override readAt(): Outcome {
    return -ERRNO.spipe;
  }

  override writeAt(): Outcome {
    return -ERRNO.spipe;
  }

  override seek(): Outcome {
    return -ERRNO.spipe;
  }

  override tell(): Outcome {
    return -ERRNO.spipe;
  }

  override advise(): Errno {
    return ERRNO.spipe;
  }

  override allocate(): Errno {
    return ERRNO.spipe;
  }
}
