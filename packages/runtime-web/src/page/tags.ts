const LARGEST_TAG = 0xffff_ffff_ffff_ffffn;

/** A tag of a message or a link; 0n = none. @throws RangeError it is not from 0 to 2^64 - 1, or not whole */
export function toTag(tag: number | bigint): bigint {
  const isWhole = typeof tag === "bigint" || Number.isSafeInteger(tag);
  if (!isWhole || tag < 0 || tag > LARGEST_TAG) {
    throw new RangeError(`A tag is a whole number from 0 to 2^64 - 1 (a bigint beyond 2^53), not ${tag}`);
  }
  return BigInt(tag);
}

/** Tags to wait for; undefined and an empty list = any message. @throws RangeError as toTag, and for 0 */
export function toTags(tags: readonly (number | bigint)[] | undefined): readonly bigint[] | undefined {
  if (tags === undefined || tags.length === 0) return undefined;
  return tags.map((tag) => {
    const wanted = toTag(tag);
    if (wanted === 0n) {
      throw new RangeError(
        "Tag 0 means no tag and cannot be waited for; leave `tags` out to take any message",
      );
    }
    return wanted;
  });
}
