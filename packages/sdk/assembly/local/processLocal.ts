/**
 * A value that every process has for itself, made when it is first needed.
 *
 * Global variables are process-local already, since processes share no memory: a `let` at the top of a file is enough
 * for most. This is for a value that should not be made before it is used.
 *
 * ```ts
 * const cache = new ProcessLocal<Map<string, string>>(() => new Map<string, string>());
 *
 * cache.value.set("key", "value");
 * ```
 */
export class ProcessLocal<T> {
  private made: bool = false;
  private current: T;

  /** @param make makes the value of a process, at its first use */
  constructor(private readonly make: () => T) {
    if (isReference<T>()) this.current = changetype<T>(<usize>0);
    else this.current = <T>0;
  }

  /** The value of this process. */
  get value(): T {
    if (!this.made) {
      this.current = this.make();
      this.made = true;
    }
    return this.current;
  }

  /** Gives this process another value. */
  set value(value: T) {
    this.current = value;
    this.made = true;
  }

  /** Gives this process another value and returns the one before. */
  replace(value: T): T {
    const before = this.value;
    this.value = value;
    return before;
  }
}
