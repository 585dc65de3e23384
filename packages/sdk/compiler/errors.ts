/** A newer request took the place of this one: its result would have been stale. */
export class CompileSupersededError extends Error {
  override readonly name = "CompileSupersededError";

  constructor() {
    super("A newer compile took the place of this one");
  }
}

/** A compile took longer than it may; the compiler has been started anew. */
export class CompilerTimeoutError extends Error {
  override readonly name = "CompilerTimeoutError";

  constructor(milliseconds: number) {
    super(
      `The compile took longer than ${milliseconds} ms and was ended; simplify the program, or allow more time`,
    );
  }
}

/** `close` was called. */
export class CompilerClosedError extends Error {
  override readonly name = "CompilerClosedError";

  constructor() {
    super("This compiler is closed; create another one");
  }
}

/** The thread was ended because of a compile that went on and on; ask again. */
export class CompilerRestartedError extends Error {
  override readonly name = "CompilerRestartedError";

  constructor() {
    super("The compiler was started anew meanwhile; ask again");
  }
}
