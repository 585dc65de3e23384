/**
 * What of the WebAssembly test suite instrumented modules do not do. Nothing is skipped: every script runs, and a row
 * that no longer applies fails the run.
 */

/** Modules that `instrument` refuses as unsupported. */
export interface UnsupportedRow {
  /** Names of scripts. */
  readonly scripts: RegExp;
  /** Part of `InstrumentError.finding`. */
  readonly finding: string;
  readonly reason: string;
}

export const UNSUPPORTED: readonly UnsupportedRow[] = [];

/** Commands that hold on original modules and not on instrumented ones. */
export interface DeviationRow {
  readonly script: string;
  readonly line: number;
  readonly reason: string;
}

export const DEVIATIONS: readonly DeviationRow[] = [];
