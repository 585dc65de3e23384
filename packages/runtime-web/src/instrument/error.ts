/** Where in the input something was found. */
export interface InstrumentErrorPlace {
  /** Offset from the module's first byte. */
  readonly byteOffset: number;
  /** The guest's own function index, when inside a function. */
  readonly functionIndex?: number | undefined;
  /** That function's name, when the module has a name section that tells it. */
  readonly functionName?: string | undefined;
}

/**
 * A module that cannot be instrumented: `malformed` (not a wasm module, or cut short), `invalid` (breaks a rule of
 * validation that the sandbox depends on), `unsupported` (valid, but uses a feature we do not run) or `tooLarge`
 * (beyond what engines accept).
 */
export class InstrumentError extends Error {
  override readonly name = "InstrumentError";
  readonly kind: InstrumentErrorKind;
  readonly byteOffset: number;
  readonly functionIndex: number | undefined;
  readonly functionName: string | undefined;
  /** What was found, without the place. */
  readonly finding: string;
  /** What the author of the module can do about it. */
  readonly advice: string;

  constructor(kind: InstrumentErrorKind, finding: string, advice: string, place: InstrumentErrorPlace) {
    super(`Cannot instrument ${placeText(place)}: ${finding}; ${advice}`);
    this.kind = kind;
    this.finding = finding;
    this.advice = advice;
    this.byteOffset = place.byteOffset;
    this.functionIndex = place.functionIndex;
    this.functionName = place.functionName;
  }
}

/** Kinds of `InstrumentError`. */
export type InstrumentErrorKind = "malformed" | "invalid" | "unsupported" | "tooLarge";

function placeText(place: InstrumentErrorPlace): string {
  const at = `byte 0x${place.byteOffset.toString(16)}`;
  if (place.functionIndex === undefined) return `the module at ${at}`;
  const name = place.functionName === undefined ? "" : ` (${place.functionName})`;
  return `function ${place.functionIndex}${name} at ${at}`;
}
