import { LunaticError } from "./error";
import { nothing } from "./codec/nothing";

/**
 * What came of something that can fail: a value, or an error. There are no exceptions to catch in this language, so
 * functions whose failure a program can live with return one of these. `E` is the class of the error.
 *
 * ```ts
 * const module = WasmModule.compile(bytes);
 * if (!module.ok) return print(`not a module: ${module.error!.text}`);
 * module.value.spawn<string>("main");
 * ```
 */
export class Result<T, E extends LunaticError = LunaticError> {
  private constructor(
    private readonly success: T,
    /** Why it failed; null: it did not. */
    readonly error: E | null,
  ) {}

  /** A value. */
  static ok<T, E extends LunaticError = LunaticError>(value: T): Result<T, E> {
    return new Result<T, E>(value, null);
  }

  /** A failure. */
  static err<T, E extends LunaticError = LunaticError>(error: E): Result<T, E> {
    return new Result<T, E>(nothing<T>(), error);
  }

  /** Whether there is a value. */
  get ok(): bool {
    return this.error === null;
  }

  /** The value. If there is none, the process panics with the error's text. */
  get value(): T {
    const error = this.error;
    if (error !== null) throw new Error(error.text);
    return this.success;
  }

  /** The value. If there is none, the process panics with this text and the error's. */
  expect(text: string): T {
    const error = this.error;
    if (error !== null) throw new Error(`${text}: ${error.text}`);
    return this.success;
  }

  /** The value, or another one in its place. */
  or(other: T): T {
    return this.error === null ? this.success : other;
  }
}
