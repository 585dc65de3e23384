/** The first 128 tags have meanings of their own; the top byte is kept for handlers of abstract processes. */
const FIRST: i64 = 128;
const LIMIT: i64 = 0xff_ffff_ffff_ffff;

let counter: i64 = FIRST;

/**
 * Marks a message, so that its receiver can wait for exactly this one; also marks a link, so that it shows whose
 * death is reported.
 *
 * ```ts
 * const tag = Tag.fresh();
 * worker.sendTagged(tag, job);
 * ```
 */
export class Tag {
  /** @param id the number on the wire; 0 stands for no tag */
  constructor(private number: i64) {}

  /** A tag that this process has not used before. Another process may use the same. */
  static fresh(): Tag {
    return new Tag(freshTag());
  }

  /** No tag. A message that has none is never found by waiting for tags. */
  static none(): Tag {
    return new Tag(0);
  }

  /** One of the tags 64 to 128, which a program may give meanings of its own. The process panics for other numbers. */
  static special(number: i64): Tag {
    assert(number >= 64 && number <= 128, "a special tag is a number from 64 to 128");
    return new Tag(number);
  }

  /** The number on the wire. */
  get id(): i64 {
    return this.number;
  }

  /** Whether both are the same tag. */
  // @ts-ignore: decorator
  @operator("==")
  static equal(left: Tag | null, right: Tag | null): bool {
    // Identity first; it also settles two nulls.
    if (changetype<usize>(left) == changetype<usize>(right)) return true;
    if (changetype<usize>(left) == 0 || changetype<usize>(right) == 0) return false;
    return changetype<Tag>(left).equals(changetype<Tag>(right));
  }

  /** Whether they are different tags. */
  // @ts-ignore: decorator
  @operator("!=")
  static different(left: Tag | null, right: Tag | null): bool {
    return !Tag.equal(left, right);
  }

  /** Whether both are the same tag. The same as `==`. */
  equals(other: Tag): bool {
    return this.number == other.number;
  }

  /** For people: `tag 129`. */
  toString(): string {
    return `tag ${this.number}`;
  }

  /** Writes it into a message. */
  __encode<W>(writer: W): void {
    writer.put<i64>(this.number);
  }

  /** Reads it from a message. */
  __decode<R>(reader: R): void {
    this.number = reader.get<i64>();
  }

  /** The name of the type in Rust. */
  __typeName(): string {
    return "lunatic::tag::Tag";
  }
}

/** The number of a new tag, without an object. */
export function freshTag(): i64 {
  counter = (counter + 1) % LIMIT;
  return counter;
}
