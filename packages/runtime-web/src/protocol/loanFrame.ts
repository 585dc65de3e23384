/**
 * Suspended stacks that executors ask of each other and give (executor/stackLoans.ts).
 * Frame: | LOAN u8 | kind u8 | count u32 LE |. The first byte of an envelope's frame is its version, which is never 0, nor
 * so large; a frame of a load is shorter.
 */
const LOAN = 0xff;
const LOAN_BYTES = 6;
const KINDS = ["wish", "gift"] as const;

/** wish: so many processes wait for a stack. gift: the answer, also when it is 0. */
export interface LoanWord {
  readonly kind: (typeof KINDS)[number];
  readonly count: number;
}

export function encodeLoan({ kind, count }: LoanWord): Uint8Array {
  const frame = new Uint8Array(LOAN_BYTES);
  frame[0] = LOAN;
  frame[1] = KINDS.indexOf(kind);
  new DataView(frame.buffer).setUint32(2, count, true);
  return frame;
}

/** @returns undefined if the frame is something else */
export function decodeLoan(frame: Uint8Array<ArrayBuffer>): LoanWord | undefined {
  if (frame[0] !== LOAN || frame.length !== LOAN_BYTES) return undefined;
  const kind = KINDS[frame[1]!];
  if (kind === undefined) return undefined;
  return { kind, count: new DataView(frame.buffer, frame.byteOffset).getUint32(2, true) };
}
