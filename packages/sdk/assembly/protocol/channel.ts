/** The other end of a session, and the tag that all its messages have. */
export class Channel {
  /** Whether this end has come to `End`. */
  isOver: bool = false;

  constructor(
    readonly node: u64,
    readonly id: u64,
    readonly tag: i64,
  ) {}
}
