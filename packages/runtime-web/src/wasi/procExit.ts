/**
 * What `proc_exit` throws: control flow, not a fault, so it carries no stack. Unwinds the guest and ends the
 * process: normally for code 0, as Failure for any other (host ABI 3.13).
 */
export class ProcExit {
  /** u32, as the guest gave it. */
  readonly code: number;

  constructor(code: number) {
    this.code = code;
  }
}
