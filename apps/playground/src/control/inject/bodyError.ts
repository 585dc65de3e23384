/** What a visitor wrote makes no bytes or tag; the message says where and why. */
export class BodyError extends Error {
  override readonly name = "BodyError";
}
